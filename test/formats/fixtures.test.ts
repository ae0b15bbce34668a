import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Duckdb, openDuckdb } from '../../lib/engine/duckdb/duckdb.ts';
import { trinoReader } from '../../lib/formats/athena/reader.ts';
import { hasFieldColumns } from '../../lib/formats/format.ts';
import { FORMATS, formatOf } from '../../lib/formats/formats.ts';
import { MAPPED_COLUMNS, mappingSql } from '../../lib/formats/mapping.ts';
import { STORED_LINES, storeLines } from '../parser/athena-reader.ts';
import { mapLines } from '../parser/mapped-lines.ts';
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

/** The day of every fixture's file. */
const DAY = '2026-10-07';

/** Asks `sql` of stored lines. */
async function rowsOf(lines: readonly string[], sql: string): Promise<Record<string, unknown>[]> {
  const connection = await duckdb.connect();
  await storeLines(connection, lines);
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
  test('lines become the rows that the fixture expects', () => {
    const rejected = ({ reason, line }: Record<string, unknown>) => ({ reason, line });
    // What else is known of a reject has no meaning.
    const wanted = expected.map((row) => (row.reason === undefined ? row : rejected(row)));
    expect(mapLines(format, lines, DAY).map(withoutNulls)).toEqual(wanted);
  });

  test('and so they do by the SQL that Athena runs', async () => {
    // Athena's table parses the lines of other formats: the lane with Trino shows what it makes of them.
    if (hasFieldColumns(format)) return;
    const mapped = mappingSql(format, `(${trinoReader(format, STORED_LINES, 'true', `'${DAY}'`)})`);
    const rows = await rowsOf(
      lines,
      `SELECT ${[...MAPPED_COLUMNS, 'reason', 'line'].join(', ')} FROM (${mapped}) ORDER BY CAST(log_object AS BIGINT)`,
    );
    expect(rows.map(({ log_object: _number, ...row }) => withoutNulls(row))).toEqual(expected);
  });
});

test('a time without a year is 29 February if the year of its file has one', () => {
  const rows = mapLines(formatOf('syslog'), ['Feb 29 01:15:43 host app: leap'], '2024-03-01');
  expect(rows).toMatchObject([{ time: new Date('2024-02-29T01:15:43Z'), message: 'leap' }]);
});

test('every format reads a line of a million quotes in less than two seconds of CPU', () => {
  const lines = ['"'.repeat(1_000_000), ' '.repeat(1_000_000), '[ " '.repeat(250_000)];
  for (const format of FORMATS) {
    const started = process.cpuUsage();
    mapLines(format, lines);
    const { user, system } = process.cpuUsage(started);
    expect({ format: format.id, fast: user + system < 2e6 }).toEqual({ format: format.id, fast: true });
  }
});
