import { zstdCompressSync } from 'node:zlib';
import type { RecordBatch } from 'apache-arrow';
import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { Column, ColumnType } from '../model/columns.ts';
import { rowGroups } from './row-groups.ts';

const ELEMENTS: Record<ColumnType, Omit<SchemaElement, 'name'>> = {
  varchar: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  boolean: { type: 'BOOLEAN' },
  integer: { type: 'INT32' },
  bigint: { type: 'INT64' },
  double: { type: 'DOUBLE' },
  // Parquet calls a timestamp without a time zone "not adjusted to UTC". The values are UTC all the same.
  timestamp: { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MILLIS' } },
  date: { type: 'INT32', converted_type: 'DATE' },
};

/** Types whose minimum and maximum let readers skip row groups: docs/decisions/parquet-writer.md. */
const WITH_STATISTICS: ReadonlySet<ColumnType> = new Set(['boolean', 'integer', 'bigint', 'timestamp', 'date']);
/** Types that a dictionary makes smaller. The others are encoded much faster without one. */
const WITH_DICTIONARY: ReadonlySet<ColumnType> = new Set(['varchar', 'integer', 'date']);

/**
 * Rows as the bytes of a Parquet file (zstd), with one row group in memory at a time. The same rows give the same bytes,
 * however they are divided into batches. Without rows the file still has its columns.
 */
export async function* parquetChunks(
  columns: readonly Column[],
  batches: AsyncIterable<RecordBatch>,
): AsyncGenerator<Uint8Array> {
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [
      { name: 'root', num_children: columns.length },
      ...columns.map(({ name, type }) => ({ name, repetition_type: 'OPTIONAL' as const, ...ELEMENTS[type] })),
    ],
    codec: 'ZSTD',
    compressors: { ZSTD: (page) => zstdCompressSync(page) },
    createdBy: 'logtally',
  });
  for await (const group of rowGroups(columns, batches)) {
    await writer.write({
      rowGroupSize: group[0]?.length ?? 0,
      columnData: columns.map(({ name, type }, index) => ({
        name,
        data: group[index] ?? [],
        statistics: WITH_STATISTICS.has(type),
        ...(WITH_DICTIONARY.has(type) ? {} : { encoding: 'PLAIN' as const }),
      })),
    });
    yield drain(bytes);
  }
  await writer.finish();
  yield drain(bytes);
}

/** The bytes written since the last call. The writer keeps its own count of the position in the file. */
function drain(bytes: ByteWriter): Uint8Array {
  const chunk = bytes.getBytes().slice();
  bytes.index = 0;
  return chunk;
}
