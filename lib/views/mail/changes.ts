import type { Edition } from '../../model/edition.ts';
import type { Value } from '../../model/value.ts';
import { sectionRows } from '../../tables/rows.ts';
import { formatFigure, NO_VALUE } from '../../text/format-value.ts';
import { ownerOf, withOwner } from '../../text/owners.ts';
import { shortenText, visibleText } from '../../text/visible-text.ts';

/** What is new, gone, risen and fallen among requesters, objects or endpoints. */
export interface ChangeList {
  title: string;
  kinds: { kind: string; count: string; items: { name: string; figures: string }[] }[];
}

const KINDS = ['new', 'gone', 'risen', 'fallen'] as const;

const ITEMS_SHOWN = 2;
const NAME_SHOWN = 80;

/** The largest changes of each kind, in the order of the report; kinds without a change are left out. */
export function changeLists(edition: Edition): ChangeList[] {
  return edition.record.sections.flatMap((section) => {
    const { columns, entity = [], mail } = section;
    if (!mail || !('changes' in mail)) return [];
    const { most_of_a_kind } = mail.changes;
    const place = (name: string) => columns.findIndex((column) => column.name === name);
    const [first = '', last = ''] = [entity[0], entity.at(-1)];
    const title = `${columns[place(last)]?.title ?? 'Row'}s`;
    const rows = sectionRows(edition, section, KINDS.length * most_of_a_kind);
    const kinds = KINDS.flatMap((kind) => {
      const ofKind = rows.filter((row) => row[place('kind')] === kind);
      const items = ofKind.slice(0, ITEMS_SHOWN).map((row) => ({
        name: withOwner(
          ownerOf(edition.record.owners, first, row[place(first)]),
          nameOf(entity.map((name) => row[place(name)] ?? null)),
        ),
        figures: figuresOf(kind, row[place('requests')] ?? 0, row[place('requests_before')] ?? 0),
      }));
      const count = ofKind.length < most_of_a_kind ? `${ofKind.length}` : `${most_of_a_kind}+`;
      return items.length > 0 ? [{ kind, count, items }] : [];
    });
    return kinds.length > 0 ? [{ title, kinds }] : [];
  });
}

function nameOf(parts: readonly Value[]): string {
  const name = parts.filter((part) => part !== null && part !== '').join('/');
  return visibleText(shortenText(name, NAME_SHOWN)) || NO_VALUE;
}

function figuresOf(kind: (typeof KINDS)[number], now: Value, before: Value): string {
  const count = (value: Value) => formatFigure(typeof value === 'bigint' ? value : Number(value), 'count').text;
  if (kind === 'new') return `${count(now)} requests`;
  if (kind === 'gone') return `${count(before)} requests before`;
  return `${count(before)} → ${count(now)} requests`;
}
