import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Duckdb } from '../../engine/duckdb/duckdb.ts';
import { pathString } from '../../engine/duckdb/path.ts';
import type { Day, Period } from '../../model/period.ts';
import { REJECTED_TABLE, REQUESTS_TABLE } from '../../model/table-names.ts';
import { sqlString } from '../../sql/sql-string.ts';
import type { Store } from '../../store/store.ts';
import { type LakeFile, readManifest, writeManifest } from '../manifest.ts';
import { PARQUET } from './day-writer.ts';
import { lakeFile } from './sound-days.ts';

/** A lake in a folder or in S3 from which an address is removed. */
export interface ForgettingLake {
  duckdb: Duckdb;
  store: Store;
  /** An existing folder for the file that is being written, and for the copy of one from S3. */
  temporary: string;
  /** See `addressPatterns`. */
  patterns: readonly string[];
}

/** A file of the lake in which an address occurs. */
export interface FoundFile {
  key: string;
  table: typeof REQUESTS_TABLE | typeof REJECTED_TABLE;
  source: string;
  day: Day;
  /** Rows in which it occurs. */
  rows: number;
  /** The raw logs of these rows. */
  log_objects: string[];
}

const LAKE_FILE = /^(requests|rejected)\/source=([^/]+)\/day=(\d{4}-\d\d-\d\d)\/[^/]+\.parquet$/;

/** Not changed: a manifest identifies raw logs by their names. */
const KEPT_COLUMN = 'log_object';

/** The files of the lake in which the address occurs, of a period or of all days. `onFile` is called before each is read. */
export async function findAddress(
  lake: ForgettingLake,
  period: Period | undefined,
  onFile: (key: string, done: number, files: number) => void,
): Promise<FoundFile[]> {
  const files = await lakeFiles(lake.store, period);
  const found: FoundFile[] = [];
  for (const [index, file] of files.entries()) {
    onFile(file.key, index, files.length);
    const rows = await withFile(lake, file.key, (connection, path) => rowsWithAddress(connection, path, lake.patterns));
    if (rows.rows > 0) found.push({ ...file, ...rows });
  }
  return found;
}

/**
 * Removes the address from a file of the lake: its text is `[address]`, in `client_ip` too, since NULL there means that the
 * request has no client. No row is added, removed or moved, so the figures of the day's manifest stay true. The manifest
 * changes first: if the run is killed here, editions are produced again, and none seems up to date by mistake.
 */
export async function removeAddress(lake: ForgettingLake, file: FoundFile, forgotten_at: string): Promise<void> {
  const stored = await readManifest(lake.store, file.source, file.day);
  if (!stored) {
    await rewriteFile(lake, file);
    return;
  }
  // Without its files a manifest counts only rows, which are as many in the old and the new file.
  const { files, ...manifest } = stored;
  await writeManifest(lake.store, { ...manifest, forgotten_at });
  const written = await rewriteFile(lake, file);
  if (!files) return;
  const changed = files.map((one) => (one.key === written.key ? written : one));
  await writeManifest(lake.store, { ...manifest, files: changed, forgotten_at });
}

/** Replaces a file once the new one is complete and has been checked. */
async function rewriteFile(lake: ForgettingLake, { key }: FoundFile): Promise<LakeFile> {
  return withFile(lake, key, async (connection, path) => {
    const changed = join(lake.temporary, 'changed.parquet');
    const columns = await columnsOf(connection, path);
    const selected = columns.map((column) => `${valueWithout(column, lake.patterns)} AS ${column.name}`);
    await connection.run(
      `COPY (SELECT ${selected.join(', ')} FROM ${rowsOf(path)}) TO ${sqlString(changed)} (${PARQUET})`,
    );
    const [before, after] = [await totals(connection, path), await totals(connection, changed)];
    const { rows } = await rowsWithAddress(connection, changed, lake.patterns);
    if (before !== after || rows > 0) {
      throw new Error(`${lake.store.root}${key}: ${before} became ${after}, ${rows} rows with the address; unchanged`);
    }
    await lake.store.write(key, createReadStream(changed));
    return lakeFile(changed, key);
  });
}

