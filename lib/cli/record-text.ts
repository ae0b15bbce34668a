import { MAPPED_COLUMNS } from '../formats/mapping.ts';
import { DAY_MS } from '../model/period.ts';
import type { MappedBatch, MappedColumn } from '../parser/mapped-batch.ts';
import { RECORD_STYLES, type RecordStyle } from './record-style.ts';
import { Segments, SLACK_BYTES, TextSegments } from './segments.ts';

/** The first line of CSV. */
export const CSV_HEADER = `${MAPPED_COLUMNS.join(',')}\n`;

/** A number, or a time with its quotes. */
const LONGEST_VALUE_BYTES = 32;
/** New memory has some more, so that it suffices for the next batches. */
const SPARE = 1.2;
/** Whole numbers below this are written digit by digit, which is faster. */
const MOST_DIGITS = 1e9;
const ZERO = 0x30;

type ValueColumn = Exclude<MappedColumn, { type: 'varchar' }>;

/** What stands at one place of each record of a batch; positions are those in the segments. */
type Part =
  | { kind: 'same'; start: number; end: number }
  | { kind: 'text'; ids: Int32Array; starts: Int32Array; ends: Int32Array }
  | { kind: 'value'; column: ValueColumn; start: number; end: number };

/**
 * Writes mapped lines as JSON or CSV. What a record has of a column, its name and its text with quotes and escapes, is a
 * segment that is made once for all records with that text.
 */
export class RecordText {
  readonly #style: RecordStyle;
  readonly #segments = new Segments();
  readonly #texts: readonly TextSegments[];
  readonly #null: Uint8Array;
  readonly #quote: Uint8Array;
  #day = Number.NaN;
  /** The start of the times of that day. */
  #day_text: Uint8Array = Buffer.of();

  constructor(output: keyof typeof RECORD_STYLES) {
    const style = RECORD_STYLES[output];
    this.#style = style;
    this.#null = Buffer.from(style.null);
    this.#quote = Buffer.from(style.quote);
    this.#texts = MAPPED_COLUMNS.map(
      (name, index) => new TextSegments(this.#segments, style, style.before(name, index)),
    );
  }

  /** Bytes that the segments take. */
  get size_bytes(): number {
    return this.#segments.end;
  }

