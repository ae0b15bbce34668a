import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { zstdDecompressSync } from 'node:zlib';
import { type DuckDBConnection, DuckDBInstance, type DuckDBTimestampValue } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parquetReadObjects } from 'hyparquet';
import { Random } from '../../oracle/random.ts';
import { parquetFile, type Table, type Value } from './table-file.ts';

let folder: string;
let connection: DuckDBConnection;
let files = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'logtally-parquet-'));
  connection = await (await DuckDBInstance.create()).connect();
});

afterAll(() => {
  connection.closeSync();
  rmSync(folder, { recursive: true });
});

const COLUMNS = [
  { name: 'time', type: 'timestamp' },
  { name: 'path', type: 'varchar' },
  { name: 'status', type: 'integer' },
  { name: 'bytes_sent', type: 'bigint' },
  { name: 'duration_ms', type: 'double' },
  { name: 'download', type: 'varchar' },
] as const;

/** What a query over the file returns. */
async function query(file: Uint8Array, sql: string) {
  // DuckDB keeps what it read of a file, and may not notice that another one is in its place.
  const path = join(folder, `${++files}.parquet`);
  writeFileSync(path, file);
  return (await connection.runAndReadAll(sql.replaceAll(/\bfile\b/g, `'${path}'`))).getRows();
}

async function readByDuckdb(file: Uint8Array): Promise<Value[][]> {
  const rows = await query(file, `SELECT ${COLUMNS.map(({ name }) => name).join(', ')} FROM file`);
  return rows.map(([time, ...others]) => [micros(time as DuckDBTimestampValue | null), ...(others as Value[])]);
}

function micros(time: DuckDBTimestampValue | null): bigint | null {
  return time?.micros ?? null;
}

async function readByHyparquet(file: Uint8Array, columns?: string[]): Promise<Value[][]> {
  const rows = await parquetReadObjects({
    file: new Uint8Array(file).buffer,
    ...(columns && { columns }),
    compressors: { ZSTD: (page) => zstdDecompressSync(page) },
    // As bigints, because a Date ends in the year 275760 but Parquet's times do not.
    parsers: { timestampFromMicroseconds: (time: bigint) => time } as never,
  });
  return rows.map((row) => COLUMNS.map(({ name }) => row[name]));
}

/** Values as readers return them. */
function stored({ rows }: Table): Value[][] {
  return rows.map((row) =>
    row.map((value, index) => {
      if (value === null) return null;
      if (value instanceof Uint8Array) return new TextDecoder('utf-8', { ignoreBOM: true }).decode(value);
      if (index === 0) return BigInt(value) * 1000n;
      return index === 3 ? BigInt(value) : value;
    }),
  );
}

async function expectSame(...tables: Table[]) {
  for (const last of [[], ['download']]) {
    const file = parquetFile(tables, last);
    const expected = tables.flatMap(stored);
    expectRows(await readByDuckdb(file), expected);
    expectRows(await readByHyparquet(file), expected);
  }
}

/** As `toEqual`, which takes a minute for many rows. */
function expectRows(read: Value[][], expected: Value[][]) {
  expect(read.length).toBe(expected.length);
  const row = read.findIndex((values, index) => !isDeepStrictEqual(values, expected[index]));
  expect(read[row]).toEqual(expected[row]);
}

const table = (...rows: Value[][]): Table => tableOf(rows);
const tableOf = (rows: Value[][]): Table => ({ columns: COLUMNS, rows });
const NULLS: Value[] = COLUMNS.map(() => null);
const noon = Date.UTC(2026, 9, 5, 12);

