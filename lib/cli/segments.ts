import type { Texts } from '../parser/texts.ts';
import type { RecordStyle } from './record-style.ts';

const FIRST_BYTES = 64 * 1024;
const FIRST_IDS = 1024;
/** Segments are copied by eight bytes. */
export const SLACK_BYTES = 8;

/** Pieces of records in one buffer. */
export class Segments {
  #bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #end = 0;

  /** The buffer, valid until the next segment is added. It has `SLACK_BYTES` behind the last segment. */
  get bytes(): Buffer {
    return this.#bytes;
  }

  /** The position behind the last segment, where the next one begins. */
  get end(): number {
    return this.#end;
  }

  add(text: string): void {
    const bytes = Buffer.from(text);
    this.addBytes(bytes, 0, bytes.length);
  }

  addBytes(bytes: Uint8Array, start: number, end: number): void {
    this.#reserve(end - start);
    for (let at = start; at < end; at++) this.#bytes[this.#end++] = bytes[at] as number;
  }

  clear(): void {
    this.#end = 0;
  }

  #reserve(length: number): void {
    const needed = this.#end + length + SLACK_BYTES;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
  }
}

/** The segments of a column's texts: what is before each value, and the value. */
export class TextSegments {
  /** Where the segment of each id begins and ends; an end of 0 says that there is none yet. */
  starts = new Int32Array(FIRST_IDS);
  ends = new Int32Array(FIRST_IDS);
  readonly #segments: Segments;
  readonly #style: RecordStyle;
  readonly #before: Uint8Array;
  readonly #quote: Uint8Array;
  #texts: Texts | undefined;

  constructor(segments: Segments, style: RecordStyle, before: string) {
    this.#segments = segments;
    this.#style = style;
    this.#before = Buffer.from(before);
    this.#quote = Buffer.from(style.quote);
  }

  /** Makes the segments of ids that are new. Returns the length of all of these ids' segments. */
  make(ids: Int32Array, rows: number, texts: Texts): number {
    if (texts !== this.#texts) this.clear();
    this.#texts = texts;
    this.#enlarge(texts.size + 1);
    let length = 0;
    for (let row = 0; row < rows; row++) {
      const id = ids[row] as number;
      if (this.ends[id] === 0) this.#add(id, texts);
      length += (this.ends[id] as number) - (this.starts[id] as number);
    }
    return length;
  }

  /** Forgets the segments, which others will have the ids of. */
  clear(): void {
    this.ends.fill(0);
  }

  #add(id: number, texts: Texts): void {
    const segments = this.#segments;
    this.starts[id] = segments.end;
    segments.addBytes(this.#before, 0, this.#before.length);
    if (id === 0) segments.add(this.#style.null);
    else this.#addText(id, texts);
    this.ends[id] = segments.end;
  }

  #addText(id: number, texts: Texts): void {
    const { bytes, ends } = texts.buffer;
    const start = ends[id - 1] as number;
    const end = ends[id] as number;
    if (this.#style.isPlain(bytes, start, end)) {
      this.#segments.addBytes(this.#quote, 0, this.#quote.length);
      this.#segments.addBytes(bytes, start, end);
      this.#segments.addBytes(this.#quote, 0, this.#quote.length);
    } else this.#segments.add(this.#style.text(texts.text(id) ?? ''));
  }

  #enlarge(ids: number): void {
    if (ids <= this.ends.length) return;
    const [starts, ends] = [this.starts, this.ends];
    this.starts = new Int32Array(Math.max(ids, starts.length * 2));
    this.ends = new Int32Array(this.starts.length);
    this.starts.set(starts);
    this.ends.set(ends);
  }
}
