import type { FileMetaData, SchemaElement } from 'hyparquet';
import { ByteWriter } from 'hyparquet-writer';
import { writeMetadata } from 'hyparquet-writer/src/metadata.js';
import type { ColumnType } from '../../model/columns.ts';
import type { ColumnChunk } from './column-chunk.ts';
import type { LakeType } from './lake-column.ts';

/** A row group in a file: its columns with places that count from the start of the file. */
export interface PlacedRowGroup {
  rows: number;
  chunks: readonly ColumnChunk[];
}

type Row = FileMetaData['row_groups'][number];
type Element = Omit<SchemaElement, 'name' | 'repetition_type'> & { type: NonNullable<SchemaElement['type']> };

/** The types that DuckDB writes, too. A timestamp without a time zone is "not adjusted to UTC"; the values are UTC. */
const ELEMENTS: Readonly<Record<LakeType, Element>> = {
  varchar: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  integer: { type: 'INT32', converted_type: 'INT_32' },
  bigint: { type: 'INT64', converted_type: 'INT_64' },
  double: { type: 'DOUBLE' },
  timestamp: {
    type: 'INT64',
    converted_type: 'TIMESTAMP_MICROS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MICROS' },
  },
};

const MAGIC = Uint8Array.from('PAR1', (letter) => letter.charCodeAt(0));

/** A Parquet file begins with these bytes. */
export function parquetHeader(): Uint8Array {
  return MAGIC.slice();
}

/**
 * A Parquet file ends with its footer: types and order of the columns, and where each is in each row group. A file without
 * a row group has no rows. Throws an Error if a row group lacks a column or has it with another type.
 */
export function parquetFooter(
  columns: readonly { name: string; type: ColumnType }[],
  groups: readonly PlacedRowGroup[],
): Uint8Array {
  const writer = new ByteWriter();
  writeMetadata(writer, {
    version: 1,
    created_by: 'logtally',
    schema: [
      { name: 'lake', num_children: columns.length },
      ...columns.map(({ name, type }) => ({
        name,
        repetition_type: 'OPTIONAL' as const,
        ...ELEMENTS[type as LakeType],
      })),
    ],
    num_rows: BigInt(groups.reduce((total, { rows }) => total + rows, 0)),
    row_groups: groups.map((group) => rowGroup(columns, group)),
    metadata_length: 0,
  });
  writer.appendBytes(MAGIC);
  return writer.getBytes();
}

function rowGroup(columns: readonly { name: string; type: ColumnType }[], { rows, chunks }: PlacedRowGroup): Row {
  const byName = new Map(chunks.map((chunk) => [chunk.name, chunk]));
  const ordered = columns.map(({ name, type }) => {
    const chunk = byName.get(name);
    if (chunk?.type !== type || chunk.rows !== rows) throw new Error(`a row group lacks the column ${name} ${type}`);
    return chunk;
  });
  const total = ordered.reduce((bytes, { uncompressed_size_bytes }) => bytes + uncompressed_size_bytes, 0);
  return { num_rows: BigInt(rows), total_byte_size: BigInt(total), columns: ordered.map(columnMetadata) };
}

/** `ColumnChunk` of parquet.thrift. */
function columnMetadata(chunk: ColumnChunk): Row['columns'][number] {
  const { range } = chunk;
  return {
    file_offset: 0n,
    meta_data: {
      type: ELEMENTS[chunk.type].type,
      encodings: ['RLE', ...chunk.encodings],
      path_in_schema: [chunk.name],
      codec: chunk.codec,
      num_values: BigInt(chunk.rows),
      total_uncompressed_size: BigInt(chunk.uncompressed_size_bytes),
      total_compressed_size: BigInt(chunk.size_bytes),
      data_page_offset: BigInt(chunk.data_offset),
      ...(chunk.dictionary_offset !== undefined && { dictionary_page_offset: BigInt(chunk.dictionary_offset) }),
      statistics: {
        null_count: BigInt(chunk.nulls),
        ...(range && {
          min_value: range.min,
          max_value: range.max,
          is_min_value_exact: true,
          is_max_value_exact: true,
        }),
      },
    },
  };
}
