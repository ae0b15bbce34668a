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
  // Not adjusted to UTC is Parquet's name for a timestamp without a zone, as SQL has it; it holds UTC all the same.
  timestamp: { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MILLIS' } },
  date: { type: 'INT32', converted_type: 'DATE' },
};

/** Types whose least and greatest value let a reader skip row groups: docs/decisions/parquet-writer.md. */
const WITH_STATISTICS: ReadonlySet<ColumnType> = new Set(['boolean', 'integer', 'bigint', 'timestamp', 'date']);
/** Types that a dictionary makes smaller; the others are encoded in a fraction of the time without. */
const WITH_DICTIONARY: ReadonlySet<ColumnType> = new Set(['varchar', 'integer', 'date']);

/**
 * Rows as the bytes of a Parquet file (zstd), one row group in memory. The same rows give the same bytes, whatever
 * batches they come in. Without rows the file still has its columns.
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
    yield taken(bytes);
  }
  await writer.finish();
  yield taken(bytes);
}

/** What was written since the last call; the writer goes on counting its place in the file. */
function taken(bytes: ByteWriter): Uint8Array {
  const chunk = bytes.getBytes().slice();
  bytes.index = 0;
  return chunk;
}
