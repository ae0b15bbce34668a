import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Duckdb, openDuckdb } from '../../lib/engine/duckdb/duckdb.ts';
import { trinoReader } from '../../lib/formats/athena/reader.ts';
import { duckdbReader } from '../../lib/formats/duckdb/reader.ts';
import { hasFieldColumns, rawColumns, UNPARSED_COLUMN } from '../../lib/formats/format.ts';
import { FORMATS, formatOf } from '../../lib/formats/formats.ts';
import { MAPPED_COLUMNS, mappingSql } from '../../lib/formats/mapping.ts';
import { FORMAT_FIXTURES } from './format-fixtures.ts';

let duckdb: Duckdb;
beforeAll(async () => {
  duckdb = await openDuckdb({
    memory: '1GB',
    threads: 2,
    temp_folder: join(tmpdir(), `logtally-fixtures-${process.pid}`),
  });
});
afterAll(() => duckdb.close());

const LINES = '(SELECT line, CAST(number AS VARCHAR) AS log_object FROM lines)';
/** The day of every fixture's file. */
const DAY = "'2026-10-07'";
const TABLE = '(SELECT line, CAST(number AS VARCHAR) AS "$path" FROM lines) AS raw';

/** Puts each line into a file of its own, so that its row shows its number, and asks `sql` of them. */
async function rowsOf(lines: readonly string[], sql: string): Promise<Record<string, unknown>[]> {
  const connection = await duckdb.connect();
  await connection.run('CREATE OR REPLACE TEMP TABLE lines (number BIGINT, line VARCHAR)');
  const appender = await connection.createAppender('lines');
  const append = (number: number, line: string) => {
    appender.appendBigInt(BigInt(number));
    appender.appendVarchar(line);
    appender.endRow();
  };
  let header: string | undefined;
  for (const [number, line] of lines.entries()) {
    // The fields that a header names are those of the lines after it.
    if (line.startsWith('#Fields:')) header = line;
    else if (header !== undefined) append(number, header);
    append(number, line);
  }
  appender.closeSync();
  const rows = await connection.runAndReadAll(sql);
  connection.closeSync();
  return rows.getRowObjectsJS();
}

function withoutNulls(row: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(row).filter(([, value]) => value !== null);
  return JSON.parse(
    JSON.stringify(Object.fromEntries(kept), (_key, value) => (typeof value === 'bigint' ? Number(value) : value)),
  );
}

test('every built-in format has a fixture', () => {
  const names = FORMAT_FIXTURES.map(({ name }) => name);
  expect(FORMATS.map(({ id }) => id).filter((id) => !names.includes(id))).toEqual([]);
});

describe.each(FORMAT_FIXTURES)('$name', ({ format, lines, expected }) => {
  test('lines become the rows that the fixture expects', async () => {
    const mapped = mappingSql(format, `(${duckdbReader(format, LINES, DAY)})`);
    const rows = await rowsOf(
      lines,
      `SELECT ${[...MAPPED_COLUMNS, 'reason', 'line'].join(', ')} FROM (${mapped}) ORDER BY CAST(log_object AS BIGINT)`,
    );
    expect(rows.map(({ log_object: _number, ...row }) => withoutNulls(row))).toEqual(expected);
  });

  test('the readers of both engines agree', async () => {
    if (hasFieldColumns(format)) return;
    const columns = ['$path', ...rawColumns(format), UNPARSED_COLUMN].map((name) => `"${name}"`).join(', ');
    const select = (reader: string) => `SELECT ${columns} FROM (${reader}) ORDER BY ALL`;
    expect(await rowsOf(lines, select(duckdbReader(format, LINES, DAY)))).toEqual(
      await rowsOf(lines, select(trinoReader(format, TABLE, 'true', DAY))),
    );
  });
});

test('a time without a year is 29 February if the year of its file has one', async () => {
  const mapped = mappingSql(formatOf('syslog'), `(${duckdbReader(formatOf('syslog'), LINES, "'2024-03-01'")})`);
  const rows = await rowsOf(['Feb 29 01:15:43 host app: leap'], `SELECT time, message FROM (${mapped})`);
  expect(rows).toEqual([{ time: new Date('2024-02-29T01:15:43Z'), message: 'leap' }]);
});

test('every format reads a line of a million quotes in less than two seconds', async () => {
  const lines = ['"'.repeat(1_000_000), ' '.repeat(1_000_000), '[ " '.repeat(250_000)];
  for (const format of FORMATS) {
    const started = performance.now();
    await rowsOf(lines, `SELECT count(*) FROM (${mappingSql(format, `(${duckdbReader(format, LINES, DAY)})`)})`);
    expect({ format: format.id, fast: performance.now() - started < 2_000 }).toEqual({ format: format.id, fast: true });
  }
});