describe('a file of row groups', () => {
  test('returns every type', () =>
    expectSame(
      table(
        [noon, '/a', 200, 10, 0.5, 'whole'],
        NULLS,
        [noon + 1, '', -1, -10, -0.25, null],
        [noon + 86_400_000, '/a', 200, 10, 0.5, 'part'],
      ),
    ));

  test('returns the least and the greatest numbers', () =>
    expectSame(
      table(
        [0, null, 2 ** 31 - 1, 2n ** 63n - 1n, Number.MAX_VALUE, null],
        [-1, null, -(2 ** 31), -(2n ** 63n), -Number.MAX_VALUE, null],
        [Date.UTC(9999, 11, 31, 23, 59, 59, 999), null, 0, 2n ** 53n + 1n, Number.MIN_VALUE, null],
        [-62_135_596_800_000, null, 0, -(2n ** 53n) - 1n, Number.POSITIVE_INFINITY, null],
        [Date.UTC(2300, 0, 1), null, null, null, -0, null],
        [Date.UTC(1600, 0, 1, 0, 0, 0, 1), null, 0, 0, Number.NEGATIVE_INFINITY, null],
      ),
    ));

  test('returns integers that numbers hold exactly, without bigints beside them', () =>
    expectSame(
      table(
        ...[0, 1, -1, 2 ** 31, -(2 ** 31), 2 ** 32, -(2 ** 32), 2 ** 32 + 1, 2 ** 53 - 1, 1 - 2 ** 53].map((sent) => [
          null,
          null,
          null,
          sent,
          sent,
          null,
        ]),
      ),
    ));

  test('returns no rows, one row, and rows that are all NULL', async () => {
    expect(await readByDuckdb(parquetFile([table()]))).toEqual([]);
    await expectSame(table(), table(NULLS), table([noon, '/', 200, 1, 1, 'whole']), table(...Array(100).fill(NULLS)));
  });

  test('returns long texts, other scripts, NULs and texts that look like markup', () =>
    expectSame(
      table(
        ...[
          'x'.repeat(3_000_000),
          'é'.repeat(21),
          '日本語',
          '😀',
          '\u0000',
          '/\ufeffa',
          "'; DROP TABLE requests; --",
          'é',
          '',
        ].map((path) => [noon, path, 200, 1, 1, path.slice(0, 100)]),
      ),
    ));

  test.each([1, 30])('writes bytes that are not UTF-8 as U+FFFD, in a dictionary and without one (%i times)', (times) =>
    expectSame(
      table(
        ...Array.from({ length: times }, () =>
          [[0xff], [0x61, 0xc3], [0xa9, 0x62], [0xed, 0xa0, 0x80], Array(50).fill(0xc3), [0xc3, 0xa9]].map(
            (bytes): Value[] => [noon, Uint8Array.from(bytes), null, null, null, Uint8Array.from(bytes)],
          ),
        ).flat(),
      ),
    ),
  );

  test('returns more rows than a page has, in several row groups', async () => {
    const rows = Array.from({ length: 270_000 }, (_, row): Value[] => [
      noon + row * 1009,
      row % 3 === 0 ? null : `/files/${row}`,
      row % 7 === 0 ? null : 200 + (row % 400),
      row * row,
      row % 5 === 0 ? null : row / 8,
      row < 265_000 ? 'whole' : null,
    ]);
    const file = parquetFile([tableOf(rows), tableOf(rows.slice(0, 1000))]);
    const different = `SELECT count(*), count(*) FILTER (
        epoch_ms(time) IS DISTINCT FROM ${noon} + row * 1009
        OR path IS DISTINCT FROM CASE WHEN row % 3 > 0 THEN '/files/' || row END
        OR status IS DISTINCT FROM CASE WHEN row % 7 > 0 THEN 200 + row % 400 END
        OR bytes_sent IS DISTINCT FROM row * row
        OR duration_ms IS DISTINCT FROM CASE WHEN row % 5 > 0 THEN row / 8 END
        OR download IS DISTINCT FROM CASE WHEN row < 265000 THEN 'whole' END)
      FROM (SELECT *, file_row_number % 270000 AS row FROM read_parquet(file, file_row_number = true))`;
    expect(await query(file, different)).toEqual([[271_000n, 0n]]);
    const read = await readByHyparquet(file, ['path', 'download']);
    expectRows(
      read.map(([, path, , , , download]) => [path as Value, download as Value]),
      [...rows, ...rows.slice(0, 1000)].map(([, path, , , , download]) => [path as Value, download as Value]),
    );
  });

  test('returns random tables', async () => {
    const seed = Number(process.env.SEED ?? Date.now() % 1e9);
    const random = new Random(seed);
    for (let times = 0; times < 25; times++) {
      const tables = Array.from({ length: 1 + random.below(3) }, () => randomTable(random));
      try {
        await expectSame(...tables);
      } catch (error) {
        throw new Error(`SEED=${seed} makes the same table, of ${times + 1}: ${error}`);
      }
    }
  });
});