  /** The records of a batch, without the rejected lines, in `memory` if it suffices, else in new memory. */
  write({ rows, columns, rejected }: MappedBatch, memory = new ArrayBuffer(0)): Uint8Array<ArrayBuffer> {
    const { parts, most_bytes } = this.#partsOf(rows, columns);
    const suffices = memory.byteLength >= most_bytes + SLACK_BYTES;
    const bytes = suffices ? Buffer.from(memory) : Buffer.allocUnsafeSlow(Math.ceil(most_bytes * SPARE) + SLACK_BYTES);
    const out = new DataView(bytes.buffer);
    const segments = new DataView(this.#segments.bytes.buffer);
    let at = 0;
    for (let row = 0; row < rows; row++) {
      if (rejected[row] === 1) continue;
      for (const part of parts) {
        const id = part.kind === 'text' ? (part.ids[row] as number) : 0;
        let from = part.kind === 'text' ? (part.starts[id] as number) : part.start;
        const end = part.kind === 'text' ? (part.ends[id] as number) : part.end;
        for (; from < end; from += 8, at += 8) out.setBigUint64(at, segments.getBigUint64(from, true), true);
        at -= from - end;
        if (part.kind === 'value') at = this.#writeValue(bytes, at, part.column, row);
      }
    }
    return new Uint8Array(bytes.buffer, 0, at);
  }

  /** Forgets the segments: the texts of later batches have other ids. */
  clear(): void {
    this.#segments.clear();
    for (const texts of this.#texts) texts.clear();
  }

  /** The parts of the records of a batch, and how long all records are at most. */
  #partsOf(rows: number, columns: readonly MappedColumn[]): { parts: Part[]; most_bytes: number } {
    const byName = new Map(columns.map((column) => [column.name, column]));
    const parts: Part[] = [];
    let most_bytes = 0;
    let same = '';
    /** The segment of what is in front of a value, or between two, in all records. */
    const endSame = () => {
      const start = this.#segments.end;
      this.#segments.add(same);
      same = '';
      most_bytes += (this.#segments.end - start) * rows;
      return { start, end: this.#segments.end };
    };
    for (const [index, name] of MAPPED_COLUMNS.entries()) {
      const column = byName.get(name);
      const before = this.#style.before(name, index);
      const text = column && rows > 0 ? onlyText(column, rows) : null;
      if (!column || text !== undefined) {
        same += before + (typeof text === 'string' ? this.#style.text(text) : this.#style.null);
        continue;
      }
      if (column.type !== 'varchar') {
        same += before;
        parts.push({ kind: 'value', column, ...endSame() });
        most_bytes += LONGEST_VALUE_BYTES * rows;
      } else {
        if (same !== '') parts.push({ kind: 'same', ...endSame() });
        const texts = this.#texts[index] as TextSegments;
        most_bytes += texts.make(column.ids, rows, column.texts);
        parts.push({ kind: 'text', ids: column.ids, starts: texts.starts, ends: texts.ends });
      }
    }
    same += this.#style.end;
    parts.push({ kind: 'same', ...endSame() });
    return { parts, most_bytes };
  }

  #writeValue(bytes: Buffer, at: number, column: ValueColumn, row: number): number {
    const value = column.values[row] as number;
    const exact = column.exact?.get(row);
    if (exact !== undefined) return at + bytes.write(String(exact), at, 'latin1');
    if (!Number.isFinite(value)) return writeBytes(bytes, at, this.#null);
    if (column.type === 'timestamp') return this.#writeTime(bytes, at, value);
    if (value >= 0 && value < MOST_DIGITS && Number.isInteger(value)) return writeDigits(bytes, at, value);
    return at + bytes.write(String(value), at, 'latin1');
  }

  /** A time in ISO 8601. Most lines are of the same day as the line before. */
  #writeTime(bytes: Buffer, start: number, time_ms: number): number {
    const day = Math.floor(time_ms / DAY_MS);
    if (day !== this.#day) {
      this.#day = day;
      const date = new Date(day * DAY_MS).toISOString().slice(0, -'00:00:00.000Z'.length);
      this.#day_text = Buffer.from(`${this.#style.quote}${date}`);
    }
    let at = writeBytes(bytes, start, this.#day_text);
    const ms = (time_ms - day * DAY_MS) | 0;
    at = writeTwo(bytes, at, (ms / 3_600_000) | 0);
    bytes[at++] = 0x3a;
    at = writeTwo(bytes, at, ((ms / 60_000) | 0) % 60);
    bytes[at++] = 0x3a;
    at = writeTwo(bytes, at, ((ms / 1000) | 0) % 60);
    bytes[at++] = 0x2e;
    bytes[at++] = ZERO + (((ms % 1000) / 100) | 0);
    at = writeTwo(bytes, at, ms % 100);
    bytes[at++] = 0x5a;
    return writeBytes(bytes, at, this.#quote);
  }
}

/** What all rows of a column have; undefined if they differ. */
function onlyText(column: MappedColumn, rows: number): string | null | undefined {
  if (column.type === 'varchar') {
    const { ids, texts } = column;
    const only = ids[0] as number;
    for (let row = 1; row < rows; row++) if (ids[row] !== only) return undefined;
    return texts.text(only);
  }
  for (let row = 0; row < rows; row++) if (!Number.isNaN(column.values[row])) return undefined;
  return null;
}

/** For a few bytes, a loop is faster than a call of Node. */
function writeBytes(bytes: Buffer, start: number, written: Uint8Array): number {
  let at = start;
  for (let from = 0; from < written.length; from++) bytes[at++] = written[from] as number;
  return at;
}

function writeTwo(bytes: Buffer, at: number, value: number): number {
  const tens = (value / 10) | 0;
  bytes[at] = ZERO + tens;
  bytes[at + 1] = ZERO + value - tens * 10;
  return at + 2;
}

function writeDigits(bytes: Buffer, start: number, value: number): number {
  let end = start + 1;
  for (let power = 10; value >= power; power *= 10) end++;
  let rest = value | 0;
  for (let at = end - 1; at >= start; at--) {
    const tenth = (rest / 10) | 0;
    bytes[at] = ZERO + rest - tenth * 10;
    rest = tenth;
  }
  return end;
}