/** The Parquet files of requests and rejected lines, with or without a manifest. */
async function lakeFiles(store: Store, period: Period | undefined) {
  const files: Omit<FoundFile, 'rows' | 'log_objects'>[] = [];
  for (const table of [REQUESTS_TABLE, REJECTED_TABLE] as const) {
    for await (const { key } of store.list(`${table}/`)) {
      const [, , source = '', day = ''] = LAKE_FILE.exec(key) ?? [];
      const isWanted = day !== '' && (!period || (day >= period.from && day <= period.to));
      if (isWanted) files.push({ key, table, source, day });
    }
  }
  return files;
}

/** Calls a function with a local copy of a file of the lake. */
async function withFile<T>(
  { duckdb, store, temporary }: ForgettingLake,
  key: string,
  work: (connection: DuckDBConnection, path: string) => Promise<T>,
): Promise<T> {
  const connection = await duckdb.connect();
  try {
    return await work(connection, await pathOf(store, key, join(temporary, 'lake.parquet')));
  } finally {
    connection.closeSync();
  }
}

async function pathOf(store: Store, key: string, copy: string): Promise<string> {
  if (!store.root.startsWith('s3://')) return join(store.root, key);
  await pipeline(await store.read(key), createWriteStream(copy));
  return copy;
}

function rowsOf(path: string): string {
  return `read_parquet(${pathString(path)}, hive_partitioning = false)`;
}

interface FileColumn {
  name: string;
  type: string;
}

/** The columns of a file. A file of an older version may lack some. */
async function columnsOf(connection: DuckDBConnection, path: string): Promise<FileColumn[]> {
  const reader = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${rowsOf(path)}`);
  return reader.getRowObjectsJS().map(({ column_name, column_type }) => ({
    name: `"${String(column_name).replaceAll('"', '""')}"`,
    type: String(column_type),
  }));
}

async function rowsWithAddress(connection: DuckDBConnection, path: string, patterns: readonly string[]) {
  const texts = (await columnsOf(connection, path)).filter(mayHoldAddress);
  const occurs = texts.map(({ name }) => `coalesce(${hasAddress(name, patterns)}, false)`).join(' OR ') || 'false';
  const reader = await connection.runAndReadAll(
    `SELECT log_object, count(*) FROM ${rowsOf(path)} WHERE ${occurs} GROUP BY 1 ORDER BY 1`,
  );
  const found = reader.getRowsJS() as [string | null, bigint][];
  return {
    rows: found.reduce((total, [, rows]) => total + Number(rows), 0),
    log_objects: found.flatMap(([log_object]) => log_object ?? []),
  };
}

function mayHoldAddress({ name, type }: FileColumn): boolean {
  return type === 'VARCHAR' && name !== `"${KEPT_COLUMN}"`;
}

function hasAddress(name: string, patterns: readonly string[]): string {
  return `(${patterns.map((pattern) => `regexp_matches(${name}, ${sqlString(pattern)}, 'i')`).join(' OR ')})`;
}

function valueWithout(column: FileColumn, patterns: readonly string[]): string {
  const { name, type } = column;
  // Athena may write times in nanoseconds or in the older INT96; the lake has microseconds.
  if (type.startsWith('TIMESTAMP')) return `CAST(${name} AS TIMESTAMP)`;
  if (!mayHoldAddress(column)) return name;
  // Twice, since two addresses may share the character between them. Trino's name for the function is taken by a macro.
  return patterns
    .flatMap((pattern) => [pattern, pattern])
    .reduce(
      (text, pattern) => `system.main.regexp_replace(${text}, ${sqlString(pattern)}, '\\1[address]\\2', 'gi')`,
      name,
    );
}

/** Rows and lines of a file, as text to compare. */
async function totals(connection: DuckDBConnection, path: string): Promise<string> {
  const reader = await connection.runAndReadAll(`SELECT count(*), sum(copies) FROM ${rowsOf(path)}`);
  const [rows, lines] = reader.getRows()[0] ?? [];
  return `${rows} rows of ${lines} lines`;
}
