import type { Data, RecordBatch } from 'apache-arrow';
import type { Column, ColumnType } from '../model/columns.ts';
import { DAY_MS } from '../model/period.ts';
import { isNull, valueReader } from './column-values.ts';
import { csvCell } from './csv-cell.ts';

/** Blocks end after the row that reaches this size, so that they depend only on the rows. */
const BLOCK_BYTES = 1024 * 1024;

const [QUOTE, COMMA, CARRIAGE_RETURN, LINE_FEED] = [0x22, 0x2c, 0x0d, 0x0a];

/** A buffer, and how many bytes of it are written. */
interface Block {
  bytes: Buffer;
  size: number;
}

/** Appends the cell of a row. */
type CellWriter = (block: Block, row: number) => void;

/** Rows as CSV text in UTF-8, in blocks of about 1 MB. The first line is the header. */
export async function* csvText(
  columns: readonly Column[],
  batches: AsyncIterable<RecordBatch>,
): AsyncGenerator<Uint8Array> {
  let block = emptyBlock();
  append(block, `${columns.map(({ name }) => csvCell(name)).join(',')}\n`);
  for await (const batch of batches) {
    const writers = columns.map(({ type }, index) => cellWriter(batch.data.children[index] as Data, type));
    for (let row = 0; row < batch.numRows; row++) {
      appendRow(block, writers, row);
      if (block.size < BLOCK_BYTES) continue;
      yield block.bytes.subarray(0, block.size);
      block = emptyBlock();
    }
  }
  yield block.bytes.subarray(0, block.size);
}

function appendRow(block: Block, writers: readonly CellWriter[], row: number): void {
  for (const write of writers) {
    write(block, row);
    ensureCapacity(block, 1);
    block.bytes[block.size++] = COMMA;
  }
  block.bytes[block.size - 1] = LINE_FEED;
}

function cellWriter(data: Data, type: ColumnType): CellWriter {
  const write = type === 'varchar' ? textWriter(data) : valueWriter(data, type);
  if (data.nullCount === 0) return write;
  return (block, row) => {
    if (!isNull(data, row)) write(block, row);
  };
}

function valueWriter(data: Data, type: ColumnType): CellWriter {
  const read = valueReader(data, type, 0, data.length);
  const format = FORMATTERS[type] ?? String;
  return (block, row) => append(block, format(read(row)));
}

const FORMATTERS: Partial<Record<ColumnType, (value: unknown) => string>> = {
  timestamp: (time_ms) => new Date(Number(time_ms)).toISOString(),
  date: (day) => new Date((day as number) * DAY_MS).toISOString().slice(0, 10),
};

/** Copies the bytes of text as they are, except for the few cells that are empty or may need an apostrophe. */
function textWriter({ values, valueOffsets }: Data): CellWriter {
  const source = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return (block, row) => {
    const [start, end] = [valueOffsets[row] as number, valueOffsets[row + 1] as number];
    if (start < end && STARTS_NO_FORMULA[source[start] as number]) appendText(block, source, start, end);
    else append(block, csvCell(source.toString('utf8', start, end)));
  };
}

/** First bytes after which a text cannot be a formula, so that it needs at most quotes. */
const STARTS_NO_FORMULA = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(/[\w/.:{[(<*#]/.test(String.fromCharCode(byte))),
);

/** Copies text, quoted if necessary. */
function appendText(block: Block, source: Uint8Array, start: number, end: number): void {
  ensureCapacity(block, 2 * (end - start) + 2);
  const { bytes } = block;
  let size = block.size;
  for (let index = start; index < end; index++) {
    const byte = source[index] as number;
    if (byte === QUOTE || byte === COMMA || byte === LINE_FEED || byte === CARRIAGE_RETURN) {
      appendQuoted(block, source, start, end);
      return;
    }
    bytes[size++] = byte;
  }
  block.size = size;
}

function appendQuoted(block: Block, source: Uint8Array, start: number, end: number): void {
  const { bytes } = block;
  bytes[block.size++] = QUOTE;
  for (let index = start; index < end; index++) {
    const byte = source[index] as number;
    if (byte === QUOTE) bytes[block.size++] = QUOTE;
    bytes[block.size++] = byte;
  }
  bytes[block.size++] = QUOTE;
}

function append(block: Block, text: string): void {
  ensureCapacity(block, 3 * text.length);
  block.size += block.bytes.write(text, block.size);
}

function ensureCapacity(block: Block, size_bytes: number): void {
  if (block.size + size_bytes <= block.bytes.length) return;
  const larger = Buffer.allocUnsafe(2 * (block.size + size_bytes));
  block.bytes.copy(larger, 0, 0, block.size);
  block.bytes = larger;
}

function emptyBlock(): Block {
  return { bytes: Buffer.allocUnsafe(BLOCK_BYTES + BLOCK_BYTES / 8), size: 0 };
}
