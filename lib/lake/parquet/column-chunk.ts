import { constants, zstdCompressSync } from 'node:zlib';
import type { ByteWriter } from 'hyparquet-writer';
import { serializeTCompactProtocol } from 'hyparquet-writer/src/thrift.js';
import type { LakeColumn, LakeType } from './lake-column.ts';
import { type Range, writeNumberPages, writeSameNumber } from './number-pages.ts';
import { type Encoding, type Page, Pages } from './pages.ts';
import { writeSameText, writeTextPages } from './text-pages.ts';

/** What the footer of a file records of a column in a row group. Plain data, which threads can send each other. */
export interface ColumnChunk {
  name: string;
  type: LakeType;
  rows: number;
  nulls: number;
  /** The range of numbers and times, the latter in microseconds since 1970; missing for texts and where all is NULL. */
  range?: Range;
  encodings: readonly Encoding[];
  codec: 'UNCOMPRESSED' | 'ZSTD';
  /** Where the first data page and the dictionary begin, from the start of the bytes or of the file that hold the chunk. */
  data_offset: number;
  dictionary_offset?: number;
  /** Bytes of all pages with their headers, as they are stored and before compression. */
  size_bytes: number;
  uncompressed_size_bytes: number;
}

/** The bytes of a column in a row group. */
export interface EncodedColumn {
  bytes: Uint8Array<ArrayBuffer>;
  chunk: ColumnChunk;
}

const LEVEL_1 = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
/**
 * Fewer bytes are not compressed: each section of a report reads them again, and to unpack them takes longer than to read
 * them. In days of some thousand rows, these are the columns with few values.
 */
const SMALL_BYTES = 16 * 1024;
const ENCODINGS = { PLAIN: 0, RLE: 3, RLE_DICTIONARY: 8 };
const pages = new Pages();

/** Appends a column of a row group to a writer. Offsets count from the start of the writer. */
export function writeColumnChunk(writer: ByteWriter, column: LakeColumn, rows: number): ColumnChunk {
  pages.start(rows);
  const range = writePages(column);
  const raw_bytes = pages.end;
  const bodies = pages.list.map(({ start, end }) => pages.bytes.subarray(start, end));
  const packed = raw_bytes < SMALL_BYTES ? bodies : bodies.map((body) => zstdCompressSync(body, LEVEL_1));
  const isSmaller = packed.reduce((total, { length }) => total + length, 0) < raw_bytes;
  const start = writer.offset;
  let data_offset: number | undefined;
  let dictionary_offset: number | undefined;
  let header_bytes = 0;
  for (const [index, page] of pages.list.entries()) {
    if (page.isDictionary) dictionary_offset = writer.offset;
    else data_offset ??= writer.offset;
    const body = (isSmaller ? packed : bodies)[index] as Uint8Array;
    const before = writer.offset;
    writeHeader(writer, page, body.length);
    header_bytes += writer.offset - before;
    writer.appendBytes(body);
  }
  return {
    name: column.name,
    type: column.type,
    rows,
    nulls: pages.nulls,
    ...(range && { range }),
    encodings: [...new Set(pages.list.map(({ encoding }) => encoding))],
    codec: isSmaller ? 'ZSTD' : 'UNCOMPRESSED',
    data_offset: data_offset ?? start,
    ...(dictionary_offset !== undefined && { dictionary_offset }),
    size_bytes: writer.offset - start,
    uncompressed_size_bytes: raw_bytes + header_bytes,
  };
}

function writePages(column: LakeColumn): Range | undefined {
  if (column.type === 'varchar') {
    if ('constant' in column) writeSameText(pages, column.constant);
    else writeTextPages(pages, column.ids, column.texts);
    return undefined;
  }
  if ('constant' in column) return writeSameNumber(pages, column.type, column.constant);
  return writeNumberPages(pages, column.type, column.values, column.exact);
}

/** `PageHeader` of parquet.thrift. */
function writeHeader(
  writer: ByteWriter,
  { isDictionary, encoding, values, start, end }: Page,
  size_bytes: number,
): void {
  const header = { field_1: values, field_2: ENCODINGS[encoding] };
  serializeTCompactProtocol(writer, {
    field_1: isDictionary ? 2 : 0,
    field_2: end - start,
    field_3: size_bytes,
    ...(isDictionary
      ? { field_7: header }
      : { field_5: { ...header, field_3: ENCODINGS.RLE, field_4: ENCODINGS.RLE } }),
  });
}
