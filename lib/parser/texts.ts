import { enlarged } from './enlarged.ts';
import { hashOf } from './hash.ts';

const NO_TEXT = 0;
const FIRST_SLOTS = 128;
const FIRST_BYTES = 2 * 1024;
/** After so many texts it is decided whether most of them are new. */
const SAMPLE = 4096;

/**
 * The texts of one column, as UTF-8 in one buffer. Logs repeat: an id stands for a text, so that what depends on the text
 * alone is computed once. Id 0 is NULL. Equal texts have the same id unless most texts of the column are different, as
 * request ids are: then a search for an equal one does not pay, and each text gets a new id.
 */
export class Texts {
  #bytes = new Uint8Array(FIRST_BYTES);
  #view = new DataView(this.#bytes.buffer);
  #buffer = Buffer.from(this.#bytes.buffer);
  /** Where each text ends; the text with id n begins where the one before ends. */
  #ends = new Uint32Array(FIRST_SLOTS / 2);
  /** Two numbers per slot: the hash of a text and its id. */
  #slots = new Int32Array(FIRST_SLOTS * 2);
  #mask = FIRST_SLOTS - 1;
  #decoded: (string | undefined)[] = [];
  #count = 0;
  #asked = 0;
  #isUnique = false;
  /** The bytes that a text was last looked for in, and a view of them. */
  #source: Uint8Array = this.#bytes;
  #source_view: DataView = this.#view;

  /** The number of ids; the highest one. */
  get size(): number {
    return this.#count;
  }

  /** Bytes that the texts take. */
  get size_bytes(): number {
    return this.#ends[this.#count] ?? 0;
  }

  /** True if equal texts may have different ids. */
  get isUnique(): boolean {
    return this.#isUnique;
  }

