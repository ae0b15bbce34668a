import { zstdDecompressSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { parquetReadObjects } from 'hyparquet';
import { parquetFooter, parquetHeader } from '../../../lib/lake/parquet/file.ts';
import type { LakeColumn } from '../../../lib/lake/parquet/lake-column.ts';
import { encodeColumn, encodeRowGroup, placedChunks } from '../../../lib/lake/parquet/row-group.ts';
import { Texts } from '../../../lib/parser/texts.ts';
import { lakeColumn, type Table } from './table-file.ts';

const read = (file: Buffer) =>
  parquetReadObjects({
    file: new Uint8Array(file).buffer,
    compressors: { ZSTD: (page) => zstdDecompressSync(page) },
  });

describe('a row group', () => {
  test.each([
    ['repeated', 40],
    ['different', 4000],
  ])('has the same bytes whatever the ids of its %s texts', (_, different) => {
    const rows = Array.from({ length: 4000 }, (_, row) => [row % 9 === 0 ? null : `/${(row * 7) % different}`]);
    const table: Table = { columns: [{ name: 'path', type: 'varchar' }], rows };
    const others = rows.map(([path]) => path ?? '/unused').reverse();
    const [one, other] = [[], others].map((known) => encodeRowGroup([lakeColumn(table, 0, known)], rows.length));
    expect(other).toEqual(one);
  });

  test('has the same bytes after other columns were encoded', () => {
    const column: LakeColumn = { name: 'status', type: 'integer', values: Float64Array.of(200, Number.NaN, 404, 200) };
    const first = encodeColumn(column, 4);
    encodeColumn({ name: 'path', type: 'varchar', constant: 'x'.repeat(5000) }, 9000);
    encodeColumn(
      { name: 'bytes_sent', type: 'bigint', values: Float64Array.from({ length: 9000 }, (_, row) => row) },
      9000,
    );
    expect(encodeColumn(column, 4)).toEqual(first);
  });

  test('takes values that are all the same from one', async () => {
    const columns: LakeColumn[] = [
      { name: 'time', type: 'timestamp', constant: Date.UTC(2026, 9, 5) },
      { name: 'query', type: 'varchar', constant: null },
      { name: 'log_object', type: 'varchar', constant: 'logs/é.log' },
      { name: 'server_ms', type: 'double', constant: null },
      { name: 'status', type: 'integer', constant: 200 },
      { name: 'copies', type: 'bigint', constant: 1 },
    ];
    const { bytes, chunks, rows } = encodeRowGroup(columns, 300_000);
    const file = Buffer.concat([
      parquetHeader(),
      bytes,
      parquetFooter(columns, [{ rows, chunks: placedChunks(chunks, 4) }]),
    ]);
    const found = await read(file);
    expect(found).toHaveLength(300_000);
    const row = {
      ...{ time: new Date('2026-10-05T00:00:00Z'), query: null, log_object: 'logs/é.log' },
      ...{ server_ms: null, status: 200, copies: 1n },
    };
    for (const at of [0, 1, 262_143, 262_144, 299_999]) expect(found[at]).toEqual(row);
    expect(bytes.length).toBeLessThan(600);
    expect(chunks.map(({ nulls }) => nulls)).toEqual([0, 300_000, 0, 300_000, 0, 0]);
  });

  test('survives its way from another thread', () => {
    const group = encodeRowGroup([{ name: 'copies', type: 'bigint', constant: 1 }], 10);
    const sent = structuredClone(group, { transfer: [group.bytes.buffer] });
    expect(group.bytes).toHaveLength(0);
    expect(sent).toEqual(encodeRowGroup([{ name: 'copies', type: 'bigint', constant: 1 }], 10));
  });

  test.each([
    ['integer', 2 ** 31],
    ['integer', 0.5],
    ['bigint', 2 ** 63],
    ['bigint', 0.5],
    ['timestamp', 1e16],
    ['timestamp', 0.5],
  ] as const)('has no %s %p', (type, value) => {
    const column: LakeColumn = { name: 'value', type, values: Float64Array.of(1, value) };
    expect(() => encodeColumn(column, 2)).toThrow(`${value} is no ${type}`);
  });

  test('has no bigint of more than 64 bits', () => {
    const exact = new Map([[1, 2n ** 63n]]);
    const column: LakeColumn = { name: 'value', type: 'bigint', values: Float64Array.of(1, 2 ** 63), exact };
    expect(() => encodeColumn(column, 2)).toThrow('9223372036854775808 is no bigint');
  });
});

describe('a column at the end of a file', () => {
  const columns = [
    { name: 'path', type: 'varchar' },
    { name: 'download', type: 'varchar' },
    { name: 'copies', type: 'bigint' },
  ] as const;
  const texts = new Texts();
  const downloads = (...values: (string | null)[]): LakeColumn => ({
    ...{ name: 'download', type: 'varchar', texts },
    ids: Int32Array.from(values, (value) => texts.internText(value)),
  });
  const group = encodeRowGroup(
    [
      { name: 'path', type: 'varchar', constant: '/a' },
      { name: 'copies', type: 'bigint', constant: 1 },
    ],
    3,
  );

  /** The bytes before the column, and a whole file. */
  function fileOf(...groups: LakeColumn[]) {
    const position = 4 + group.bytes.length;
    const before = [parquetHeader(), ...groups.map(() => group.bytes)];
    let end = 4 + group.bytes.length * groups.length;
    const encoded = groups.map((column) => encodeColumn(column, 3));
    const placed = encoded.map(({ bytes, chunk }, index) => {
      const [download] = placedChunks([chunk], end);
      end += bytes.length;
      const start = 4 + (position - 4) * index;
      return { rows: 3, chunks: [...placedChunks(group.chunks, start), ...(download ? [download] : [])] };
    });
    return Buffer.concat([...before, ...encoded.map(({ bytes }) => bytes), parquetFooter(columns, placed)]);
  }

  test('is replaced, and the rest of the file stays as it is', async () => {
    const before = fileOf(downloads('part', null, 'part'), downloads('whole', 'part', 'part'));
    const after = fileOf(downloads('part', null, 'parts'), downloads('whole', 'part', 'incomplete'));
    const kept = 4 + group.bytes.length * 2;
    expect(after.subarray(0, kept)).toEqual(before.subarray(0, kept));
    expect((await read(after)).map(({ path, download, copies }) => [path, download, copies])).toEqual([
      ['/a', 'part', 1n],
      ['/a', null, 1n],
      ['/a', 'parts', 1n],
      ['/a', 'whole', 1n],
      ['/a', 'part', 1n],
      ['/a', 'incomplete', 1n],
    ]);
  });

  test('must not be missing', () => {
    expect(() => parquetFooter(columns, [{ rows: 3, chunks: group.chunks }])).toThrow(
      'a row group lacks the column download varchar',
    );
  });
});
