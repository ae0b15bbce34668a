import { isUtf8 } from 'node:buffer';
import type { Format } from '../../formats/format.ts';
import { compileExactReader, type ExactReader } from '../exact/exact-reader.ts';
import { lineHashOf } from '../hash.ts';
import type { LineChunk, RawBatch, Scanner } from '../raw-batch.ts';
import { TimeTexts } from './clock.ts';
import type { FastReader, FastReaderOf } from './fast-reader.ts';
import { fieldReader } from './field-reader.ts';
import { headerReader } from './header-reader.ts';
import { jsonReader } from './json-reader.ts';
import { patternReader } from './pattern-reader.ts';
import { RawRows, type RowColumn } from './raw-rows.ts';

/** Each that knows the format is used: the next one reads what the one before does not take. */
const FAST_READERS: readonly FastReaderOf[] = [fieldReader, headerReader, jsonReader, patternReader];

const LF = 0x0a;
const CR = 0x0d;
/** How many bytes a fast reader may look at behind a line. */
const PADDING_BYTES = 8;

/**
 * A scanner of a format's lines. Columns that are not `needed` are NULL. The times of `clock_column` lose their clock; without
 * one, all texts are as written.
 */
export function compileScanner(
  format: Format,
  needed: ReadonlySet<string>,
  clock_column: string | null = null,
): Scanner {
  return new LineScanner(format, needed, clock_column);
}

class LineScanner implements Scanner {
  readonly columns: readonly string[];
  readonly #rows: RawRows;
  readonly #exact: ExactReader;
  readonly #fast: FastReader | undefined;
  readonly #times: TimeTexts | undefined;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  constructor(format: Format, needed: ReadonlySet<string>, clock_column: string | null) {
    this.#rows = new RawRows(format, needed, clock_column);
    this.columns = this.#rows.columns.map(({ name }) => name);
    this.#exact = compileExactReader(format);
    this.#fast = fastReader(format, this.#rows, this.#exact);
    this.#times = this.#rows.time && new TimeTexts(this.#rows, this.#rows.time);
  }

  startFile(): void {
    this.#exact.startFile();
  }

  clear(): void {
    this.#rows.clear();
  }

  scan({ bytes: given, start, end }: LineChunk): RawBatch {
    // It ends with the lines, so that a search for a line end does not go on behind them.
    const buffer = Buffer.from(given.buffer, given.byteOffset, end);
    // Code that meets arrays of one class alone, be it Buffer or Uint8Array, is compiled to faster one.
    const bytes = new Uint8Array(given.buffer, given.byteOffset, given.length);
    const rows = this.#rows;
    const fast = this.#fast;
    fast?.startChunk?.(bytes);
    const isText = isUtf8(buffer.subarray(start, end));
    let row = 0;
    let lines = 0;
    let line_feed = position(buffer, LF, start, end);
    let carriage_return = position(buffer, CR, start, end);
    for (let line_start = start; line_start < end; ) {
      const line_end = Math.min(line_feed, carriage_return);
      const isPair = line_end === carriage_return && line_feed === line_end + 1;
      const next = line_end + (isPair ? 2 : 1);
      if (line_feed < next) line_feed = position(buffer, LF, next, end);
      if (carriage_return < next) carriage_return = position(buffer, CR, next, end);
      lines++;
      if (line_end > line_start) {
        if (row === rows.capacity) rows.grow();
        const isFast =
          fast !== undefined &&
          (isText || isUtf8(buffer.subarray(line_start, line_end))) &&
          (line_end < end && line_end + PADDING_BYTES <= bytes.length
            ? fast.read(bytes, line_start, line_end, row)
            : this.#readCopy(fast, buffer.subarray(line_start, line_end), row));
        if (isFast) rows.unfit[row] = 0;
        if (isFast || this.#readExactly(buffer.subarray(line_start, line_end), row)) {
          rows.line_number[row] = lines;
          rows.line_start[row] = line_start;
          rows.line_end[row] = line_end;
          row++;
        }
      }
      line_start = next;
    }
    return rows.batch(row, lines);
  }

  /** Reads a line at the end of the bytes with zeros behind it. */
  #readCopy(fast: FastReader, line: Uint8Array, row: number): boolean {
    const copy = new Uint8Array(line.length + PADDING_BYTES);
    copy.set(line);
    fast.startChunk?.(copy);
    return fast.read(copy, 0, line.length, row);
  }

  /** False for a line that the format ignores. */
  #readExactly(line: Uint8Array, row: number): boolean {
    const rows = this.#rows;
    const texts = this.#exact.read(this.#decoder.decode(line));
    if (texts === 'ignored') return false;
    rows.line_hash[row] = lineHashOf(line, 0, line.length);
    rows.clock_ms[row] = 0;
    rows.unfit[row] = texts === 'unfit' ? 1 : 0;
    if (texts === 'unfit') return true;
    const { columns } = rows;
    for (let index = 0; index < columns.length; index++) {
      const column = columns[index] as RowColumn;
      if (!column.is_needed) continue;
      const text = texts[index] ?? null;
      if (column === rows.time) this.#times?.putText(text, row);
      else column.ids[row] = column.texts.internText(text);
    }
    return true;
  }
}

function fastReader(format: Format, rows: RawRows, exact: ExactReader): FastReader | undefined {
  const [first, second] = FAST_READERS.flatMap((readerOf) => readerOf(format, rows, exact) ?? []);
  if (!first || !second) return first;
  return {
    startChunk(bytes) {
      first.startChunk?.(bytes);
      second.startChunk?.(bytes);
    },
    read: (bytes, start, end, row) => first.read(bytes, start, end, row) || second.read(bytes, start, end, row),
  };
}

/** The first position of a byte from `start` on; `end` if it is not before `end`. */
function position(buffer: Buffer, byte: number, start: number, end: number): number {
  const found = buffer.indexOf(byte, start);
  return found === -1 || found > end ? end : found;
}
