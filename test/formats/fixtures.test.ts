import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Duckdb, openDuckdb } from '../../lib/engine/duckdb/duckdb.ts';
import { trinoReader } from '../../lib/formats/athena/reader.ts';
import { duckdbReader } from '../../lib/formats/duckdb/reader.ts';
import { type Format, hasFieldColumns, rawColumns, UNPARSED_COLUMN } from '../../lib/formats/format.ts';
import { FORMATS, formatOf } from '../../lib/formats/formats.ts';
import { MAPPED_COLUMNS, mappingSql } from '../../lib/formats/mapping.ts';

/*
Each folder of test/fixtures/formats is named after a format: `lines.log` and what its lines come to in
`expected.jsonl`, a row a line in the same order with the columns that are not NULL. A line that is passed over has none.
*/
const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'formats');

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

async function rowsOf(lines: readonly string[], sql: string): Promise<Record<string, unknown>[]> {
  const connection = await duckdb.connect();
  await connection.run('CREATE OR REPLACE TEMP TABLE lines (number BIGINT, line VARCHAR)');
  const appender = await connection.createAppender('lines');
  for (const [number, line] of lines.entries()) {
    appender.appendBigInt(BigInt(number));
    appender.appendVarchar(line);
    appender.endRow();
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

function linesOf(id: string): string[] {
  return readFileSync(join(FIXTURES, id, 'lines.log'), 'utf8')
    .split('\n')
    .slice(0, -1);
}

test('every built-in format has a fixture, and every fixture a format', () => {
  expect(readdirSync(FIXTURES).sort()).toEqual(FORMATS.map(({ id }) => id).sort());
});

describe.each(FORMATS.map(({ id }) => id))('%s', (id) => {
  const format: Format = formatOf(id);

  test('lines become the rows that the fixture expects', async () => {
    const mapped = mappingSql(format, `(${duckdbReader(format, LINES, DAY)})`);
    const rows = await rowsOf(
      linesOf(id),
      `SELECT ${[...MAPPED_COLUMNS, 'reason', 'line'].join(', ')} FROM (${mapped}) ORDER BY CAST(log_object AS BIGINT)`,
    );
    const found = rows.map(({ log_object: _number, ...row }) => withoutNulls(row));
    const expected = readFileSync(join(FIXTURES, id, 'expected.jsonl'), 'utf8')
      .split('\n')
      .slice(0, -1);
    expect(found).toEqual(expected.map((row) => JSON.parse(row)));
  });

  test('the readers of both engines agree', async () => {
    if (hasFieldColumns(format)) return;
    const columns = [...rawColumns(format), UNPARSED_COLUMN].map((name) => `"${name}"`).join(', ');
    const select = (reader: string) => `SELECT ${columns} FROM (${reader}) ORDER BY CAST("$path" AS BIGINT)`;
    const lines = linesOf(id);
    expect(await rowsOf(lines, select(duckdbReader(format, LINES, DAY)))).toEqual(
      await rowsOf(lines, select(trinoReader(format, TABLE, 'true', DAY))),
    );
  });
});

test('a line of a million quotes takes no format any time worth speaking of', async () => {
  const lines = ['"'.repeat(1_000_000), ' '.repeat(1_000_000), '[ " '.repeat(250_000)];
  for (const format of FORMATS) {
    const started = performance.now();
    await rowsOf(lines, `SELECT count(*) FROM (${mappingSql(format, `(${duckdbReader(format, LINES, DAY)})`)})`);
    expect({ format: format.id, fast: performance.now() - started < 2_000 }).toEqual({ format: format.id, fast: true });
  }
});
