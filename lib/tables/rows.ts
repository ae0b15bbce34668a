import type { Table } from 'apache-arrow';
import type { Column } from '../model/columns.ts';
import type { Edition, SectionRecord } from '../model/edition.ts';
import type { Value } from '../model/value.ts';

/** The values of a row, in the order of the columns. */
export type Row = readonly Value[];

/** The first rows of a section, at most `limit`. Throws if the edition has no table for it. */
export function sectionRows(edition: Edition, section: SectionRecord, limit: number): Row[] {
  const table = edition.tables.get(section.id);
  if (!table) throw new Error(`the edition has no rows for its section "${section.id}"; run the report again`);
  return tableRows(table, section, limit);
}

/** The first rows of a section's table, at most `limit`. Throws if a column of the section is missing. */
export function tableRows(table: Table, { id, columns }: Pick<SectionRecord, 'id' | 'columns'>, limit: number): Row[] {
  const vectors = columns.map(({ name }) => {
    const vector = table.getChild(name);
    if (!vector) throw new Error(`the rows of section "${id}" have no column "${name}"; run the report again`);
    return vector;
  });
  const length = Math.min(table.numRows, limit);
  return Array.from({ length }, (_, index) => vectors.map((vector) => (vector.get(index) ?? null) as Value));
}

/** All rows of a table as objects, by the names of the columns. A column that the table lacks is null. */
export function rowObjects(table: Table, columns: readonly Column[]): Record<string, Value>[] {
  const vectors = columns.map(({ name }) => [name, table.getChild(name)] as const);
  return Array.from({ length: table.numRows }, (_, index) =>
    Object.fromEntries(vectors.map(([name, vector]) => [name, (vector?.get(index) ?? null) as Value])),
  );
}

/**
 * A section without the columns that are NULL in all of its rows, such as response times that the log does not have. Its
 * note names the columns that are left out.
 */
export function withoutEmptyColumns({ tables }: Edition, section: SectionRecord): SectionRecord {
  const table = tables.get(section.id);
  if (!table || table.numRows === 0) return section;
  const isEmpty = ({ name }: Column) => table.getChild(name)?.nullCount === table.numRows;
  const empty = section.columns.filter(isEmpty).map(({ title }) => title);
  if (empty.length === 0) return section;
  const leftOut = `Left out, since no row has a value: ${empty.join(', ')}.`;
  return {
    ...section,
    columns: section.columns.filter((column) => !isEmpty(column)),
    note: section.note === undefined ? leftOut : `${section.note} ${leftOut}`,
  };
}
