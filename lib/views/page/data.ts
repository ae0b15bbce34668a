import type { Column } from '../../model/columns.ts';
import type { Edition, SectionRecord } from '../../model/edition.ts';
import type { Value } from '../../text/format-value.ts';
import { nameOfValue } from '../../text/names.ts';
import { sectionRows } from '../../text/rows.ts';
import { shortenText, visibleText } from '../../text/visible-text.ts';
import type { ChartData } from '../charts/chart.ts';
import { TITLE_SHOWN } from './cell.ts';

/** A table for sorting and searching in the browser. Text in it is visible text, never longer than a page shows. */
export interface TableData {
  id: string;
  title: string;
  columns: Pick<Column, 'name' | 'type' | 'title' | 'unit'>[];
  rows: (string | number | boolean | null)[][];
  /** How many rows the section has; more than `rows` when the page has no room for them. */
  total: number;
  /** How many the page holds as markup, for paper. */
  printed: number;
  /** Names of teams and customers by column and value. */
  names?: Record<string, Record<string, string>>;
}

/** What the page's script works on. */
export interface PageData {
  tables: TableData[];
  /** By the id of the figure. */
  charts: Record<string, ChartData>;
}

/** Sections hold at most so many rows that are worth paging through; the files have all. */
const MOST_ROWS = 1000;

/**
 * The rows of every section but the overview that fit into so many bytes. Small tables are whole, and what they leave is
 * shared by the large ones.
 */
export function tableData(
  edition: Edition,
  printed: (section: SectionRecord) => number,
  room_bytes: number,
): TableData[] {
  const sections = edition.record.sections.filter(({ id, rows }) => id !== 'overview' && rows > 0);
  const tables = sections.map((section) => {
    const rows = sectionRows(edition, section, MOST_ROWS).map((row) => row.map(plain));
    return { section, rows, sizes: rows.map((row) => Buffer.byteLength(JSON.stringify(row))) };
  });
  let room = room_bytes;
  const bySize = tables.toSorted((a, b) => sum(a.sizes) - sum(b.sizes));
  const fitting = new Map<string, number>();
  for (const [index, { section, sizes }] of bySize.entries()) {
    const share = room / (bySize.length - index);
    let [used, count] = [0, 0];
    for (const size of sizes) {
      if (used + size > share) break;
      used += size;
      count += 1;
    }
    fitting.set(section.id, count);
    room -= used;
  }
  return tables.map(({ section, rows }) => ({
    id: section.id,
    title: section.title,
    columns: section.columns.map(({ name, type, title, unit }) => ({ name, type, title, ...(unit && { unit }) })),
    rows: rows.slice(0, fitting.get(section.id)),
    total: section.rows,
    printed: printed(section),
    ...namesOf(edition, section, rows),
  }));
}

/** Data as the text of a script element, which no text in it can end. */
export function scriptJson(data: PageData): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}

function plain(value: Value): string | number | boolean | null {
  if (typeof value === 'string') return visibleText(shortenText(value, TITLE_SHOWN));
  if (typeof value !== 'bigint') return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

function namesOf({ record }: Edition, { columns }: SectionRecord, rows: TableData['rows']): Pick<TableData, 'names'> {
  const names = columns.flatMap(({ name: column }, place) => {
    const named = rows.flatMap((row) => {
      const name = nameOfValue(record.names, column, row[place]);
      return name === undefined ? [] : [[String(row[place]), visibleText(name)] as const];
    });
    return named.length > 0 ? [[column, Object.fromEntries(named)] as const] : [];
  });
  return names.length > 0 ? { names: Object.fromEntries(names) } : {};
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total + size, 0);
}
