import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RecordBatch } from 'apache-arrow';
import { parquetReadObjects } from 'hyparquet';
import type { Column } from '../../lib/model/columns.ts';
import { parquetChunks } from '../../lib/tables/parquet.ts';
import { recordBatch } from '../../lib/tables/schema.ts';
import { batchesOf, bytesOf, columns, rows } from './every-type.ts';

let folder: string;
let connection: DuckDBConnection;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'logtally-parquet-'));
  connection = await (await DuckDBInstance.create()).connect();
});

afterAll(async () => {
  connection.closeSync();
  await rm(folder, { recursive: true });
});

/** Writes a file, and runs a query over it (`file`) with DuckDB. */
async function query(sql: string, ofColumns: readonly Column[], batches: AsyncIterable<RecordBatch>) {
  const path = join(folder, 'table.parquet');
  await writeFile(path, parquetChunks(ofColumns, batches));
  const result = await connection.runAndReadAll(sql.replaceAll('file', `'${path}'`));
  return result.getRowsJS();
}

describe('a Parquet file', () => {
  test('has exact values when DuckDB reads it', async () => {
    const sql = `SELECT text, flag, small, large, ratio, strftime(time, '%Y-%m-%dT%H:%M:%S.%gZ'), CAST(day AS VARCHAR) FROM file`;
    const expected = rows.map((row) => row.map((value) => (value instanceof Date ? value.toISOString() : value)));
    expect(await query(sql, columns, batchesOf(columns, rows))).toEqual(expected);
  });

  test('has exact values when hyparquet reads it', async () => {
    const bytes = await bytesOf(parquetChunks(columns, batchesOf(columns, rows)));
    const read = await parquetReadObjects({
      file: new Uint8Array(bytes).buffer,
      compressors: { ZSTD: (page) => zstdDecompressSync(page) },
    });
    const expected = rows.map((row) =>
      row.map((value, index) => (index === 6 && value ? new Date(String(value)) : value)),
    );
    expect(read.map((row) => columns.map(({ name }) => row[name]))).toEqual(expected);
  });

  test('has the types of SQL: a timestamp has no time zone', async () => {
    const described = await query(
      'SELECT column_name, column_type FROM (DESCRIBE FROM file)',
      columns,
      batchesOf(columns, rows),
    );
    expect(described).toEqual([
      ['text', 'VARCHAR'],
      ['flag', 'BOOLEAN'],
      ['small', 'INTEGER'],
      ['large', 'BIGINT'],
      ['ratio', 'DOUBLE'],
      ['time', 'TIMESTAMP'],
      ['day', 'DATE'],
    ]);
  });

  test('has its columns without rows', async () => {
    expect(await query('SELECT count(*), count(time) FROM file', columns, batchesOf(columns, []))).toEqual([[0n, 0n]]);
    const emptyBatch = recordBatch(
      columns,
      columns.map(() => []),
    );
    expect(await query('SELECT text, large, time, day FROM file', columns, batchesOfOne(emptyBatch))).toEqual([]);
  });

  test('with many rows has several groups, and filters find the rows in each', async () => {
    const texts = ['😀', '\uff5e', 'x'.repeat(100), `${'x'.repeat(100)}😀`, '\u{10ffff}'.repeat(40), 'é', ''];
    const many = Array.from({ length: 300_001 }, (_, row) => [
      texts[row % texts.length],
      row % 2 === 0,
      row - 150_000,
      2n ** 60n + BigInt(row),
      row % 1000 === 0 ? Number.NaN : row / 8,
      row * 1000,
      new Date(row * 86_400_000),
    ]);
    const groups = 'SELECT DISTINCT row_group_id, row_group_num_rows FROM parquet_metadata(file) ORDER BY ALL';
    expect(await query(groups, columns, batchesOf(columns, many))).toEqual([
      ...Array.from({ length: 6 }, (_, group) => [BigInt(group), 50_000n]),
      [6n, 1n],
    ]);
    const count = async (where: string) =>
      (
        await connection.runAndReadAll(`SELECT count(*) FROM '${join(folder, 'table.parquet')}' WHERE ${where}`)
      ).getRowsJS()[0]?.[0];
    for (const [index, text] of texts.entries()) {
      expect(await count(`text = '${text}'`)).toBe(
        BigInt(many.filter((_, row) => row % texts.length === index).length),
      );
    }
    expect(await count(`large = ${2n ** 60n + 299_999n}`)).toBe(1n);
    expect(await count('small = -150000 OR small = 150000')).toBe(2n);
    expect(await count("time = TIMESTAMP '1970-01-02 00:00:00'")).toBe(1n);
    expect(await count("day >= DATE '1970-01-01' + 300000")).toBe(1n);
    // DuckDB sorts NaN above all doubles, so a maximum without it would hide these rows.
    expect(await count("ratio = 'NaN'")).toBe(301n);
    expect(await count('ratio > 1e6')).toBe(301n);
    expect(await count('flag AND ratio < 1')).toBe(3n);
    expect(await count('text IS NULL')).toBe(0n);
  });

  test('holds texts of a megabyte, a few per group', async () => {
    const text: Column[] = [{ name: 'text', type: 'varchar', title: 'Text' }];
    const large = Array.from({ length: 100 }, (_, row) => [`${row} ${'ab😀\n'.repeat(131_072)}`]);
    const chunk_sizes = [];
    for await (const chunk of parquetChunks(text, batchesOf(text, large, 10))) chunk_sizes.push(chunk.length);
    expect(chunk_sizes.length).toBeGreaterThan(3);
    const found = await query(
      "SELECT text FROM file ORDER BY CAST(split_part(text, ' ', 1) AS INTEGER)",
      text,
      batchesOf(text, large, 10),
    );
    expect(found.every(([value], row) => value === large[row]?.[0])).toBe(true);
    expect(found).toHaveLength(100);
  });

  test('has statistics for integers and times, and none for text and doubles', async () => {
    const bounds =
      'SELECT path_in_schema, stats_min_value, stats_max_value, stats_null_count FROM parquet_metadata(file)';
    expect(await query(bounds, columns, batchesOf(columns, rows))).toEqual([
      ['text', null, null, null],
      ['flag', 'false', 'true', 1n],
      ['small', '-2147483648', '2147483647', 1n],
      ['large', '-9223372036854775808', '9223372036854775807', 1n],
      ['ratio', null, null, null],
      ['time', '1000-01-01 00:00:00', '9999-12-31 23:59:59.999', 1n],
      ['day', '1000-01-01', '9999-12-31', 1n],
    ]);
  });

  test('has the same bytes for the same rows, however they are divided into batches', async () => {
    const many = Array.from({ length: 120_000 }, (_, row) => rows[row % rows.length] as unknown[]);
    const file = await bytesOf(parquetChunks(columns, batchesOf(columns, many)));
    for (const size of [997, 120_000]) {
      expect((await bytesOf(parquetChunks(columns, batchesOf(columns, many, size)))).equals(file)).toBe(true);
    }
    const oneByOne = await bytesOf(parquetChunks(columns, batchesOf(columns, rows, 1)));
    expect(oneByOne.equals(await bytesOf(parquetChunks(columns, batchesOf(columns, rows))))).toBe(true);
  });

  test('holds only the rows of a slice of a batch', async () => {
    for await (const batch of batchesOf(columns, rows)) {
      const whole = await bytesOf(parquetChunks(columns, batchesOf(columns, rows.slice(3, 7))));
      const sliced = await bytesOf(parquetChunks(columns, batchesOfOne(batch.slice(3, 7))));
      expect(sliced.equals(whole)).toBe(true);
    }
    expect.assertions(1);
  });

  test('fails if reading its rows fails', async () => {
    async function* broken() {
      yield* batchesOf(columns, rows);
      throw new Error('the query broke');
    }
    await expect(bytesOf(parquetChunks(columns, broken()))).rejects.toThrow('the query broke');
  });
});

async function* batchesOfOne(batch: RecordBatch): AsyncGenerator<RecordBatch> {
  yield batch;
}
