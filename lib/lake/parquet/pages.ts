import { enlarged } from '../../parser/enlarged.ts';
import { hybridBound, writeHybrid, writeRun } from './hybrid.ts';

export type Encoding = 'PLAIN' | 'RLE_DICTIONARY';

/** A data page of texts ends with the row that reaches so many bytes. */
export const PAGE_BYTES = 1 << 20;
/** Rows of a data page whose values are places in a dictionary, so that it has no more than `PAGE_BYTES`. */
const INDEX_PAGE_ROWS = 1 << 18;
/** Places in a dictionary have at most so many bits. */
export const MOST_ENTRIES = 1 << 20;

/** A page of a column: its place in `Pages.bytes`, before compression. */
export interface Page {
  isDictionary: boolean;
  encoding: Encoding;
  /** Rows of a data page, NULLs included; entries of a dictionary. */
  values: number;
  start: number;
  end: number;
}

/** The pages of one column of one row group, one after the other, in arrays that the next column uses again. */
export class Pages {
  bytes: Uint8Array = new Uint8Array(PAGE_BYTES);
  /** Where the next byte goes. */
  end = 0;
  readonly list: Page[] = [];
  rows = 0;
  nulls = 0;
  /** 1 for a row that is not NULL. Whoever encodes a column fills it for all rows. */
  levels = new Int32Array(0);
  /** The places of the values that are not NULL in the dictionary. */
  indexes = new Int32Array(0);

  start(rows: number): void {
    this.end = 0;
    this.list.length = 0;
    this.rows = rows;
    this.nulls = 0;
    if (this.levels.length >= rows) return;
    this.levels = new Int32Array(rows);
    this.indexes = new Int32Array(rows);
  }

  /** Makes room for more bytes, and returns the buffer, which may be a new one. */
  reserve(size_bytes: number): Uint8Array {
    if (this.end + size_bytes > this.bytes.length) this.bytes = enlarged(this.bytes, this.end + size_bytes);
    return this.bytes;
  }

  /** Makes a page of what was written since the last one. */
  close(encoding: Encoding, values: number, isDictionary = false): void {
    const start = this.list.at(-1)?.end ?? 0;
    this.list.push({ isDictionary, encoding, values, start, end: this.end });
  }

  /** Begins a data page of the rows from `from` to `to` with which of them are not NULL. */
  writeLevels(from: number, to: number): void {
    const { levels, nulls, rows } = this;
    const bytes = this.reserve(hybridBound(to - from, 1) + 4);
    const start = this.end + 4;
    this.end =
      nulls === 0 || nulls === rows
        ? writeRun(nulls === 0 ? 1 : 0, to - from, 1, bytes, start)
        : writeHybrid(levels, from, to, 1, bytes, start);
    writeUint32(this.end - start, bytes, start - 4);
  }

  /** Writes the data page of a column that is NULL in all rows. */
  writeNulls(): void {
    this.nulls = this.rows;
    this.writeLevels(0, this.rows);
    this.close('PLAIN', this.rows);
  }

  /** Writes the data pages of places in a dictionary with so many entries. */
  writeIndexes(entries: number): void {
    // The places of a single entry would have no bits, which not every reader takes.
    const width_bits = Math.max(1, 32 - Math.clz32(entries - 1));
    let value = 0;
    for (let from = 0; from < this.rows; from += INDEX_PAGE_ROWS) {
      const to = Math.min(from + INDEX_PAGE_ROWS, this.rows);
      this.writeLevels(from, to);
      const end = value + this.present(from, to);
      const bytes = this.reserve(hybridBound(end - value, width_bits) + 1);
      bytes[this.end] = width_bits;
      this.end = writeHybrid(this.indexes, value, end, width_bits, bytes, this.end + 1);
      this.close('RLE_DICTIONARY', to - from);
      value = end;
    }
  }

  /** The number of values in these rows that are not NULL. */
  present(from: number, to: number): number {
    if (this.nulls === 0) return to - from;
    let present = 0;
    for (let row = from; row < to; row++) present += this.levels[row] as number;
    return present;
  }
}

export function writeUint32(value: number, bytes: Uint8Array, at: number): void {
  bytes[at] = value;
  bytes[at + 1] = value >>> 8;
  bytes[at + 2] = value >>> 16;
  bytes[at + 3] = value >>> 24;
}