/** Runs, repeated and new values, and NULLs, in any proportion. */
function randomTable(random: Random): Table {
  const rows = random.pick([1, 7, 8, 9, 63, 64, 65, 1000, 5000]);
  const columns = COLUMNS.map(({ type }) => {
    const different = random.pick([1, 2, 3, 17, 256, 257, 4096]);
    const nulls = random.pick([0, 0, 1, 50, 99, 100]);
    const most_run = random.pick([1, 2, 12, 40, 600]);
    const values: Value[] = [];
    while (values.length < rows) {
      const value = random.below(100) < nulls ? null : randomValue(random, type, random.below(different));
      for (let run = 1 + random.below(most_run); run > 0 && values.length < rows; run--) values.push(value);
    }
    return values;
  });
  return table(...Array.from({ length: rows }, (_, row) => columns.map((values) => values[row] as Value)));
}

function randomValue(random: Random, type: (typeof COLUMNS)[number]['type'], value: number): Value {
  switch (type) {
    case 'varchar':
      return random.below(500) === 0
        ? Uint8Array.from([0x61, 0x80 + random.below(128)])
        : `${'/é'.repeat(value % 30)}${value}`;
    case 'integer':
      return value - 100;
    case 'bigint':
      return random.below(5000) === 0 ? 2n ** 60n + BigInt(value) : value * 1_000_003;
    case 'double':
      return (value - 100) / 3;
    case 'timestamp':
      return noon + value * random.pick([0, 1, 1000]);
  }
}

describe('a reader', () => {
  test('sees the types that DuckDB writes', async () => {
    const types = COLUMNS.map(({ name, type }) => `CAST(NULL AS ${type}) AS ${name}`);
    await connection.run(`COPY (SELECT ${types.join(', ')}) TO '${join(folder, 'duckdb.parquet')}' (FORMAT parquet)`);
    const schema = (path: string) =>
      connection
        .runAndReadAll(
          `SELECT name, type, repetition_type, converted_type, logical_type, duckdb_type FROM parquet_schema('${path}') WHERE type IS NOT NULL`,
        )
        .then((reader) => reader.getRowsJS());
    writeFileSync(join(folder, 'ours.parquet'), parquetFile([table(NULLS)]));
    expect(await schema(join(folder, 'ours.parquet'))).toEqual(await schema(join(folder, 'duckdb.parquet')));
  });

  test('finds the range of numbers and times, and the number of NULLs, in each row group', async () => {
    const tables = [
      table([noon, '/a', 200, 2n ** 62n, -0.5, null], [noon - 1, null, 404, -5, 7, null], NULLS),
      table(NULLS),
    ];
    const statistics = await query(
      parquetFile(tables),
      `SELECT path_in_schema, stats_min_value, stats_max_value, stats_null_count, min_is_exact FROM parquet_metadata(file) ORDER BY row_group_id, column_id`,
    );
    expect(statistics).toEqual([
      ['time', '2026-10-05 11:59:59.999', '2026-10-05 12:00:00', 1n, true],
      ['path', null, null, 2n, null],
      ['status', '200', '404', 1n, true],
      ['bytes_sent', '-5', '4611686018427387904', 1n, true],
      ['duration_ms', '-0.5', '7.0', 1n, true],
      ['download', null, null, 3n, null],
      ...COLUMNS.map(({ name }) => [name, null, null, 1n, null]),
    ]);
  });

  test('skips row groups by their times', async () => {
    const hours = Array.from({ length: 24 }, (_, hour) =>
      table(
        ...Array.from({ length: 50 }, (_, second): Value[] => [
          noon + hour * 3_600_000 + second,
          '/a',
          200,
          1,
          1,
          null,
        ]),
      ),
    );
    const [[, plan] = []] = await query(
      parquetFile(hours),
      `EXPLAIN ANALYZE SELECT path FROM file WHERE time >= TIMESTAMP '2026-10-05 14:00:00' AND time < TIMESTAMP '2026-10-05 15:00:00'`,
    );
    expect(/TABLE_SCAN.*?([\d,]+) rows/s.exec(String(plan))?.[1]).toBe('50');
  });
});
