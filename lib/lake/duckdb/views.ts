import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Duckdb } from '../../engine/duckdb/duckdb.ts';
import type { Day } from '../../model/period.ts';
import { LAKE_PARTITIONS, REJECTED_COLUMNS, REQUEST_COLUMNS, type RequestColumn } from '../../model/request-columns.ts';
import { REJECTED_TABLE, REQUESTS_TABLE } from '../../model/table-names.ts';
import { NAMES_PARTITION, NAMES_TABLE, namesKey } from '../../owners/names-table.ts';
import { sqlString } from '../../sql/sql-string.ts';
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

/** Makes the lake's tables known to DuckDB as `<database>.requests` and `<database>.rejected`, for some sources and days. */
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
    const types = LAKE_PARTITIONS.map((name) => `'${name}': VARCHAR`).join(', ');
    const names = [...columns.map(({ name }) => name), ...LAKE_PARTITIONS].join(', ');
    const nothing = [...columns.map(({ name, type }) => `CAST(NULL AS ${DUCKDB_TYPES[type]}) AS ${name}`)];
    const rows =
      files.length > 0
        ? `SELECT ${names} FROM read_parquet([${files.map(sqlString).join(', ')}], hive_partitioning = true, hive_types = {${types}})`
        : `SELECT ${nothing.join(', ')}, '' AS source, '' AS day WHERE false`;
    await duckdb.run(`CREATE OR REPLACE VIEW ${database}.${table} AS ${rows}`);
  }
}

/** Makes the names of an edition known to DuckDB as `<database>.names`. */
export async function openNames(duckdb: Duckdb, folder: string, database: string, edition: string): Promise<void> {
  const file = sqlString(join(folder, namesKey(edition)));
  const rows = `read_parquet(${file}, hive_partitioning = true, hive_types = {'${NAMES_PARTITION}': VARCHAR})`;
  await duckdb.run(`CREATE OR REPLACE VIEW ${database}.${NAMES_TABLE} AS SELECT * FROM ${rows}`);
}
