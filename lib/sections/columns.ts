import { parse } from 'yaml';
import * as z from 'zod';
import type { Column } from '../model/columns.ts';
import { readSql } from '../sql/sql-files.ts';
import { columnSchema } from './column-schema.ts';
import { loadMeasures } from './measures.ts';

const FILE = 'columns.yaml';

/** The description of a column: all but its name. */
export type ColumnDefinition = Omit<Column, 'name'>;

let loaded: ReadonlyMap<string, ColumnDefinition> | undefined;

/**
 * The dictionary of columns by name: sql/columns.yaml, and the measures that are columns. Read once. Throws if a file is
 * malformed or a column is in both.
 */
export function loadColumns(): ReadonlyMap<string, ColumnDefinition> {
  loaded ??= dictionary();
  return loaded;
}

function dictionary(): Map<string, ColumnDefinition> {
  const columns = new Map(Object.entries(z.record(z.string(), columnSchema).parse(parse(readSql(FILE)))));
  for (const [name, { sql: _sql, where: _where, ...column }] of loadMeasures()) {
    if (columns.has(name)) throw new Error(`sql/${FILE} has the column ${name}, which is a measure; keep the measure`);
    const { data } = columnSchema.safeParse(column);
    if (data) columns.set(name, data);
  }
  return columns;
}

/**
 * The columns that a query returns, as the dictionary describes them. `changes` are the overrides of a section's header.
 * Throws on a column that neither describes, and on an override of a column that the query does not return.
 */
export function describedColumns(
  names: readonly string[],
  changes: Readonly<Record<string, Partial<ColumnDefinition>>>,
): Column[] {
  const unused = Object.keys(changes).find((name) => !names.includes(name));
  if (unused) throw new Error(`its header describes the column ${unused}, which the SELECT does not return`);
  return names.map((name) => {
    const { success, data } = columnSchema.safeParse({ ...loadColumns().get(name), ...changes[name] });
    if (success) return { name, ...data };
    throw new Error(
      `the column ${name} is not in sql/${FILE}; describe it in the header, as in columns: { ${name}: { type: bigint, title: … } }`,
    );
  });
}
