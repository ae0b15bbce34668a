import type { Format } from '../../formats/format.ts';
import { enlarged } from '../enlarged.ts';
import type { ExactReader } from '../exact/exact-reader.ts';
import type { Layout } from '../exact/header.ts';
import { includes } from '../expression/code-points.ts';
import { readSyntax } from '../expression/syntax.ts';
import { FACTOR_A, FACTOR_B, hashOf, laneA, laneB, mixed, SEED_A, SEED_B } from '../hash.ts';
import type { FastReader } from './fast-reader.ts';
import { jsonReader } from './json-reader.ts';
import { lineHashIn } from './line-hash.ts';
import type { RawRows } from './raw-rows.ts';
import { type PutText, putters } from './row-texts.ts';

const [TAB, SPACE, QUOTE, COMMENT, PLUS, DASH, OBJECT] = [0x09, 0x20, 0x22, 0x23, 0x2b, 0x2d, 0x7b];
/** What `(word - least) & ~word & MARKS` finds: the bytes below the space, and those up to the quote. */
const MARKS = 0x80808080 | 0;
const BELOW_SPACE = 0x20202020;
const UP_TO_QUOTE = 0x23232323;

/** What a field holds, if it has a value: how many of which bytes. */
interface Content {
  place: number;
  /** 1 for each byte that may be in it. */
  bytes: Uint8Array;
  least: number;
  most: number;
}

/** A column whose text is at one place, as it is written; or at several, or to be changed. */
interface NeededColumn {
  put: PutText;
  place: number;
  sources: Layout['columns'][number];
}

const NO_PLACE = -1;

/**
 * Reads lines whose header names their fields, separated by tabs or by spaces. Other separators, quoted fields, lines without
 * a header and those that do not fit it are left to the exact reader. Undefined for formats of other kinds.
 */
export function headerReader(format: Format, rows: RawRows, exact: ExactReader): FastReader | undefined {
  const { header, fields, patterns } = format;
  if (!header || fields.length > 0 || patterns.length > 0) return undefined;
  return new HeaderReader(format, rows, exact);
}

class HeaderReader implements FastReader {
  readonly #rows: RawRows;
  readonly #exact: ExactReader;
  readonly #puts: readonly PutText[];
  readonly #json: FastReader | undefined;
  #layout: Layout | undefined;
  #isUsable = false;
  #content: readonly Content[] = [];
  #needed: readonly NeededColumn[] = [];
  /** Where the fields of a line are. */
  #starts = new Int32Array();
  #ends = new Int32Array();
  #hashes = new Int32Array();
  #count = 0;
  /** How the line before was separated. */
  #separator = TAB;
  #bytes: Uint8Array = new Uint8Array();
  #view: DataView = new DataView(new ArrayBuffer(0));
  #scratch = new Uint8Array(256);

  constructor(format: Format, rows: RawRows, exact: ExactReader) {
    this.#rows = rows;
    this.#exact = exact;
    this.#puts = putters(rows);
    this.#json = jsonReader(format, rows);
  }

