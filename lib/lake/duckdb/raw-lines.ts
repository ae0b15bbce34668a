import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api';
import { pathString } from '../../engine/duckdb/path.ts';
import { fileDay } from '../../sources/file-day.ts';
import { readLines } from '../../sources/line-reader.ts';
import { type ReadableFile, unpacked, withoutReturns } from '../../sources/readable-files.ts';

/** Files that are open in DuckDB as a relation of lines. */
export interface RawLines {
  /** A relation with the columns `line` and `log_object`. */
  relation: string;
  lines: number;
}

/** SQL for the day of the file "$path": the one in its name, else the day of its last change. */
export const FILE_DAY = '(SELECT CAST(max(day) AS VARCHAR) FROM log_objects WHERE log_objects.log_object = "$path")';

/** A quarter of DuckDB's default; it allocates several such buffers. Not slower, and 45 MB less memory in total. */
const BUFFER_BYTES = 8 * 1024 ** 2;

const ROWS_PER_FLUSH = 100;

/** The relation of lines that DuckDB's CSV reader skips and Logtally reads itself. */
const REPAIRED = '(SELECT line, log_object FROM repaired)';

/** The relation of lines above 16 MB, shortened. They are rejects, even if their start matches the format. */
export const OVERLONG = '(SELECT line, log_object FROM overlong)';

export const OVERLONG_REASON = 'is longer than 16 MB';

/**
 * Fills a table with the result of a SELECT over the lines of files. `selectOf` gets the relation of the lines; with
 * `isRepair` it is that of further lines, which DuckDB skipped.
 */
export async function readInto(
  connection: DuckDBConnection,
  table: string,
  files: readonly ReadableFile[],
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
  files: readonly ReadableFile[],
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
 * with another one and has to start over. DuckDB skips lines that are not UTF-8 or contain its delimiter, and long lines are kept
 * from it: `repair` gets a relation of these lines, if there are any. Those of them that are `OVERLONG` are left out.
 *
 * The connection then has a table `log_objects`: path, log_object, day, and is_named, which is true if the day is in the
 * file's name and false if it is the day of the last change. `temporary` is a folder for readable copies of files;
 * it must exist while the relations are in use.
 */
async function readRawLines(
  connection: DuckDBConnection,
  files: readonly ReadableFile[],
  temporary: string,
  reading: {
    start(relation: string): Promise<void>;
    repair(relation: string, lines: number): Promise<void>;
  },
): Promise<void> {
  const attempt = async (readable: readonly ReadableFile[]) => {
    await nameFiles(connection, readable);
    await reading.start(relationOf(readable));
    const repaired = readable.length === 0 ? 0 : await repairLines(connection, readable);
    if (repaired > 0) await reading.repair(REPAIRED, repaired);
  };
  try {
    await attempt(files);
  } catch (error) {
    const { message } = error as Error;
    // DuckDB's strict parser fails on a file that mixes LF and CR as line ends, its unpacker on headers with fields.
    if (message.includes('invalid state')) await attempt(await withoutReturns(files, temporary));
    else if (message.includes('GZIP')) await attempt(await unpacked(files, temporary));
    else throw error;
  }
}

/** Fills `log_objects`, and empties the tables of skipped lines. */
async function nameFiles(connection: DuckDBConnection, files: readonly ReadableFile[]): Promise<void> {
  await connection.run('CREATE OR REPLACE TEMP TABLE repaired (line VARCHAR, log_object VARCHAR)');
  await connection.run('CREATE OR REPLACE TEMP TABLE overlong (line VARCHAR, log_object VARCHAR)');
  await connection.run('DROP TABLE IF EXISTS reject_scans; DROP TABLE IF EXISTS reject_errors');
  await connection.run(
    'CREATE OR REPLACE TEMP TABLE log_objects (path VARCHAR PRIMARY KEY, log_object VARCHAR, day DATE, is_named BOOLEAN)',
  );
  const rows = new Map(
    files.map(({ readable_path: path, log_object, modified }) => {
      const named = fileDay(log_object);
      const day = named ?? modified.toISOString().slice(0, 10);
      return [path, [path, log_object, day, String(named !== undefined)]];
    }),
  );
  await append(connection, 'log_objects', [...rows.values()]);
}

function relationOf(files: readonly ReadableFile[]): string {
  if (files.length === 0) return "(SELECT '' AS line, '' AS log_object WHERE false)";
  return `(SELECT ${WITHOUT_NULS} AS line, ${nameExpression(files)} AS log_object
    FROM read_csv([${files.map((file) => pathString(file.readable_path)).join(', ')}], columns = {'line': 'VARCHAR'}, delim = '\x01',
      quote = '', escape = '', comment = '', header = false, auto_detect = false, strict_mode = true,
      store_rejects = true, nullstr = '\x02null', filename = 'path', buffer_size = ${BUFFER_BYTES})
    WHERE NOT (contains(line, chr(0)) AND ${WITHOUT_NULS} = ''))`;
}

/** Removes NULs, which logrotate's `copytruncate` and a power failure leave in logs. Few lines have one. */
const WITHOUT_NULS = "CASE WHEN contains(line, chr(0)) THEN replace(line, chr(0), '') ELSE line END";

/** SQL for the name of a line's file: the path without the common folder, or, without one, a lookup in `log_objects`. */
function nameExpression(files: readonly ReadableFile[]): string {
  const roots = new Set(
    files.map(({ readable_path, log_object }) =>
      readable_path.endsWith(log_object) ? readable_path.slice(0, -log_object.length) : null,
    ),
  );
  const [root] = roots;
  if (roots.size === 1 && root != null) return `substr(path, ${[...root].length + 1})`;
  return '(SELECT log_objects.log_object FROM log_objects WHERE log_objects.path = read_csv.path)';
}

/** Reads the lines that DuckDB skipped into the tables `repaired`, whose rows it counts, and `overlong`. */
async function repairLines(connection: DuckDBConnection, files: readonly ReadableFile[]): Promise<number> {
  const rejected = await connection.runAndReadAll(
    `SELECT DISTINCT file_path, line FROM reject_errors JOIN reject_scans USING (scan_id, file_id)
     ORDER BY ALL`,
  );
  const skipped = Map.groupBy(rejected.getRowsJS() as [string, bigint][], ([path]) => path);
  const repaired = await connection.createAppender('repaired');
  const overlong = await connection.createAppender('overlong');
  let count = 0;
  for (const { path, readable_path, log_object, long_lines } of files) {
    const wanted = new Set([...long_lines, ...(skipped.get(readable_path) ?? []).map(([, line]) => Number(line))]);
    if (wanted.size === 0) continue;
    for await (const { text, is_overlong } of readLines(path, (_length, number) => wanted.has(number))) {
      appendRow(is_overlong ? overlong : repaired, [text, log_object]);
      if (!is_overlong) count++;
      // The rows may be many and long, so they must be able to spill to disk.
      if (count % ROWS_PER_FLUSH === 0) repaired.flushSync();
    }
  }
  repaired.closeSync();
  overlong.closeSync();
  return count;
}

async function append(
  connection: DuckDBConnection,
  table: string,
  rows: readonly (readonly string[])[],
): Promise<void> {
  const appender = await connection.createAppender(table);
  for (const row of rows) appendRow(appender, row);
  appender.closeSync();
}

function appendRow(appender: DuckDBAppender, row: readonly string[]): void {
  for (const value of row) appender.appendVarchar(value);
  appender.endRow();
}
