import { type Format, type JsonPath, rawColumns } from '../../formats/format.ts';
import { type JsonNode, jsonTree } from '../exact/json.ts';
import { type JsonPlace, jsonSources } from '../exact/json-sources.ts';
import { FACTOR_A, FACTOR_B, hashOf, laneA, laneB, mixed, SEED_A, SEED_B } from '../hash.ts';
import type { FastReader } from './fast-reader.ts';
import { ignoredStarts } from './ignored-starts.ts';
import { afterEscape, afterSpace, afterWord, NO } from './json-bytes.ts';
import { lineHashIn } from './line-hash.ts';
import type { RawRows } from './raw-rows.ts';
import { type PutText, putters } from './row-texts.ts';

const [QUOTE, BACKSLASH, COMMA, COLON, SPACE, TAB, DASH] = [0x22, 0x5c, 0x2c, 0x3a, 0x20, 0x09, 0x2d];
const [OBJECT, OBJECT_END, ARRAY, ARRAY_END, LETTER_N] = [0x7b, 0x7d, 0x5b, 0x5d, 0x6e];

/*
Four bytes are read at once, as a little-endian word. In `(word - 0x20202020) & ~word & MARKS` the highest bit is set of each
byte below 0x20, and in `(word - 0x01010101) & ~word & MARKS` of each zero byte; bytes above such a one may be set wrongly,
so the lowest one counts.
*/
const MARKS = 0x80808080 | 0;
const QUOTES = 0x22222222;
const BACKSLASHES = 0x5c5c5c5c;

/** Deeper lines are left to the exact reader. */
const MOST_DEPTH = 64;
/** How many keys are remembered: a log that invents keys must not fill the memory. */
const MOST_KEYS = 4096;
const NO_TEXT = 0x7fffffff;

/** Keys whose value may be a line: Docker's and journald's. */
const CARRYING_PATHS: readonly JsonPath[] = [['log'], ['MESSAGE']];

/** A key as lines have it, with its quotes and the colon. */
interface Key {
  parent: JsonNode | undefined;
  length: number;
  /** Its bytes; the mask is that of the last word, which may have further ones. */
  words: Int32Array;
  mask: number;
  /** What is wanted at its value. */
  node: JsonNode | undefined;
  /** The key that came after it last time. */
  next: Key | undefined;
}

/** A column that takes the text at a path, unless it has one with a lower number. */
interface Use {
  column: number;
  order: number;
  beside: number | undefined;
}

/**
 * Reads JSON lines. Most lines have the keys of the line before in the same order, so that each is only compared. A line is
 * taken if it is certainly valid JSON; equal keys, keys with escapes, half characters and what may be an envelope are left to
 * the exact reader. Undefined for formats that also have fields or patterns.
 */
export function jsonReader(format: Format, rows: RawRows): FastReader | undefined {
  const { json, fields, patterns, header } = format;
  if (Object.keys(json).length === 0 || fields.length > 0 || patterns.length > 0) return undefined;
  if (!header && ignoredStarts(format)?.[OBJECT] !== 0) return undefined;
  return new JsonReader(format, rows);
}

