import type { Edition, SectionRecord } from '../../model/edition.ts';
import type { MailColumns } from '../../model/placement.ts';
import { type Row, sectionRows } from '../../tables/rows.ts';
import { formatFigure, formatValue } from '../../text/format-value.ts';
import { ownerOf } from '../../text/owners.ts';
import { shortenText, visibleText } from '../../text/visible-text.ts';

/** A section cut down to what fits a narrow mail: names on the left, a few figures on the right. */
export interface MailTable {
  title: string;
  /** Headings of the figures. */
  headings: string[];
  rows: { names: string[]; figures: string[] }[];
  /** `5 of 1,234 rows`. */
  count: string;
}

const ROWS_SHOWN = 5;
/** The sections of these tables are short; no more rows of one are looked at. */
const ROWS_READ = 1000;
const NAME_SHOWN = 90;
/** Figures do not wrap. */
const FIGURE_SHOWN = 14;

/** The sections that the mail shows as tables, in the order of the report. */
export function mailTables(edition: Edition): MailTable[] {
  return edition.record.sections.flatMap((section) =>
    section.mail && 'table' in section.mail ? [mailTable(edition, section, section.mail.table)] : [],
  );
}

function mailTable(edition: Edition, section: SectionRecord, plan: MailColumns): MailTable {
  const places = (names: readonly string[]) =>
    names.map((name) => section.columns.findIndex((column) => column.name === name)).filter((place) => place >= 0);
  const rows = pick(sectionRows(edition, section, ROWS_READ), section, plan);
  const cell = (row: Row, place: number) => {
    const column = section.columns[place];
    return column ? formatValue(row[place] ?? null, column).text : '';
  };
  // The owner is shown above the value.
  const teamOf = (row: Row, place: number) =>
    ownerOf(edition.record.owners, section.columns[place]?.name ?? '', row[place]) ?? [];
  const shown = rows.slice(0, ROWS_SHOWN).map((row) => ({
    names: places(plan.labels)
      .filter((place, index) => index === 0 || row[place] !== null)
      .flatMap((place) => [teamOf(row, place), cell(row, place)].flat())
      .map((name) => visibleText(shortenText(name, NAME_SHOWN))),
    figures: places(plan.figures).map((place) => visibleText(shortenText(cell(row, place), FIGURE_SHOWN))),
  }));
  return {
    title: section.title,
    headings: places(plan.figures).map((place) => section.columns[place]?.title ?? ''),
    rows: shown,
    count: `${shown.length} of ${formatFigure(plan.once_per ? rows.length : section.rows, 'count').text}`,
  };
}

function pick(rows: Row[], { columns }: SectionRecord, { once_per }: MailColumns): Row[] {
  const group = columns.findIndex(({ name }) => name === once_per);
  return group < 0 ? rows : rows.filter((row, at) => row[group] !== rows[at - 1]?.[group]);
}
