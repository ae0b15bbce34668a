import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Duckdb, openDuckdb } from '../../../lib/engine/duckdb/duckdb.ts';
import { trinoReader } from '../../../lib/formats/athena/reader.ts';
import { downloadKindsSql } from '../../../lib/formats/download-kinds.ts';
import { type Format, hasFieldColumns, rawColumns, UNPARSED_COLUMN } from '../../../lib/formats/format.ts';
import { FORMATS } from '../../../lib/formats/formats.ts';
import { MAPPED_COLUMNS, mappingSql } from '../../../lib/formats/mapping.ts';
import { linePattern } from '../../../lib/formats/pattern.ts';
import { REQUEST_COLUMNS } from '../../../lib/model/request-columns.ts';
import { compileMapping } from '../../../lib/parser/mapping/mapping.ts';
import { FORMAT_FIXTURES } from '../../formats/format-fixtures.ts';
import { mutatedRows } from './hostile-values.ts';
import { mappedRow, type RawRow, rawBatches } from './raw-rows.ts';

/* The mapping of the parser computes what the SQL does, for every column of every format. */

const FILE_DAY = '2026-10-07';
const LOG_OBJECT = 'logs/a.log';

let duckdb: Duckdb;
beforeAll(async () => {
  duckdb = await openDuckdb({
    memory: '1GB',
    threads: 2,
    temp_folder: join(tmpdir(), `logtally-mapping-${process.pid}`),
  });
});
afterAll(() => duckdb.close());

/** The raw rows of a fixture's lines. */
async function fixtureRows(format: Format): Promise<RawRow[]> {
  const fixtures = FORMAT_FIXTURES.filter((fixture) => fixture.format.id === format.id);
  const lines = fixtures.flatMap((fixture) => fixture.lines);
  const names = rawColumns(format);
  if (hasFieldColumns(format)) {
    const pattern = new RegExp(`^(?:${linePattern(format)})$`);
    return lines.map((line) => {
      const groups = pattern.exec(line)?.slice(1) ?? [];
      const texts = Object.fromEntries(names.map((name, index) => [name, groups[index] ?? null]));
      return { texts, line, unfit: groups.length === 0 };
    });
  }
  const headed = fixtures.flatMap((fixture) => {
    let header: string | undefined;
    return fixture.lines.map((line) => {
      if (line.startsWith('#Fields:')) header = line;
      return { line, header };
    });
  });
  const connection = await duckdb.connect();
  await connection.run('CREATE OR REPLACE TEMP TABLE lines (line VARCHAR, log_object VARCHAR)');
  const appender = await connection.createAppender('lines');
  for (const [number, { line, header }] of headed.entries()) {
    for (const text of header === undefined || header === line ? [line] : [header, line]) {
      appender.appendVarchar(text);
      appender.appendVarchar(String(number));
      appender.endRow();
    }
  }
  appender.closeSync();
  const table = '(SELECT line, log_object AS "$path" FROM lines) AS raw';
  const rows = await connection.runAndReadAll(trinoReader(format, table, 'true', `'${FILE_DAY}'`));
  connection.closeSync();
  return rows.getRowObjectsJS().map((row) => ({
    texts: Object.fromEntries(names.map((name) => [name, row[name] as string | null])),
    line: row.line as string,
    unfit: row[UNPARSED_COLUMN] !== null,
  }));
}

/** The mapped rows by the SQL, in the form of `mappedRow`. */
async function byDuckdb(format: Format, rows: readonly RawRow[]): Promise<Record<string, unknown>[]> {
  const names = rawColumns(format);
  const connection = await duckdb.connect();
  const columns = [...names, UNPARSED_COLUMN, ...(names.includes('line') ? [] : ['line'])];
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE raw_rows (number INTEGER, ${columns.map((name) => `"${name}" VARCHAR`).join(', ')})`,
  );
  const appender = await connection.createAppender('raw_rows');
  for (const [number, { texts, line, unfit }] of rows.entries()) {
    appender.appendInteger(number);
    for (const name of columns) {
      const text = name === UNPARSED_COLUMN ? (unfit ? line : null) : name === 'line' ? line : (texts[name] ?? null);
      if (text === null) appender.appendNull();
      else appender.appendVarchar(text);
    }
    appender.endRow();
  }
  appender.closeSync();
  const relation = `(SELECT *, '${FILE_DAY}' AS file_day, '${LOG_OBJECT}' AS "$path" FROM raw_rows)`;
  const mapped = downloadKindsSql(`(${mappingSql(format, relation, ['number'])})`);
  const read = REQUEST_COLUMNS.filter(({ name }) => MAPPED_COLUMNS.includes(name) || name === 'download').map(
    ({ name, type }) => (type === 'bigint' ? `CAST(${name} AS VARCHAR) AS ${name}` : name),
  );
  const result = await connection.runAndReadAll(
    `SELECT ${read.join(', ')}, reason, line FROM (${mapped}) ORDER BY kept_0`,
  );
  connection.closeSync();
  return result.getRowObjectsJS().map(({ reason, line, time, ...columns }) => {
    if (line !== null) return { reason, line };
    return { time: time === null ? null : (time as Date).getTime(), ...columns };
  });
}

/** The mapped rows by the parser, a few hundred at a time. */
function byParser(format: Format, rows: readonly RawRow[]): Record<string, unknown>[] {
  const mapping = compileMapping(format);
  const batchOf = rawBatches(format);
  const result: Record<string, unknown>[] = [];
  for (let at = 0; at < rows.length; at += 300) {
    const { batch, chunk } = batchOf(rows.slice(at, at + 300));
    const mapped = mapping.map(batch, chunk, { log_object: LOG_OBJECT, file_day: FILE_DAY });
    for (let row = 0; row < batch.rows; row++) result.push(mappedRow(mapped, row));
  }
  return result;
}

describe.each(FORMATS)('$id', (format) => {
  test('maps lines and hostile values as the SQL does', async () => {
    const rows = await fixtureRows(format);
    const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9));
    const all = [
      ...rows,
      ...mutatedRows(
        rows.filter(({ unfit }) => !unfit),
        rawColumns(format),
        3_000,
        seed,
      ),
    ];
    const [expected, found] = [await byDuckdb(format, all), byParser(format, all)];
    const differences = all.flatMap(({ texts }, index) => {
      const [wanted = {}, got = {}] = [expected[index], found[index]];
      const names = [...new Set([...Object.keys(wanted), ...Object.keys(got)])].filter(
        (name) => wanted[name] !== got[name],
      );
      return names.map((name) => ({ seed, name, sql: wanted[name], parser: got[name], texts: withoutNulls(texts) }));
    });
    expect(differences.slice(0, 5)).toEqual([]);
    expect(rows.length).toBeGreaterThan(0);
  });
});

function withoutNulls(texts: Record<string, string | null>): Record<string, string | null> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== null));
}
