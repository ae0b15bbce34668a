import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { readSql } from '../../lib/sql/sql-files.ts';
import { athenaCsv } from './athena-csv.ts';

const UNLOAD = /^UNLOAD \(([\s\S]*)\) TO 's3:\/\/([^']+)' WITH \(([\s\S]*)\)\s*$/;
const PARTITION_LIMIT = 100;

/** What a query writes: the CSV of a SELECT, or the Parquet objects of an UNLOAD by their key below its target. */
export type QueryOutput = { csv: string } | { target: string; objects: Map<string, Buffer> };

/** A DuckDB with the functions of the product's prelude, and the tables in one database. */
export async function openDuckdb(database: string): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  await connection.run(readSql('dialects/duckdb.sql'));
  await connection.run(`CREATE SCHEMA "${database}"; SET search_path = '${database},main'`);
  return connection;
}

/** Runs a SELECT or an UNLOAD with its parameters put in. An Error has the reason that Athena would give. */
export async function runQuery(
  connection: DuckDBConnection,
  sql: string,
  parameters: readonly string[],
): Promise<QueryOutput> {
  const bound = bind(sql, parameters);
  const unload = bound.match(UNLOAD);
  if (!unload) return { csv: athenaCsv(await connection.runAndReadAll(bound)) };
  const [, select = '', target = '', options = ''] = unload;
  return { target: `s3://${target}`, objects: await unloadObjects(connection, select, options) };
}

/**
 * The text with each `?` replaced by the parameter's expression. A literal is varchar in Trino, where DuckDB would take
 * it for whatever fits: the cast makes a comparison with another type fail here too.
 */
function bind(sql: string, parameters: readonly string[]): string {
  const rest = [...parameters];
  const bound = sql.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\?/g, (part) => {
    if (part !== '?') return part;
    const parameter = rest.shift();
    if (parameter === undefined) throw new Error('INVALID_PARAMETER_USAGE: Incorrect number of parameters');
    return /^'(?:[^']|'')*'$/.test(parameter) ? `CAST(${parameter} AS VARCHAR)` : `(${parameter})`;
  });
  if (rest.length > 0) throw new Error('INVALID_PARAMETER_USAGE: Incorrect number of parameters');
  return bound;
}

async function unloadObjects(connection: DuckDBConnection, select: string, options: string) {
  const partitions = [...(options.match(/partitioned_by = ARRAY\[(.*?)\]/)?.[1] ?? '').matchAll(/'([^']*)'/g)].map(
    ([, name = '']) => name,
  );
  const columns = (await connection.runAndReadAll(`DESCRIBE ${select}`)).getRows().map(([name]) => String(name));
  if (columns.slice(columns.length - partitions.length).join() !== partitions.join()) {
    throw new Error(
      'HIVE_COLUMN_ORDER_MISMATCH: Partition keys must be the last columns in the table and in the same order as the ' +
        `table properties: [${partitions.join(', ')}]`,
    );
  }
  const folder = await mkdtemp(join(tmpdir(), 'unload-'));
  try {
    const partitioning = partitions.length > 0 ? `, PARTITION_BY (${partitions.join(', ')})` : ', PER_THREAD_OUTPUT';
    await connection.run(
      `COPY (${select}) TO '${folder}' (FORMAT parquet, COMPRESSION zstd, OVERWRITE_OR_IGNORE${partitioning})`,
    );
    return await readObjects(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Athena names its objects after the query and a random id, without an extension. */
async function readObjects(folder: string): Promise<Map<string, Buffer>> {
  const objects = new Map<string, Buffer>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const place = relative(folder, entry.parentPath).split(sep).filter(Boolean);
    const body = await readFile(join(entry.parentPath, entry.name));
    objects.set([...place, `20261101_000000_00001_abcde_${randomUUID()}`].join('/'), body);
  }
  if (new Set([...objects.keys()].map((key) => key.slice(0, key.lastIndexOf('/')))).size > PARTITION_LIMIT) {
    throw new Error(`HIVE_TOO_MANY_OPEN_PARTITIONS: Exceeded limit of ${PARTITION_LIMIT} open writers for partitions`);
  }
  return objects;
}
