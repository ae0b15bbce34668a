import type { Table } from 'apache-arrow';
import type { Column } from '../model/columns.ts';
import type { Edition, SectionRecord } from '../model/edition.ts';
import { isFigure, type Value } from './format-value.ts';

export type Row = readonly Value[];

/** A section's rows in the order of its columns, from the first to at most `limit`. Throws when the edition lacks the table. */
export function sectionRows(edition: Edition, section: SectionRecord, limit: number): Row[] {
  const table = edition.tables.get(section.id);
  if (!table) throw new Error(`the edition has no rows for its section "${section.id}"; make the edition again`);
  return tableRows(table, section, limit);
}

/** The first rows of a table of a section's columns, each in their order. */
export function tableRows(table: Table, { id, columns }: Pick<SectionRecord, 'id' | 'columns'>, limit: number): Row[] {
  const vectors = columns.map(({ name }) => {
    const vector = table.getChild(name);
    if (!vector) throw new Error(`the rows of section "${id}" have no column "${name}"; make the edition again`);
    return vector;
  });
  const length = Math.min(table.numRows, limit);
  return Array.from({ length }, (_, index) => vectors.map((vector) => (vector.get(index) ?? null) as Value));
}

/**
 * A section without the columns that hold no value in any of its rows, such as response times where the log tells none;
 * its note says which these are.
 */
export function withoutEmptyColumns({ tables }: Edition, section: SectionRecord): SectionRecord {
  const table = tables.get(section.id);
  if (!table || table.numRows === 0) return section;
  const isEmpty = ({ name }: Column) => table.getChild(name)?.nullCount === table.numRows;
  const empty = section.columns.filter(isEmpty).map(({ title }) => title);
  if (empty.length === 0) return section;
  const said = `Left out, since no row has a value: ${empty.join(', ')}.`;
  return {
    ...section,
    columns: section.columns.filter((column) => !isEmpty(column)),
    note: section.note === undefined ? said : `${section.note} ${said}`,
  };
}

/** All rows of a table, by the names of their columns. */
export function rowObjects(table: Table, columns: readonly Column[]): Record<string, Value>[] {
  const vectors = columns.map(({ name }) => [name, table.getChild(name)] as const);
  return Array.from({ length: table.numRows }, (_, index) =>
    Object.fromEntries(vectors.map(([name, vector]) => [name, (vector?.get(index) ?? null) as Value])),
  );
}

/** A figure that rises at more of the steps from row to row is no rank. */
const MOST_RISES = 1 / 3;

/**
 * The column that the rows are ranked by: the figure that rises least often from row to row, such as bytes sent where the
 * rank is bytes sent and received. In a table by day or hour it is the first figure. Undefined when there is no figure,
 * or when none falls along the rows, as in a list of the latest requests.
 */
export function rankingColumn({ columns }: Pick<SectionRecord, 'columns'>, rows: readonly Row[]): number | undefined {
  const figures = columns.flatMap((column, index) => (isFigure(column) ? [index] : []));
  if (columns.some(({ unit }) => unit === 'day' || unit === 'hour') || isHourly(columns, rows)) return figures[0];
  const rises = (index: number) =>
    rows.filter((row, at) => size(row[index]) > size(rows[at - 1]?.[index] ?? row[index])).length;
  const varies = (index: number) => rows.some((row) => size(row[index]) !== size(rows[0]?.[index]));
  const candidates = figures.filter(varies).map((index) => ({ index, rises: rises(index) }));
  const [best] = candidates.sort((a, b) => a.rises - b.rises);
  // All rows may share one rank.
  if (!best || (best.rises > 0 && figures[0] !== undefined && !varies(figures[0]))) return figures[0];
  return best.rises <= (rows.length - 1) * MOST_RISES ? best.index : undefined;
}

/** True for tables in the order of their times, such as hour by hour. */
function isHourly(columns: readonly Column[], rows: readonly Row[]): boolean {
  return (
    columns[0]?.type === 'timestamp' && rows.every((row, at) => at === 0 || size(row[0]) > size(rows[at - 1]?.[0]))
  );
}

/** True for tables with a row per day or hour, which are read in that order. */
export function isByTime(columns: readonly Column[]): boolean {
  const unit = columns[0]?.unit;
  return unit === 'day' || unit === 'hour';
}

/** How large a figure is beside others of its column; NULL counts as nothing. */
export function size(value: Value | undefined): number {
  return value == null ? 0 : Number(value);
}
