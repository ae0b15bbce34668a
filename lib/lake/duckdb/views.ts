import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Duckdb } from '../../engine/duckdb/duckdb.ts';
import { pathString } from '../../engine/duckdb/path.ts';
import type { Day } from '../../model/period.ts';
import { LAKE_PARTITIONS, REJECTED_COLUMNS, REQUEST_COLUMNS, type RequestColumn } from '../../model/request-columns.ts';
import { REJECTED_TABLE, REQUESTS_TABLE } from '../../model/table-names.ts';
import { OWNERS_PARTITION, OWNERS_TABLE, ownersKey } from '../../owners/table.ts';
import { dayPrefix } from '../manifest.ts';

const DUCKDB_TYPES = {
  varchar: 'VARCHAR',
  boolean: 'BOOLEAN',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  double: 'DOUBLE',
  timestamp: 'TIMESTAMP',
  date: 'DATE',
};

/**
 * Makes the lake's tables known to DuckDB as `<database>.requests` and `<database>.rejected`, for some sources and days.
 * Columns are read by name. A column that a file of an older version lacks is NULL in the rows of that file.
 */
export async function openLake(
  duckdb: Duckdb,
  folder: string,
  database: string,
  sources: readonly string[],
  days: readonly Day[],
): Promise<void> {
  await duckdb.run(`CREATE SCHEMA IF NOT EXISTS ${database}`);
  await open(REQUESTS_TABLE, REQUEST_COLUMNS);
  await open(REJECTED_TABLE, REJECTED_COLUMNS);

  async function open(table: string, columns: readonly RequestColumn[]): Promise<void> {
    const files = sources
      .flatMap((source) => days.map((day) => join(folder, dayPrefix(table, source, day), 'part-0.parquet')))
      .filter((file) => existsSync(file));
    const rows = files.length > 0 ? await rowsOf(duckdb, files, columns) : emptyRows(columns, EMPTY_PARTITIONS);
    await duckdb.run(`CREATE OR REPLACE VIEW ${database}.${table} AS ${rows}`);
  }
}

/** Selects the columns from the files. A file may lack some. */
async function rowsOf(duckdb: Duckdb, files: readonly string[], columns: readonly RequestColumn[]): Promise<string> {
  const list = `[${files.map(pathString).join(', ')}]`;
  const counted = await duckdb.run(
    `SELECT name, count(DISTINCT file_name) AS files FROM parquet_schema(${list}) GROUP BY name`,
  );
  const filesWith = new Map(counted.map(({ name, files }) => [name, Number(files)]));
  const selected = columns.map((column) => (filesWith.has(column.name) ? column.name : nullColumn(column)));
  // With union_by_name DuckDB reads the footers of all files before each query, so it is set only if the files differ.
  const byName = columns.some(({ name }) => (filesWith.get(name) ?? files.length) < files.length);
  const types = LAKE_PARTITIONS.map((name) => `'${name}': VARCHAR`).join(', ');
  const options = ['hive_partitioning = true', `hive_types = {${types}}`, `union_by_name = ${byName}`];
  return `SELECT ${[...selected, ...LAKE_PARTITIONS].join(', ')} FROM read_parquet(${list}, ${options.join(', ')})`;
}

/** Selects no rows, with the columns and further expressions. */
export function emptyRows(columns: readonly RequestColumn[], further: readonly string[] = []): string {
  return `SELECT ${[...columns.map(nullColumn), ...further].join(', ')} WHERE false`;
}

function nullColumn({ name, type }: RequestColumn): string {
  return `CAST(NULL AS ${DUCKDB_TYPES[type]}) AS ${name}`;
}

const EMPTY_PARTITIONS = LAKE_PARTITIONS.map((name) => `'' AS ${name}`);

/** Makes the owners of an edition known to DuckDB as `<database>.owners`. */
export async function openOwners(duckdb: Duckdb, folder: string, database: string, edition: string): Promise<void> {
  const file = pathString(join(folder, ownersKey(edition)));
  const rows = `read_parquet(${file}, hive_partitioning = true, hive_types = {'${OWNERS_PARTITION}': VARCHAR})`;
  await duckdb.run(`CREATE OR REPLACE VIEW ${database}.${OWNERS_TABLE} AS SELECT * FROM ${rows}`);
}
