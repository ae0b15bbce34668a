import type { DuckDBConnection } from '@duckdb/node-api';
import { fileDay } from '../../sources/file-day.ts';
import { readLines } from '../../sources/line-reader.ts';
import type { RawFile } from '../../sources/raw-files.ts';
import { withoutReturns } from '../../sources/readable-files.ts';
import { sqlString } from '../../sql/sql-string.ts';

/** The lines of files that are open in DuckDB. */
export interface RawLines {
  /** A relation with the columns `line` and `log_object`. */
  relation: string;
  lines: number;
}

/** SQL for the day of the file "$path": the one in its name, else the day of its last change. */
export const FILE_DAY = '(SELECT CAST(max(day) AS VARCHAR) FROM log_objects WHERE log_objects.log_object = "$path")';

/** A quarter of DuckDB's default; it allocates several such buffers. Not slower, and 45 MB less memory in total. */
const BUFFER_BYTES = 8 * 1024 ** 2;

/** The relation of lines that DuckDB's CSV reader skips and Logtally reads itself. */
const REPAIRED = '(SELECT line, log_object FROM repaired)';

/**
 * Fills a table with the result of a SELECT over the lines of files. `selectOf` gets the relation of the lines; with
 * `isRepair` it is that of further lines, which DuckDB skipped.
 */
export async function readInto(
  connection: DuckDBConnection,
  table: string,
  files: readonly RawFile[],
  temporary: string,
  selectOf: (lines: string, isRepair: boolean) => Promise<string>,
): Promise<void> {
  await readRawLines(connection, files, temporary, {
    start: async (lines) => {
      await connection.run(`CREATE OR REPLACE TABLE ${table} AS ${await selectOf(lines, false)}`);
    },
    repair: async (lines) => {
      await connection.run(`INSERT INTO ${table} ${await selectOf(lines, true)}`);
    },
  });
}

/** Opens files on a connection and counts their lines, without empty ones. */
export async function openRawLines(
  connection: DuckDBConnection,
  files: readonly RawFile[],
  temporary: string,
): Promise<RawLines> {
  let relation = '';
  let lines = 0;
  await readRawLines(connection, files, temporary, {
    start: async (read) => {
      const reader = await connection.runAndReadAll(`SELECT count(line) FROM ${read}`);
      relation = `(SELECT * FROM ${read} UNION ALL SELECT * FROM ${REPAIRED})`;
      lines = Number(reader.getRowsJS()[0]?.[0]);
    },
    repair: async (_repaired, count) => {
      lines += count;
    },
  });
  return { relation, lines };
}

/**
 * Reads the lines of files once. `start` gets a relation of the lines that DuckDB reads; if reading fails, it is called again
 * with another one and has to start over. DuckDB skips lines that are not UTF-8, contain its delimiter or are longer than
 * 2 MB: `repair` gets a relation of these lines, if there are any.
 *
 * The connection then has a table `log_objects`: path, log_object, day, and is_named, which is true if the day is in the
 * file's name and false if it is the day of the last change. `temporary` is a folder for readable copies of damaged files;
 * it must exist while the relations are in use.
 */
async function readRawLines(
  connection: DuckDBConnection,
  files: readonly RawFile[],
  temporary: string,
  reading: {
    start(relation: string): Promise<void>;
    repair(relation: string, lines: number): Promise<void>;
  },
): Promise<void> {
  const attempt = async (readable: readonly RawFile[]) => {
    await nameFiles(connection, readable);
    await reading.start(relationOf(readable));
    const repaired = readable.length === 0 ? 0 : await repairLines(connection, readable);
    if (repaired > 0) await reading.repair(REPAIRED, repaired);
  };
  try {
    await attempt(files);
  } catch (error) {
    // DuckDB's strict parser fails on a file that mixes LF and CR as line ends.
    if (!(error as Error).message.includes('invalid state')) throw error;
    await attempt(await withoutReturns(files, temporary));
  }
}

/** Fills `log_objects`, and empties the tables of skipped lines. */
async function nameFiles(connection: DuckDBConnection, files: readonly RawFile[]): Promise<void> {
  await connection.run('CREATE OR REPLACE TEMP TABLE repaired (line VARCHAR, log_object VARCHAR)');
  await connection.run('DROP TABLE IF EXISTS reject_scans; DROP TABLE IF EXISTS reject_errors');
  await connection.run(
    'CREATE OR REPLACE TEMP TABLE log_objects (path VARCHAR PRIMARY KEY, log_object VARCHAR, day DATE, is_named BOOLEAN)',
  );
  const rows = new Map(
    files.map(({ path, log_object, modified }) => {
      const named = fileDay(log_object);
      const day = named ?? modified.toISOString().slice(0, 10);
      return [path, [path, log_object, day, String(named !== undefined)]];
    }),
  );
  await append(connection, 'log_objects', [...rows.values()]);
}

function relationOf(files: readonly RawFile[]): string {
  if (files.length === 0) return "(SELECT '' AS line, '' AS log_object WHERE false)";
  return `(SELECT line, ${nameExpression(files)} AS log_object
    FROM read_csv([${files.map((file) => sqlString(file.path)).join(', ')}], columns = {'line': 'VARCHAR'}, delim = '\x01',
      quote = '', escape = '', comment = '', header = false, auto_detect = false, strict_mode = true,
      store_rejects = true, nullstr = '\x02null', filename = 'path', buffer_size = ${BUFFER_BYTES}))`;
}

/** SQL for the name of a line's file: the path without the common folder, or, without one, a lookup in `log_objects`. */
function nameExpression(files: readonly RawFile[]): string {
  const roots = new Set(
    files.map(({ path, log_object }) => (path.endsWith(log_object) ? path.slice(0, -log_object.length) : null)),
  );
  const [root] = roots;
  if (roots.size === 1 && root != null) return `substr(path, ${[...root].length + 1})`;
  return '(SELECT log_objects.log_object FROM log_objects WHERE log_objects.path = read_csv.path)';
}

/** Reads the lines that DuckDB skipped into the table `repaired`; returns their number. */
async function repairLines(connection: DuckDBConnection, files: readonly RawFile[]): Promise<number> {
  const names = new Map(files.map((file) => [file.path, file.log_object]));
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
  rows: readonly (readonly string[])[],
): Promise<void> {
  const appender = await connection.createAppender(table);
  for (const row of rows) {
    for (const value of row) appender.appendVarchar(value);
    appender.endRow();
  }
  appender.closeSync();
}