  /** The id of the text in `bytes` from `start` to `end`. `hash` is `hashOf` the same bytes. */
  intern(bytes: Uint8Array, start: number, end: number, hash: number): number {
    if (this.#isUnique) return this.#add(bytes, start, end);
    this.again(1);
    const at = this.#search(bytes, start, end, hash);
    const id = this.#slots[at + 1] as number;
    if (id !== NO_TEXT) return id;
    this.#slots[at] = hash;
    this.#slots[at + 1] = this.#count + 1;
    if (this.#count * 2 >= this.#mask) this.#rehash();
    return this.#add(bytes, start, end);
  }

  /** Counts texts that came again and were not looked for, because their ids were at hand. */
  again(times: number): void {
    if (this.#asked >= SAMPLE) return;
    this.#asked += times;
    if (this.#asked >= SAMPLE && this.#count > this.#asked * 0.9) this.#isUnique = true;
  }

  /** The id of a text, 0 if there is none. In a column of unique texts only early ones are found. */
  find(text: string): number {
    const length = encode(text);
    return this.#slots[this.#search(encoded, 0, length, hashOf(encoded, 0, length)) + 1] as number;
  }

  /** Where in `#slots` a text is, or has its place. */
  #search(bytes: Uint8Array, start: number, end: number, hash: number): number {
    if (bytes !== this.#source) {
      this.#source = bytes;
      this.#source_view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    const slots = this.#slots;
    const mask = this.#mask;
    const ends = this.#ends;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const id = slots[slot * 2 + 1] as number;
      if (id === NO_TEXT) return slot * 2;
      if (slots[slot * 2] !== hash) continue;
      const from = ends[id - 1] as number;
      const length = end - start;
      if ((ends[id] as number) - from !== length) continue;
      if (isEqual(this.#view, from, this.#source_view, start, length)) return slot * 2;
    }
  }

  /** The id of a text; NULL has id 0. */
  internText(text: string | null): number {
    if (text === null) return NO_TEXT;
    const length = encode(text);
    return this.intern(encoded, 0, length, hashOf(encoded, 0, length));
  }

  /** The text with an id; NULL for id 0. Invalid UTF-8 is U+FFFD. */
  text(id: number): string | null {
    if (id === NO_TEXT) return null;
    const known = this.#decoded[id];
    if (known !== undefined) return known;
    const text = decode(this.#buffer, this.#ends[id - 1] as number, this.#ends[id] as number);
    // Unique texts are hardly looked at again.
    if (!this.#isUnique) this.#decoded[id] = text;
    return text;
  }

  /** The bytes of a text, valid until the next text is added. */
  bytes(id: number): Uint8Array {
    return this.#bytes.subarray(this.#ends[id - 1], this.#ends[id]);
  }

  /** The buffer with all texts, and where the text with id n, from 1, ends in it; both valid until the next text is added. */
  get buffer(): { bytes: Uint8Array; ends: Uint32Array } {
    return { bytes: this.#bytes, ends: this.#ends };
  }

  /** Forgets all texts. Ids given so far have no meaning any more. */
  clear(): void {
    this.#slots.fill(NO_TEXT);
    this.#decoded = [];
    this.#count = 0;
    this.#asked = 0;
    this.#isUnique = false;
  }

  #add(bytes: Uint8Array, start: number, end: number): number {
    const id = ++this.#count;
    if (id >= this.#ends.length) this.#ends = enlarged(this.#ends, id + 1);
    const used = this.#ends[id - 1] as number;
    const needed = used + end - start;
    if (needed > this.#bytes.length) {
      this.#bytes = enlarged(this.#bytes, needed);
      this.#view = new DataView(this.#bytes.buffer);
      this.#buffer = Buffer.from(this.#bytes.buffer);
    }
    if (end - start > 64) this.#bytes.set(bytes.subarray(start, end), used);
    else for (let at = start, to = used; at < end; at++, to++) this.#bytes[to] = bytes[at] as number;
    this.#ends[id] = needed;
    return id;
  }

  /** Doubles the number of slots. */
  #rehash(): void {
    const old = this.#slots;
    const slots = new Int32Array(old.length * 2);
    const mask = this.#mask * 2 + 1;
    for (let at = 0; at < old.length; at += 2) {
      if (old[at + 1] === NO_TEXT) continue;
      let slot = (old[at] as number) & mask;
      while (slots[slot * 2 + 1] !== NO_TEXT) slot = (slot + 1) & mask;
      slots[slot * 2] = old[at] as number;
      slots[slot * 2 + 1] = old[at + 1] as number;
    }
    this.#slots = slots;
    this.#mask = mask;
  }
}

/** Compares four bytes at a time; the last four may overlap those before. */
function isEqual(a: DataView, from: number, b: DataView, start: number, length: number): boolean {
  if (length < 4) {
    for (let at = 0; at < length; at++) if (a.getUint8(from + at) !== b.getUint8(start + at)) return false;
    return true;
  }
  const last = length - 4;
  for (let at = 0; at < last; at += 4) {
    if (a.getInt32(from + at, true) !== b.getInt32(start + at, true)) return false;
  }
  return a.getInt32(from + last, true) === b.getInt32(start + last, true);
}

/** The bytes of the text that was encoded last. */
let encoded = new Uint8Array(1024);

/** Encodes a text into `encoded` and returns the number of bytes. Short ASCII, which most texts are, needs no encoder. */
function encode(text: string): number {
  if (text.length * 3 > encoded.length) encoded = new Uint8Array(text.length * 6);
  if (text.length > 64) return encoder.encodeInto(text, encoded).written;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit > 0x7f) return encoder.encodeInto(text, encoded).written;
    encoded[at] = unit;
  }
  return text.length;
}

const encoder = new TextEncoder();

/** Short ASCII, as numbers are, is decoded faster without the decoder. */
function decode(buffer: Buffer, start: number, end: number): string {
  if (end - start > 12) return buffer.toString('utf8', start, end);
  let text = '';
  let at = start;
  for (; at < end - 3; at += 4) {
    const [a, b] = [buffer[at] as number, buffer[at + 1] as number];
    const [c, d] = [buffer[at + 2] as number, buffer[at + 3] as number];
    if ((a | b | c | d) > 0x7f) return buffer.toString('utf8', start, end);
    text += String.fromCharCode(a, b, c, d);
  }
  for (; at < end; at++) {
    const byte = buffer[at] as number;
    if (byte > 0x7f) return buffer.toString('utf8', start, end);
    text += String.fromCharCode(byte);
  }
  return text;
}