  read(bytes: Uint8Array, start: number, end: number, row: number): boolean {
    const first = bytes[start];
    if (first === COMMENT) return false;
    if (this.#json && (first === OBJECT || first === SPACE || first === TAB)) {
      return this.#json.read(bytes, start, end, row);
    }
    const layout = this.#exact.layout();
    if (layout !== this.#layout) this.#use(layout);
    if (!this.#isUsable) return false;
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    if (!this.#split(start, end) || !this.#content.every((content) => this.#holds(content))) return false;
    this.#rows.clock_ms[row] = 0;
    this.#putAll(row);
    this.#rows.line_hash[row] = lineHashIn(this.#view, start, end);
    return true;
  }

  #use(layout: Layout | undefined): void {
    this.#layout = layout;
    const content = layout?.content.map(({ place, pattern }) => contentOf(place, pattern)) ?? [];
    this.#content = content.filter((known) => known !== undefined);
    // What cannot be checked here is left to the exact reader.
    const canCheck = this.#content.length === content.length && layout?.written.length === 0;
    this.#isUsable = canCheck && layout.isUsable;
    this.#needed = this.#rows.columns.flatMap(({ is_needed }, column) => {
      const sources = layout?.columns[column] ?? [];
      const [source] = sources;
      const isPlain = sources.length === 1 && source?.places.length === 1 && !source.plusIsSpace;
      const place = isPlain ? (source.places[0] ?? NO_PLACE) : NO_PLACE;
      return is_needed ? [{ put: this.#puts[column] as PutText, place, sources }] : [];
    });
    const most = layout?.most_fields ?? 0;
    this.#starts = new Int32Array(most);
    this.#ends = new Int32Array(most);
    this.#hashes = new Int32Array(most);
  }

  /** Finds the fields: false if they have another separator, are quoted, or are too few or too many. */
  #split(start: number, end: number): boolean {
    if (this.#separator === TAB) {
      if (!this.#splitAt(TAB, start, end)) return false;
      if (this.#count > 1) return true;
      this.#separator = SPACE;
    }
    if (this.#splitAt(SPACE, start, end)) return this.#count > 1;
    if (this.#separator === SPACE) return false;
    return this.#splitAt(TAB, start, end);
  }

  /** A tab between spaces shows that the line is separated by tabs: the separator is then changed. */
  #splitAt(separator: number, start: number, end: number): boolean {
    const view = this.#view;
    const least = separator === TAB ? BELOW_SPACE : UP_TO_QUOTE;
    const factor_a = FACTOR_A;
    const factor_b = FACTOR_B;
    const most = this.#starts.length;
    let count = 0;
    let from = start;
    let a = SEED_A;
    let b = SEED_B;
    for (let at = start; ; ) {
      const word = view.getInt32(at, true);
      let marks = (word - least) & ~word & MARKS;
      let isField = false;
      let to = at;
      while (marks !== 0) {
        const shift = 24 - Math.clz32(marks & -marks);
        const byte = (word >>> shift) & 0xff;
        to = at + (shift >>> 3);
        if (byte === separator || to >= end) {
          const rest = (word & ((1 << shift) - 1)) | ((to - from) << 24);
          if (count === most) return false;
          this.#starts[count] = from;
          this.#ends[count] = to;
          this.#hashes[count] = mixed(laneA(a, rest), laneB(b, rest));
          count++;
          isField = true;
          break;
        }
        if (separator === SPACE && byte === QUOTE) return false;
        if (separator === SPACE && byte === TAB) {
          this.#separator = TAB;
          return false;
        }
        marks &= marks - 1;
      }
      if (isField) {
        if (to >= end) break;
        at = to + 1;
        if (separator === SPACE) while (this.#bytes[at] === SPACE) at++;
        from = at;
        a = SEED_A;
        b = SEED_B;
      } else {
        const product_a = Math.imul(a ^ word, factor_a);
        a = (product_a << 15) | (product_a >>> 17);
        const product_b = Math.imul(b ^ word, factor_b);
        b = (product_b << 13) | (product_b >>> 19);
        at += 4;
      }
    }
    this.#count = count;
    return true;
  }

  /** True for a place without a value, or with one that is as it must be. */
  #holds({ place, bytes, least, most }: Content): boolean {
    if (!this.#has(place)) return true;
    const start = this.#starts[place] as number;
    const end = this.#ends[place] as number;
    if (end - start < least || end - start > most) return false;
    for (let at = start; at < end; at++) if (bytes[this.#bytes[at] as number] === 0) return false;
    return true;
  }

  #has(place: number): boolean {
    if (place >= this.#count) return false;
    const start = this.#starts[place] as number;
    const length = (this.#ends[place] as number) - start;
    return length > 1 || (length === 1 && this.#bytes[start] !== DASH);
  }

  #putAll(row: number): void {
    const starts = this.#starts;
    const ends = this.#ends;
    for (const { put, place, sources } of this.#needed) {
      if (place === NO_PLACE) this.#putFirst(put, sources, row);
      else if (this.#has(place)) {
        put.text(this.#bytes, starts[place] as number, ends[place] as number, row, this.#hashes[place] as number);
      } else put.none(row);
    }
  }

  /** Puts the first of several texts that a line has. */
  #putFirst(put: PutText, sources: Layout['columns'][number], row: number): void {
    for (const { places, plusIsSpace } of sources) {
      if (!this.#hasAll(places)) continue;
      this.#putJoined(put, places, plusIsSpace, row);
      return;
    }
    put.none(row);
  }

  #hasAll(places: readonly number[]): boolean {
    for (const place of places) if (!this.#has(place)) return false;
    return true;
  }

  /** Puts fields with a space between them. */
  #putJoined(put: PutText, places: readonly number[], plusIsSpace: boolean, row: number): void {
    let length = 0;
    for (const place of places) {
      const start = this.#starts[place] as number;
      const end = this.#ends[place] as number;
      const needed = length + end - start + 1;
      if (needed > this.#scratch.length) this.#scratch = enlarged(this.#scratch, needed);
      if (length > 0) this.#scratch[length++] = SPACE;
      for (let at = start; at < end; at++) {
        const byte = this.#bytes[at] as number;
        this.#scratch[length++] = plusIsSpace && byte === PLUS ? SPACE : byte;
      }
    }
    put.text(this.#scratch, 0, length, row, hashOf(this.#scratch, 0, length));
  }
}

/** What a pattern such as `^[0-9]{1,3}$` takes; undefined for one of another shape. */
function contentOf(place: number, { source }: RegExp): Content | undefined {
  const { part } = readSyntax(source);
  if (part.type !== 'sequence' || part.parts.length !== 3) return undefined;
  const [start, repeat, end] = part.parts;
  if (start?.type !== 'start' || end?.type !== 'end' || repeat?.type !== 'repeat') return undefined;
  const { part: set, min, max } = repeat;
  if (set.type !== 'points') return undefined;
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => Number(byte < 0x80 && includes(set.points, byte)));
  return { place, bytes, least: min, most: max };
}
