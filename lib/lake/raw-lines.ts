import type { DuckDBConnection } from '@duckdb/node-api';
import { readLines } from './line-reader.ts';
import type { RawFile } from './raw-files.ts';
import { withoutReturns } from './sound-files.ts';

/** The lines of some files as DuckDB reads them. */
export interface RawLines {
  /** A relation with the columns `line` and `log_object`. */
  relation: string;
  lines: number;
}

/**
 * Opens files on a connection and counts their lines; empty ones do not count. DuckDB passes over lines that are no
 * UTF-8, hold its delimiter or are longer than 2 MB; those are read here instead, so that none is lost. `temporary` is a
 * folder for copies of files that must be made readable first; it must stay while the relation is in use.
 */
export async function openRawLines(
  connection: DuckDBConnection,
  files: readonly RawFile[],
  temporary: string,
): Promise<RawLines> {
  try {
    return await readRawLines(connection, files);
  } catch (error) {
    // DuckDB's strict parser gives up on a file whose lines end now in LF, now in CR.
    if (!(error as Error).message.includes('invalid state')) throw error;
    return readRawLines(connection, await withoutReturns(files, temporary));
  }
}

async function readRawLines(connection: DuckDBConnection, files: readonly RawFile[]): Promise<RawLines> {
  const names = new Map(files.map((file) => [file.path, file.log_object]));
  await connection.run('CREATE OR REPLACE TEMP TABLE repaired (line VARCHAR, log_object VARCHAR)');
  await connection.run('DROP TABLE IF EXISTS reject_scans; DROP TABLE IF EXISTS reject_errors');
  await connection.run('CREATE OR REPLACE TEMP TABLE log_objects (path VARCHAR PRIMARY KEY, log_object VARCHAR)');
  await append(connection, 'log_objects', [...names]);
  const read = `SELECT line, ${nameExpression(files)} AS log_object
    FROM read_csv([${files.map((file) => literal(file.path)).join(', ')}], columns = {'line': 'VARCHAR'}, delim = '\x01',
      quote = '', escape = '', comment = '', header = false, auto_detect = false, strict_mode = true,
      store_rejects = true, nullstr = '\x02null', filename = 'path')`;
  const relation = `(${read} UNION ALL SELECT line, log_object FROM repaired)`;
  const [[counted] = [0]] = (await connection.runAndReadAll(`SELECT count(line) FROM (${read})`)).getRowsJS();
  const repaired = await repair(connection, names);
  return { relation, lines: Number(counted) + repaired };
}

/** Strips the folder that all paths share; where files were found one by one, looks the name up. */
function nameExpression(files: readonly RawFile[]): string {
  const roots = new Set(
    files.map(({ path, log_object }) => (path.endsWith(log_object) ? path.slice(0, -log_object.length) : null)),
  );
  const [root] = roots;
  if (roots.size === 1 && root != null) return `substr(path, ${[...root].length + 1})`;
  return '(SELECT log_objects.log_object FROM log_objects WHERE log_objects.path = read_csv.path)';
}

async function repair(connection: DuckDBConnection, names: ReadonlyMap<string, string>): Promise<number> {
  const rejected = await connection.runAndReadAll(
    `SELECT DISTINCT file_path, line FROM reject_errors JOIN reject_scans USING (scan_id, file_id)
     ORDER BY ALL`,
  );
  const numbers = new Map<string, Set<number>>();
  for (const [path, line] of rejected.getRowsJS() as [string, bigint][]) {
    numbers.set(path, (numbers.get(path) ?? new Set()).add(Number(line)));
  }
  const rows: [string, string][] = [];
  for (const [path, wanted] of numbers) {
    for await (const { text } of readLines(path, (_length, number) => wanted.has(number))) {
      rows.push([text, names.get(path) ?? path]);
    }
  }
  await append(connection, 'repaired', rows);
  return rows.length;
}

async function append(
  connection: DuckDBConnection,
  table: string,
  rows: readonly (readonly [string, string])[],
): Promise<void> {
  const appender = await connection.createAppender(table);
  for (const [first, second] of rows) {
    appender.appendVarchar(first);
    appender.appendVarchar(second);
    appender.endRow();
  }
  appender.closeSync();
}

/** A path as an SQL string. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
