import type { LineChunk } from '../parser/raw-batch.ts';

/** Large enough that the work per chunk does not count, small enough for a cache. */
const CHUNK_BYTES = 1024 * 1024;
/** A longer line is not kept in memory, and becomes a reject; no access log has one. */
const LONGEST_LINE_BYTES = 16 * 1024 * 1024;
/** Why such a line is rejected. */
export const OVERLONG_REASON = 'is longer than 16 MB';
/** What is kept of it. */
const SHOWN_BYTES = 1000;

const LF = 0x0a;
const CR = 0x0d;

/** A line above 16 MB: its start and its size. It is one line, the next after those of the chunk before. */
export interface OverlongLine {
  overlong_text: string;
}

/** Lines of a file, in order. A chunk is valid until the next piece is asked for. */
export type LinePiece = LineChunk | OverlongLine;

/**
 * Bytes of a file as they are read, cut into pieces of whole lines; NULs are left out, as they are no text. LF, CR and CRLF
 * end a line, and CRLF ends only one: if a chunk ends between them, the LF is dropped.
 */
export class LineBuffer {
  readonly #chunk_bytes: number;
  readonly #longest_bytes: number;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #bytes: Buffer;
  #start = 0;
  #end = 0;
  /** The start and the size so far of a line that is too long. */
  #overlong: { shown: Buffer; size_bytes: number } | undefined;
  #follows_return = false;

  constructor(chunk_bytes = CHUNK_BYTES, longest_bytes = LONGEST_LINE_BYTES) {
    this.#chunk_bytes = chunk_bytes;
    this.#longest_bytes = longest_bytes;
    this.#bytes = Buffer.allocUnsafeSlow(chunk_bytes);
  }

  /** Forgets everything. `follows_return` says that a CR is before the bytes to come. */
  begin(follows_return = false): void {
    this.#start = 0;
    this.#end = 0;
    this.#overlong = undefined;
    this.#follows_return = follows_return;
  }

  /** Where the next bytes of the file are to be written; never empty. Earlier chunks are not valid any more. */
  space(): Buffer {
    const kept = this.#end - this.#start;
    if (this.#start > 0) this.#bytes.copyWithin(0, this.#start, this.#end);
    this.#start = 0;
    this.#end = kept;
    // An unfinished line may be a byte longer than allowed: then it is known to be too long.
    const size = Math.max(this.#chunk_bytes, Math.min(kept * 2, this.#longest_bytes + 1), kept + 1);
    if (size > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(size);
      this.#bytes.copy(larger, 0, 0, kept);
      this.#bytes = larger;
    }
    return this.#bytes.subarray(kept, size);
  }

  /** Takes over so many bytes that were written to `space()`. */
  add(length: number): void {
    this.#end = withoutNuls(this.#bytes, this.#end, this.#end + length);
  }

  /** True if the bytes make a chunk of full size. */
  get isFull(): boolean {
    return this.#end - this.#start >= this.#chunk_bytes;
  }

  /** The whole lines so far. */
  *pieces(): Generator<LinePiece> {
    this.#dropSecondOfPair();
    if (this.#overlong) {
      const line_end = firstLineEnd(this.#bytes.subarray(0, this.#end), this.#start);
      this.#skipTo(line_end === -1 ? this.#end : line_end);
      if (line_end === -1) return;
      yield this.#endOverlong();
      this.#endLineAt(line_end);
      this.#dropSecondOfPair();
    }
    const rest = this.#bytes.subarray(this.#start, this.#end);
    const line_end = rest.includes(LF) ? rest.lastIndexOf(LF) : rest.lastIndexOf(CR);
    if (line_end !== -1) {
      const start = this.#start;
      this.#endLineAt(start + line_end);
      yield { bytes: this.#bytes, start, end: this.#start };
    } else if (rest.length > this.#longest_bytes) {
      this.#overlong = { shown: Buffer.from(rest.subarray(0, SHOWN_BYTES)), size_bytes: 0 };
      this.#skipTo(this.#end);
    }
  }

  /** All lines, also a last one that no line end follows. */
  *end(): Generator<LinePiece> {
    yield* this.pieces();
    if (this.#overlong) yield this.#endOverlong();
    if (this.#end > this.#start) yield { bytes: this.#bytes, start: this.#start, end: this.#end };
    this.#start = this.#end;
  }

  #dropSecondOfPair(): void {
    if (this.#start === this.#end) return;
    if (this.#follows_return && this.#bytes[this.#start] === LF) this.#start++;
    this.#follows_return = false;
  }

  #endLineAt(line_end: number): void {
    this.#follows_return = this.#bytes[line_end] === CR;
    this.#start = line_end + 1;
  }

  /** Leaves out bytes of the line that is too long. */
  #skipTo(end: number): void {
    if (this.#overlong) this.#overlong.size_bytes += end - this.#start;
    this.#start = end;
  }

  #endOverlong(): OverlongLine {
    const { shown, size_bytes } = this.#overlong ?? { shown: Buffer.of(), size_bytes: 0 };
    this.#overlong = undefined;
    return { overlong_text: `${this.#decoder.decode(shown)}… (${size_bytes} bytes)` };
  }
}

/** The position of the first line end from a position on; -1 if there is none. */
export function firstLineEnd(bytes: Buffer, from = 0): number {
  const line_feed = bytes.indexOf(LF, from);
  const carriage_return = (line_feed === -1 ? bytes : bytes.subarray(0, line_feed)).indexOf(CR, from);
  return carriage_return === -1 ? line_feed : carriage_return;
}

/** Closes the gaps that NULs leave; `copytruncate` of logrotate and a loss of power leave runs of them. Returns the new end. */
function withoutNuls(bytes: Buffer, start: number, end: number): number {
  const added = bytes.subarray(start, end);
  let filled = added.indexOf(0);
  if (filled === -1) return end;
  for (let at = filled; at < added.length; ) {
    while (added[at] === 0) at++;
    const next = added.indexOf(0, at);
    const text_end = next === -1 ? added.length : next;
    added.copyWithin(filled, at, text_end);
    filled += text_end - at;
    at = text_end;
  }
  return start + filled;
}
