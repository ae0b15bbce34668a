import type { RecordBatch } from 'apache-arrow';
import type { Column } from '../../lib/model/columns.ts';
import { recordBatch } from '../../lib/tables/schema.ts';

/** One column per type. */
export const columns: Column[] = [
  { name: 'text', type: 'varchar', title: 'Text' },
  { name: 'flag', type: 'boolean', title: 'Flag' },
  { name: 'small', type: 'integer', title: 'Small' },
  { name: 'large', type: 'bigint', title: 'Large', unit: 'bytes' },
  { name: 'ratio', type: 'double', title: 'Ratio', unit: 'percent', approximate: true },
  { name: 'time', type: 'timestamp', title: 'Time' },
  { name: 'day', type: 'date', title: 'Day' },
];

/** Rows of values that writers are known to get wrong. */
export const rows: unknown[][] = [
  ['plain', true, 1, 1n, 1.5, '2026-10-01T12:34:56.789Z', '2026-10-01'],
  ['', false, -(2 ** 31), -(2n ** 63n), -0.1, '1969-12-31T23:59:59.999Z', '1969-12-31'],
  [null, null, null, null, null, null, null],
  ['😀', true, 2 ** 31 - 1, 2n ** 63n - 1n, Number.NaN, '9999-12-31T23:59:59.999Z', '9999-12-31'],
  ['\uff5e', false, 0, 2n ** 53n + 1n, Number.POSITIVE_INFINITY, '2024-02-29T00:00:00.000Z', '2024-02-29'],
  ['a,b "c"\r\nd', true, 7, 0n, Number.NEGATIVE_INFINITY, '1000-01-01T00:00:00.000Z', '1000-01-01'],
  ['=1+1', false, -7, -1n, 5e-324, '2026-10-01T00:00:00.000Z', '1970-01-01'],
  [
    '漢字 e\u0301 \u0000\u0007',
    true,
    42,
    9_007_199_254_740_993n,
    1.7976931348623157e308,
    '1970-01-01T00:00:00.000Z',
    '2000-01-01',
  ],
].map((row) =>
  row.map((value, index) => (columns[index]?.type === 'timestamp' && value ? new Date(String(value)) : value)),
);

/** Rows as batches of `size` rows; the last one may be smaller. */
export async function* batchesOf(
  ofColumns: readonly Column[],
  ofRows: readonly (readonly unknown[])[],
  size = 2048,
): AsyncGenerator<RecordBatch> {
  for (let start = 0; start < ofRows.length; start += size) {
    const batchRows = ofRows.slice(start, start + size);
    yield recordBatch(
      ofColumns,
      ofColumns.map((_, index) => batchRows.map((row) => row[index])),
    );
  }
}

/** All bytes of a file. */
export async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}
