import { zstdCompressSync } from 'node:zlib';
import type { RecordBatch } from 'apache-arrow';
import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { Column, ColumnType } from '../columns.ts';

const ROW_GROUP_ROWS = 100_000;

const ELEMENTS: Record<ColumnType, Omit<SchemaElement, 'name'>> = {
  varchar: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  boolean: { type: 'BOOLEAN' },
  integer: { type: 'INT32' },
  bigint: { type: 'INT64' },
  double: { type: 'DOUBLE' },
  // Local semantics: engines read a timestamp without a zone, which the project keeps in UTC.
  timestamp: { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MILLIS' } },
  date: { type: 'INT32', converted_type: 'DATE' },
};

/** Rows as the bytes of a Parquet file, row group by row group, so that memory holds no more than one. */
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
    compressors: { ZSTD: (input) => zstdCompressSync(input) },
    createdBy: 'logtally',
  });
  let group: unknown[][] = columns.map(() => []);
  for await (const batch of batches) {
    columns.forEach((column, index) => {
      appendValues(group[index] ?? [], batch, index, column.type);
    });
    if ((group[0]?.length ?? 0) < ROW_GROUP_ROWS) continue;
    writeGroup(writer, columns, group);
    group = columns.map(() => []);
    yield taken(bytes);
  }
  if ((group[0]?.length ?? 0) > 0) writeGroup(writer, columns, group);
  await writer.finish();
  yield taken(bytes);
}

function writeGroup(writer: ParquetWriter, columns: readonly Column[], group: unknown[][]): void {
  writer.write({
    rowGroupSize: Number.MAX_SAFE_INTEGER,
    columnData: columns.map(({ name, type }, index) => ({
      name,
      data: group[index] ?? [],
      // The writer compares text by UTF-16 unit, which is wrong beyond U+FFFF and would hide rows from filters; and a
      // NaN makes bounds that readers disagree on.
      statistics: type !== 'varchar' && type !== 'double',
    })),
  });
}

/** A batch's column as the writer takes it: times as Dates, everything else as Arrow has it. */
function appendValues(values: unknown[], batch: RecordBatch, index: number, type: ColumnType): void {
  const vector = batch.getChildAt(index);
  for (let row = 0; row < batch.numRows; row++) {
    const value = vector?.get(row) ?? null;
    const isTime = type === 'timestamp' || type === 'date';
    values.push(isTime && value !== null ? new Date(Number(value)) : value);
  }
}

/** What was written since the last call. */
function taken(bytes: ByteWriter): Uint8Array {
  const chunk = bytes.getBytes().slice();
  bytes.index = 0;
  return chunk;
}
