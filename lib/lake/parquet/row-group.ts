import { ByteWriter } from 'hyparquet-writer';
import { type ColumnChunk, type EncodedColumn, writeColumnChunk } from './column-chunk.ts';
import type { LakeColumn } from './lake-column.ts';

/** The bytes of a row group, in a buffer of its own that a thread can hand over, and what the footer records of them. */
export interface EncodedRowGroup {
  rows: number;
  bytes: Uint8Array<ArrayBuffer>;
  /** The columns in their order, with places that count from the start of `bytes`. */
  chunks: readonly ColumnChunk[];
}

/**
 * Encodes rows as a row group: a page of different texts and numbers where they are repeated, zstd, and the range of
 * numbers and times. The same rows give the same bytes. Throws a RangeError if a number does not fit its type.
 */
export function encodeRowGroup(columns: readonly LakeColumn[], rows: number): EncodedRowGroup {
  const writer = new ByteWriter(1 << 16);
  const chunks = columns.map((column) => writeColumnChunk(writer, column, rows));
  return { rows, bytes: writer.getBytes().slice(), chunks };
}

/** Encodes one column of a row group alone, so that its place in the file may be elsewhere. */
export function encodeColumn(column: LakeColumn, rows: number): EncodedColumn {
  const { bytes, chunks } = encodeRowGroup([column], rows);
  return { bytes, chunk: chunks[0] as ColumnChunk };
}

/** The chunks with places that count from the start of the file in which their bytes begin at `position`. */
export function placedChunks(chunks: readonly ColumnChunk[], position: number): ColumnChunk[] {
  return chunks.map((chunk) => ({
    ...chunk,
    data_offset: chunk.data_offset + position,
    ...(chunk.dictionary_offset !== undefined && { dictionary_offset: chunk.dictionary_offset + position }),
  }));
}
