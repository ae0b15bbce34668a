import type { DuckDBConnection } from '@duckdb/node-api';
import { firstLines } from '../../sources/first-lines.ts';
import { readLines } from '../../sources/line-reader.ts';
import type { RawFile } from '../../sources/raw-files.ts';
import type { Format } from '../format.ts';
import { HEADER_KEY, headersOf } from '../header.ts';
import { duckdbHeaderReader, duckdbReader } from './reader.ts';

/** The tables of headers by key, and of the lines of files in which the place of a header matters. */
const HEADERS = 'headers';
const ORDERED = 'ordered_lines';

/**
 * A DuckDB SELECT like that of `duckdbReader`, over lines of `files`. If headers name the fields of a format, each holds for
 * the lines after it: files with several headers, or with lines before the first one, are read here line by line, because
 * DuckDB does not keep the order of lines. With `isRepair`, `lines` are further lines of the same files.
 */
export async function duckdbFileReader(
  connection: DuckDBConnection,
  format: Format,
  files: readonly RawFile[],
  { lines, fileDay, isRepair = false }: { lines: string; fileDay: string; isRepair?: boolean },
): Promise<string> {
  const { header } = format;
  if (!header) return duckdbReader(format, lines, fileDay);
  if (!isRepair) await storeHeaders(connection, files, lines);
  const unordered = `SELECT line, log_object, log_object AS ${HEADER_KEY} FROM ${lines} WHERE log_object NOT IN (SELECT log_object FROM ${ORDERED})`;
  const all = isRepair ? unordered : `${unordered} UNION ALL SELECT line, log_object, ${HEADER_KEY} FROM ${ORDERED}`;
  return duckdbHeaderReader({ ...format, header }, `(${all})`, `SELECT * FROM ${HEADERS}`);
}

async function storeHeaders(connection: DuckDBConnection, files: readonly RawFile[], lines: string): Promise<void> {
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE ${HEADERS} AS ${headersOf(`(SELECT line, log_object AS ${HEADER_KEY} FROM ${lines})`)}`,
  );
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE ${ORDERED} (line VARCHAR, log_object VARCHAR, ${HEADER_KEY} VARCHAR)`,
  );
  const counted = await connection.runAndReadAll(`SELECT ${HEADER_KEY}, count(*) FROM ${HEADERS} GROUP BY ALL`);
  const counts = new Map(counted.getRowsJS() as [string, bigint][]);
  for (const file of files) {
    const count = counts.get(file.log_object) ?? 0n;
    const isOrdered = count > 1n || (count === 1n && !(await beginsWithHeader(file)));
    if (isOrdered) await storeOrdered(connection, file);
  }
}

async function beginsWithHeader({ path }: RawFile): Promise<boolean> {
  const [first] = await firstLines(path, 1);
  return first?.startsWith('#') ?? false;
}

/** Stores the lines of a file with a key for the header that holds for each: NULL before the first one. */
async function storeOrdered(connection: DuckDBConnection, { path, log_object }: RawFile): Promise<void> {
  const appender = await connection.createAppender(ORDERED);
  let headers = 0;
  for await (const { text, is_overlong } of readLines(path, (length_bytes) => length_bytes > 0)) {
    // It is a reject, even if its start matches the format.
    if (is_overlong) continue;
    if (text.startsWith('#Fields:')) headers++;
    appender.appendVarchar(text);
    appender.appendVarchar(log_object);
    if (headers === 0) appender.appendNull();
    else appender.appendVarchar(`${log_object}\n${headers}`);
    appender.endRow();
  }
  appender.closeSync();
  await connection.run(`DELETE FROM ${HEADERS} WHERE ${HEADER_KEY} = $1`, [log_object]);
  await connection.run(`INSERT INTO ${HEADERS} ${headersOf(`(SELECT * FROM ${ORDERED} WHERE log_object = $1)`)}`, [
    log_object,
  ]);
}
