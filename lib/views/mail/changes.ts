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

/** The sections that compare with the period before, and the columns that name what they compare. */
const CHANGE_SECTIONS = [
  { id: 'requester-changes', title: 'Requesters', names: ['requester'] },
  { id: 'object-changes', title: 'Objects', names: ['bucket', 'object'] },
  { id: 'endpoint-changes', title: 'Endpoints', names: ['endpoint'] },
] as const;

const KINDS = ['new', 'gone', 'risen', 'fallen'] as const;

const ITEMS_SHOWN = 2;
const NAME_SHOWN = 80;
/** The change sections list at most so many of a kind. */
const LISTED_OF_A_KIND = 50;

/** The largest changes of each kind; sections that the edition lacks, and kinds without a change, are left out. */
export function changeLists(edition: Edition): ChangeList[] {
  return CHANGE_SECTIONS.flatMap(({ id, title, names }) => {
    const section = edition.record.sections.find((candidate) => candidate.id === id);
    if (!section) return [];
    const place = (name: string) => section.columns.findIndex((column) => column.name === name);
    const rows = sectionRows(edition, section, KINDS.length * LISTED_OF_A_KIND);
    const kinds = KINDS.flatMap((kind) => {
      const ofKind = rows.filter((row) => row[place('kind')] === kind);
      const items = ofKind.slice(0, ITEMS_SHOWN).map((row) => ({
        name: withOwner(
          ownerOf(edition.record.owners, names[0], row[place(names[0])]),
          nameOf(names.map((name) => row[place(name)] ?? null)),
        ),
        figures: figuresOf(kind, row[place('requests')] ?? 0, row[place('requests_before')] ?? 0),
      }));
      const count = ofKind.length < LISTED_OF_A_KIND ? `${ofKind.length}` : `${LISTED_OF_A_KIND}+`;
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
