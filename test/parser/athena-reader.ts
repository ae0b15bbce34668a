import type { Duckdb } from '../../lib/engine/duckdb/duckdb.ts';
import { trinoReader } from '../../lib/formats/athena/reader.ts';
import { type Format, rawColumns, UNPARSED_COLUMN } from '../../lib/formats/format.ts';
import type { ExactLine } from '../../lib/parser/exact/exact-reader.ts';

/**
 * Reads lines by the SQL that Athena runs, on DuckDB. Each line is in a file of its own, behind the header that holds for it,
 * because the SQL does not know the order of lines. Athena's table parses lines of `fields` before the SQL sees them: here
 * the same pattern does. An empty field is NULL.
 */
export async function readAsAthena(duckdb: Duckdb, format: Format, lines: readonly string[]): Promise<ExactLine[]> {
  const connection = await duckdb.connect();
  try {
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
    const { mapping: _mapping, ...readable } = format;
    const table = '(SELECT line, CAST(number AS VARCHAR) AS "$path" FROM lines) AS raw';
    // The client of DuckDB leaves out a byte order mark at the start of a value.
    const values = rawColumns(format).map((name) => `'=' || "${name}"`);
    const columns = ['"$path"', UNPARSED_COLUMN, ...values].join(', ');
    const reader = trinoReader(readable, table, 'true', "'2026-10-07'");
    const rows = (await connection.runAndReadAll(`SELECT ${columns} FROM (${reader})`)).getRowsJS();
    const read: ExactLine[] = lines.map(() => 'ignored');
    for (const [number, unparsed, ...texts] of rows) {
      read[Number(number)] =
        unparsed === null ? (texts as (string | null)[]).map((value) => value?.slice(1) ?? null) : 'unfit';
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
