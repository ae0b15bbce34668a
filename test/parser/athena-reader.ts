import type { DuckDBConnection } from '@duckdb/node-api';
import type { Duckdb } from '../../lib/engine/duckdb/duckdb.ts';
import { trinoReader } from '../../lib/formats/athena/reader.ts';
import { type Format, hasFieldColumns, rawColumns, UNPARSED_COLUMN } from '../../lib/formats/format.ts';
import type { ExactLine } from '../../lib/parser/exact/exact-reader.ts';

/** The lines that were stored, each in a file with its number for a name. */
export const STORED_LINES = '(SELECT line, CAST(number AS VARCHAR) AS "$path" FROM lines) AS raw';

/**
 * Stores lines on a connection, each in a file of its own, so that its row shows its number, and behind the header that holds
 * for it, because the SQL does not know the order of lines.
 */
export async function storeLines(connection: DuckDBConnection, lines: readonly string[]): Promise<void> {
  await connection.run('CREATE OR REPLACE TEMP TABLE lines (number BIGINT, line VARCHAR)');
  const appender = await connection.createAppender('lines');
  const append = (number: number, line: string) => {
    appender.appendBigInt(BigInt(number));
    appender.appendVarchar(line);
    appender.endRow();
  };
  let header: string | undefined;
  for (const [number, line] of lines.entries()) {
    if (line.startsWith('#Fields:')) header = line;
    else if (header !== undefined) append(number, header);
    append(number, line);
  }
  appender.closeSync();
}

/**
 * Reads lines by the SQL that Athena runs, on DuckDB. Athena's table parses lines of `fields` before the SQL sees them: here
 * the same pattern does, and lines are passed over only if they do not fit. An empty field is NULL.
 */
export async function readAsAthena(duckdb: Duckdb, format: Format, lines: readonly string[]): Promise<ExactLine[]> {
  const connection = await duckdb.connect();
  try {
    await storeLines(connection, lines);
    const { mapping: _mapping, ignored, ...others } = format;
    const passed = hasFieldColumns(format) && ignored !== undefined ? new RegExp(`^(?:${ignored})`) : undefined;
    const readable = passed || ignored === undefined ? others : { ...others, ignored };
    const misfit = (line = '') => (passed?.test(line) ? 'ignored' : 'unfit');
    // The client of DuckDB leaves out a byte order mark at the start of a value.
    const values = rawColumns(format).map((name) => `'=' || "${name}"`);
    const columns = ['"$path"', UNPARSED_COLUMN, ...values].join(', ');
    const reader = trinoReader(readable, STORED_LINES, 'true', "'2026-10-07'");
    const rows = (await connection.runAndReadAll(`SELECT ${columns} FROM (${reader})`)).getRowsJS();
    const read: ExactLine[] = lines.map(() => 'ignored');
    for (const [number, unparsed, ...texts] of rows) {
      read[Number(number)] =
        unparsed === null
          ? (texts as (string | null)[]).map((value) => value?.slice(1) ?? null)
          : misfit(lines[Number(number)]);
    }
    return read;
  } finally {
    connection.closeSync();
  }
}

/** True if both read a line alike. DuckDB formats the numbers of JSON, which are otherwise as they are written. */
export function isSameLine(format: Format, found: ExactLine, expected: ExactLine): boolean {
  if (typeof found === 'string' || typeof expected === 'string') return found === expected;
  const hasJson = Object.keys(format.json).length > 0;
  return found.every((text, index) => {
    const other = expected[index] ?? null;
    if ((text || null) === other) return true;
    return hasJson && text !== null && other !== null && isNumber(text) && Number(text) === Number(other);
  });
}

function isNumber(text: string): boolean {
  return /^-?[0-9]+(?:[.][0-9]+)?(?:[eE][-+]?[0-9]+)?$/.test(text);
}
