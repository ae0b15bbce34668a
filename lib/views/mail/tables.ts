import type { Edition, SectionRecord } from '../../model/edition.ts';
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

interface TablePlan {
  section: string;
  /** Columns set one under the other, and columns beside them; those that a section lacks are left out. */
  names: readonly string[];
  figures: readonly string[];
  rows: number;
  /** Only the first of the rows that follow each other with one value of this column. */
  once_per?: string;
}

/** The tables that a mail holds, in order. */
export const MAIL_TABLES: readonly TablePlan[] = [
  {
    section: 'top-requesters',
    names: ['requester'],
    figures: ['requests', 'bytes_sent', 'bytes_received'],
    rows: 5,
  },
  {
    section: 'top-objects-by-bytes',
    names: ['object', 'bucket'],
    figures: ['requests', 'bytes_sent', 'bytes_received'],
    rows: 5,
  },
  {
    section: 'top-endpoints',
    names: ['endpoint'],
    figures: ['requests', 'bytes_sent', 'errors'],
    rows: 5,
  },
  {
    section: 'error-endpoints',
    names: ['endpoint'],
    figures: ['errors_4xx', 'errors_5xx', 'error_percent'],
    rows: 5,
  },
  {
    section: 'slow-endpoints',
    names: ['endpoint'],
    figures: ['slow_requests', 'p95_ms'],
    rows: 5,
  },
  {
    section: 'denied',
    names: ['requester', 'object', 'operation'],
    figures: ['requests', 'clients'],
    rows: 5,
  },
  {
    section: 'security-readiness',
    names: ['safeguard', 'requester'],
    figures: ['ready', 'callers', 'requests'],
    rows: 5,
    once_per: 'safeguard',
  },
];

/** The sections of these tables are short; no more rows of one are looked at. */
const ROWS_READ = 1000;
const NAME_SHOWN = 90;
/** Figures do not wrap. */
const FIGURE_SHOWN = 14;

/** The most important tables of an edition; those of sections that it lacks are left out. */
export function mailTables(edition: Edition): MailTable[] {
  return MAIL_TABLES.flatMap((plan) => {
    const section = edition.record.sections.find(({ id }) => id === plan.section);
    return section ? [mailTable(edition, section, plan)] : [];
  });
}

function mailTable(edition: Edition, section: SectionRecord, plan: TablePlan): MailTable {
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
  const shown = rows.slice(0, plan.rows).map((row) => ({
    names: places(plan.names)
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

function pick(rows: Row[], { columns }: SectionRecord, { once_per }: TablePlan): Row[] {
  const group = columns.findIndex(({ name }) => name === once_per);
  return group < 0 ? rows : rows.filter((row, at) => row[group] !== rows[at - 1]?.[group]);
}
