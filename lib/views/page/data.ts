import type { Column } from '../../model/columns.ts';
import type { Edition, SectionRecord } from '../../model/edition.ts';
import { jsonValue, type Value } from '../../model/value.ts';
import { sectionRows } from '../../tables/rows.ts';
import { ownerOf } from '../../text/owners.ts';
import { shortenText, visibleText } from '../../text/visible-text.ts';
import type { ChartData } from '../charts/chart.ts';
import { TITLE_SHOWN } from './cell.ts';

/** A table for sorting and searching in the browser. Its text is visible text, at most as long as a cell shows on hover. */
export interface TableData {
  id: string;
  title: string;
  columns: Pick<Column, 'name' | 'type' | 'title' | 'unit'>[];
  rows: (string | number | boolean | null)[][];
  /** How many rows the section has; more than `rows` holds if the page has no room for all. */
  total: number;
  /** How many rows the page holds as markup, for print. */
  printed: number;
  /** Owners of values (teams or customers), by column and value. */
  owners?: Record<string, Record<string, string>>;
}

/** The data of the page's script. */
export interface PageData {
  tables: TableData[];
  /** By the id of the chart's `figure` element. */
  charts: Record<string, ChartData>;
}

/** Rows of a table that can be paged through on the page; the files have all. */
const MAX_ROWS = 1000;

/** The tables of all sections but the overview, cut so that their rows take at most `budget_bytes` as JSON. */
export function tableData(
  edition: Edition,
  printed: (section: SectionRecord) => number,
  budget_bytes: number,
): TableData[] {
  const sections = edition.record.sections.filter(({ headline, rows }) => !headline && rows > 0);
  const tables = sections.map((section) => {
    const rows = sectionRows(edition, section, MAX_ROWS).map((row) => row.map(cellValue));
    return { section, rows, sizes_bytes: rows.map((row) => Buffer.byteLength(JSON.stringify(row))) };
  });
  const fitting = rowsThatFit(
    tables.map(({ sizes_bytes }) => sizes_bytes),
    budget_bytes,
  );
  return tables.map(({ section, rows }, index) => ({
    id: section.id,
    title: section.title,
    columns: section.columns.map(({ name, type, title, unit }) => ({ name, type, title, ...(unit && { unit }) })),
    rows: rows.slice(0, fitting[index]),
    total: section.rows,
    printed: printed(section),
    ...ownersOf(edition, section, rows),
  }));
}

/**
 * How many rows of each table fit into the budget, given the sizes of its rows. Smallest tables first: each may use an
 * equal share of what is left, so that small tables are whole and large ones divide the rest.
 */
function rowsThatFit(tables: readonly (readonly number[])[], budget_bytes: number): number[] {
  const counts = tables.map(() => 0);
  const smallestFirst = [...tables.entries()].sort(([, a], [, b]) => sum(a) - sum(b));
  let left_bytes = budget_bytes;
  for (const [done, [index, sizes]] of smallestFirst.entries()) {
    const share_bytes = left_bytes / (tables.length - done);
    const { count, used_bytes } = firstWithin(sizes, share_bytes);
    counts[index] = count;
    left_bytes -= used_bytes;
  }
  return counts;
}

function firstWithin(sizes: readonly number[], limit_bytes: number): { count: number; used_bytes: number } {
  let [count, used_bytes] = [0, 0];
  for (const size of sizes) {
    if (used_bytes + size > limit_bytes) break;
    used_bytes += size;
    count += 1;
  }
  return { count, used_bytes };
}

/** The data as the text of a script element. `<` is escaped, so that no text in it can end the element. */
export function scriptJson(data: PageData): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}

function cellValue(value: Value): Exclude<Value, bigint> {
  return typeof value === 'string' ? visibleText(shortenText(value, TITLE_SHOWN)) : jsonValue(value);
}

function ownersOf({ record }: Edition, { columns }: SectionRecord, rows: TableData['rows']): Pick<TableData, 'owners'> {
  const owners = columns.flatMap(({ name: column }, place) => {
    const owned = rows.flatMap((row) => {
      const owner = ownerOf(record.owners, column, row[place]);
      return owner === undefined ? [] : [[String(row[place]), visibleText(owner)] as const];
    });
    return owned.length > 0 ? [[column, Object.fromEntries(owned)] as const] : [];
  });
  return owners.length > 0 ? { owners: Object.fromEntries(owners) } : {};
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total + size, 0);
}