class JsonReader implements FastReader {
  readonly #rows: RawRows;
  readonly #puts: readonly PutText[];
  readonly #needed: Int32Array;
  /** Who takes the text at each path. */
  readonly #uses: readonly (readonly Use[])[];
  /** 1 for paths whose text may be a line in an envelope. */
  readonly #carries: Uint8Array;
  /** True if `-` is no text. */
  readonly #dashIsNull: boolean;
  readonly #root: JsonNode;
  /** The number of the line in which a node was met, or a path had a text, last. */
  readonly #met: Int32Array;
  readonly #found: Int32Array;
  readonly #order: Int32Array;
  readonly #start: Int32Array;
  readonly #end: Int32Array;
  readonly #escaped: Uint8Array;
  readonly #hash: Int32Array;
  /** Texts that count only beside another one, with who takes them. */
  #waiting: { use: Use; start: number; end: number; escaped: number; hash: number }[] = [];
  readonly #keys = new Map<JsonNode, Map<string, Key>>();
  #key_count = 0;
  readonly #firstKey: Key = {
    parent: undefined,
    length: 0,
    words: new Int32Array(),
    mask: 0,
    node: undefined,
    next: undefined,
  };
  #lastKey = this.#firstKey;
  #line = 0;
  #bytes: Uint8Array = new Uint8Array();
  #view: DataView = new DataView(new ArrayBuffer(0));
  #line_end = 0;
  /** 1 if the string that was passed last has escapes; else its hash. */
  #hasEscapes = 0;
  #string_hash = 0;

  constructor(format: Format, rows: RawRows) {
    const columns = rawColumns(format);
    const { paths, sources } = jsonSources(format, columns);
    const isKnown = (path: JsonPath) => paths.some((known) => known.length === 1 && known[0] === path[0]);
    const carrying = format.envelopes ? CARRYING_PATHS.filter((path) => !isKnown(path)) : [];
    const all = [...paths, ...carrying];
    const { root, nodes } = jsonTree(all);
    this.#rows = rows;
    this.#puts = putters(rows);
    this.#needed = Int32Array.from(rows.columns.flatMap(({ is_needed }, column) => (is_needed ? [column] : [])));
    this.#uses = usesOf(all.length, sources, rows);
    this.#carries = Uint8Array.from(all, (path) =>
      Number(format.envelopes && path.length === 1 && (path[0] === 'log' || path[0] === 'MESSAGE')),
    );
    this.#dashIsNull = format.header !== undefined;
    this.#root = root;
    this.#met = new Int32Array(nodes);
    this.#found = new Int32Array(all.length);
    this.#order = new Int32Array(columns.length);
    this.#start = new Int32Array(columns.length);
    this.#end = new Int32Array(columns.length);
    this.#escaped = new Uint8Array(columns.length);
    this.#hash = new Int32Array(columns.length);
  }

  read(bytes: Uint8Array, start: number, end: number, row: number): boolean {
    if (bytes[start] !== OBJECT) return false;
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    this.#line_end = end;
    this.#line = (this.#line + 1) | 0;
    this.#order.fill(NO_TEXT);
    this.#waiting.length = 0;
    this.#lastKey = this.#firstKey;
    const after = this.#members(start, this.#root, 0);
    if (after === NO || afterSpace(this.#bytes, after) !== end) return false;
    for (const { use, start: from, end: to, escaped, hash } of this.#waiting) {
      if (use.beside !== undefined && this.#found[use.beside] === this.#line) this.#take(use, from, to, escaped, hash);
    }
    this.#rows.clock_ms[row] = 0;
    for (const column of this.#needed) this.#put(column, row);
    this.#rows.line_hash[row] = lineHashIn(this.#view, start, end);
    return true;
  }

  #put(column: number, row: number): void {
    const put = this.#puts[column] as PutText;
    const start = this.#start[column] as number;
    const end = this.#end[column] as number;
    if (this.#order[column] === NO_TEXT) put.none(row);
    else if (this.#escaped[column] === 1) {
      const text = JSON.parse(decoder.decode(this.#bytes.subarray(start - 1, end + 1)));
      const bytes = Buffer.from(text);
      if (this.#dashIsNull && text === '-') put.none(row);
      else put.text(bytes, 0, bytes.length, row, hashOf(bytes, 0, bytes.length));
    } else if (this.#dashIsNull && end - start === 1 && this.#bytes[start] === DASH) put.none(row);
    else put.text(this.#bytes, start, end, row, this.#hash[column] as number);
  }

  /** Reads an object from its brace on: the position after it. `node` says what is wanted in it. */
  #members(start: number, node: JsonNode | undefined, depth: number): number {
    const bytes = this.#bytes;
    let at = afterSpace(this.#bytes, start + 1);
    if (bytes[at] === OBJECT_END) return at + 1;
    if (depth > MOST_DEPTH) return NO;
    for (;;) {
      let child: JsonNode | undefined;
      if (node === undefined) at = this.#passKey(at);
      else {
        const key = this.#keyAt(at, node);
        if (key === undefined) return NO;
        at += key.length;
        child = key.node;
      }
      if (at === NO) return NO;
      if (child !== undefined) {
        if (this.#met[child.number] === this.#line) return NO;
        this.#met[child.number] = this.#line;
      }
      at = this.#value(afterSpace(this.#bytes, at), child, depth);
      if (at === NO) return NO;
      at = afterSpace(this.#bytes, at);
      if (bytes[at] === OBJECT_END) return at + 1;
      if (bytes[at] !== COMMA) return NO;
      at = afterSpace(this.#bytes, at + 1);
    }
  }

  #elements(start: number, node: JsonNode | undefined, depth: number): number {
    const bytes = this.#bytes;
    let at = afterSpace(this.#bytes, start + 1);
    if (bytes[at] === ARRAY_END) return at + 1;
    if (depth > MOST_DEPTH) return NO;
    for (let position = 0; ; position++) {
      const child = node?.positions.get(position);
      at = this.#value(at, child, depth);
      if (at === NO) return NO;
      at = afterSpace(this.#bytes, at);
      if (bytes[at] === ARRAY_END) return at + 1;
      if (bytes[at] !== COMMA) return NO;
      at = afterSpace(this.#bytes, at + 1);
    }
  }

  #value(at: number, node: JsonNode | undefined, depth: number): number {
    const byte = this.#bytes[at] as number;
    if (byte === QUOTE) {
      const after = this.#string(at);
      const slot = node?.slot;
      if (slot !== undefined && after > at + 2) {
        if (this.#carries[slot] === 1 && this.#mayBeObject(at + 1)) return NO;
        this.#find(slot, at + 1, after - 1, this.#hasEscapes, this.#string_hash);
      }
      return after;
    }
    if (byte === OBJECT) return this.#members(at, node?.keys.size ? node : undefined, depth + 1);
    if (byte === ARRAY) return this.#elements(at, node?.positions.size ? node : undefined, depth + 1);
    const after = afterWord(this.#bytes, at);
    const slot = node?.slot;
    if (slot !== undefined && after !== NO && byte !== LETTER_N) {
      this.#find(slot, at, after, 0, hashOf(this.#bytes, at, after));
    }
    return after;
  }

  /** A text at a path that is not empty. */
  #find(slot: number, start: number, end: number, escaped: number, hash: number): void {
    this.#found[slot] = this.#line;
    for (const use of this.#uses[slot] as readonly Use[]) {
      if (use.beside === undefined) this.#take(use, start, end, escaped, hash);
      else this.#waiting.push({ use, start, end, escaped, hash });
    }
  }

  #take({ column, order }: Use, start: number, end: number, escaped: number, hash: number): void {
    if (order >= (this.#order[column] as number)) return;
    this.#order[column] = order;
    this.#start[column] = start;
    this.#end[column] = end;
    this.#escaped[column] = escaped;
    this.#hash[column] = hash;
  }

  #mayBeObject(at: number): boolean {
    const byte = this.#bytes[at];
    return byte === OBJECT || byte === SPACE || byte === TAB || byte === BACKSLASH;
  }

  /** The key at a position: the one that was expected, or another. Undefined if there is none. */
  #keyAt(at: number, node: JsonNode): Key | undefined {
    const expected = this.#lastKey.next;
    if (expected !== undefined && expected.parent === node && this.#isKey(expected, at)) {
      this.#lastKey = expected;
      return expected;
    }
    const end = this.#passKey(at);
    if (end === NO || this.#hasEscapes === 1) return undefined;
    const key = this.#keyOf(node, this.#bytes.slice(at, end));
    if (this.#key_count < MOST_KEYS) {
      this.#lastKey.next = key;
      this.#lastKey = key;
    }
    return key;
  }

  #keyOf(parent: JsonNode, bytes: Uint8Array): Key {
    const written = decoder.decode(bytes);
    const keys = this.#keys.get(parent) ?? new Map<string, Key>();
    this.#keys.set(parent, keys);
    const known = keys.get(written);
    if (known) return known;
    const name = written.slice(1, written.lastIndexOf('"'));
    const padded = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
    padded.set(bytes);
    const unused = padded.length - bytes.length;
    const key: Key = {
      parent,
      length: bytes.length,
      words: new Int32Array(padded.buffer),
      mask: -1 >>> (8 * unused),
      node: parent.keys.get(name),
      next: undefined,
    };
    if (this.#key_count < MOST_KEYS) {
      this.#key_count++;
      keys.set(written, key);
    }
    return key;
  }

  /** The position after a key and its colon. */
  #passKey(at: number): number {
    if (this.#bytes[at] !== QUOTE) return NO;
    const end = this.#string(at);
    if (end === NO) return NO;
    const colon = afterSpace(this.#bytes, end);
    return this.#bytes[colon] === COLON ? colon + 1 : NO;
  }

  /** The position after a string. */
  #string(start: number): number {
    const view = this.#view;
    const factor_a = FACTOR_A;
    const factor_b = FACTOR_B;
    let a = SEED_A;
    let b = SEED_B;
    for (let at = start + 1; ; at += 4) {
      const word = view.getInt32(at, true);
      const quotes = word ^ QUOTES;
      const backslashes = word ^ BACKSLASHES;
      const marks =
        (((word - 0x20202020) & ~word) |
          ((quotes - 0x01010101) & ~quotes) |
          ((backslashes - 0x01010101) & ~backslashes)) &
        MARKS;
      if (marks !== 0) {
        const shift = 24 - Math.clz32(marks & -marks);
        const to = at + (shift >>> 3);
        const byte = (word >>> shift) & 0xff;
        if (byte !== QUOTE) return byte === BACKSLASH ? this.#escapedString(to) : NO;
        const rest = (word & ((1 << shift) - 1)) | ((to - start - 1) << 24);
        this.#hasEscapes = 0;
        this.#string_hash = mixed(laneA(a, rest), laneB(b, rest));
        return to + 1;
      }
      const product_a = Math.imul(a ^ word, factor_a);
      a = (product_a << 15) | (product_a >>> 17);
      const product_b = Math.imul(b ^ word, factor_b);
      b = (product_b << 13) | (product_b >>> 19);
    }
  }

  /** The position after a string, from its first backslash on. */
  #escapedString(start: number): number {
    this.#hasEscapes = 1;
    for (let at = start; ; ) {
      const byte = this.#bytes[at] as number;
      if (byte === QUOTE) return at + 1;
      if (byte < SPACE) return NO;
      if (byte !== BACKSLASH) at++;
      else {
        at = afterEscape(this.#bytes, at);
        if (at === NO) return NO;
      }
    }
  }

  #isKey({ length, words, mask }: Key, at: number): boolean {
    if (at + length > this.#line_end) return false;
    const view = this.#view;
    const last = words.length - 1;
    for (let index = 0; index < last; index++) if (view.getInt32(at + 4 * index, true) !== words[index]) return false;
    return (view.getInt32(at + 4 * last, true) & mask) === words[last];
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** For each path the needed columns that look there. */
function usesOf(paths: number, sources: readonly (readonly JsonPlace[])[], rows: RawRows): Use[][] {
  const uses = Array.from({ length: paths }, (): Use[] => []);
  for (const [column, places] of sources.entries()) {
    if (!rows.columns[column]?.is_needed) continue;
    for (const [order, { slot, beside }] of places.entries()) uses[slot]?.push({ column, order, beside });
  }
  return uses;
}
