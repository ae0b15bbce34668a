import { hashOf } from './hash.ts';

const NO_TEXT = 0;
const FIRST_SLOTS = 1024;
const FIRST_BYTES = 16 * 1024;
/** After so many texts it is decided whether most of them are new. */
const SAMPLE = 4096;

/**
 * The texts of one column, as UTF-8 in one buffer. Logs repeat: an id stands for a text, so that what depends on the text
 * alone is computed once. Id 0 is NULL. Equal texts have the same id unless most texts of the column are different, as
 * request ids are: then a search for an equal one does not pay, and each text gets a new id.
 */
export class Texts {
  #bytes = new Uint8Array(FIRST_BYTES);
  /** Where each text ends; the text with id n begins where the one before ends. */
  #ends = new Uint32Array(FIRST_SLOTS / 2);
  #hashes = new Int32Array(FIRST_SLOTS / 2);
  #slots = new Int32Array(FIRST_SLOTS);
  #decoded: (string | undefined)[] = [];
  #count = 0;
  #asked = 0;
  #isUnique = false;

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
    if (this.#isUnique) return this.#add(bytes, start, end, hash);
    if (++this.#asked === SAMPLE && this.#count > SAMPLE * 0.9) this.#isUnique = true;
    const mask = this.#slots.length - 1;
    const length = end - start;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const id = this.#slots[slot] as number;
      if (id === NO_TEXT) {
        const added = this.#add(bytes, start, end, hash);
        if (this.#count * 2 >= this.#slots.length) this.#rehash();
        else this.#slots[slot] = added;
        return added;
      }
      if (this.#hashes[id] !== hash) continue;
      const from = this.#ends[id - 1] as number;
      if ((this.#ends[id] as number) - from === length && isEqual(this.#bytes, from, bytes, start, length)) return id;
    }
  }

  /** The id of a text, 0 if there is none. In a column of unique texts only early ones are found. */
  find(text: string): number {
    const length = encode(text);
    const hash = hashOf(encoded, 0, length);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const id = this.#slots[slot] as number;
      if (id === NO_TEXT) return id;
      const from = this.#ends[id - 1] as number;
      const isHere = this.#hashes[id] === hash && (this.#ends[id] as number) - from === length;
      if (isHere && isEqual(this.#bytes, from, encoded, 0, length)) return id;
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
    const text = decode(this.#bytes, this.#ends[id - 1] as number, this.#ends[id] as number);
    this.#decoded[id] = text;
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

  #add(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const id = ++this.#count;
    if (id >= this.#ends.length) {
      this.#ends = enlarged(this.#ends, id + 1, Uint32Array);
      this.#hashes = enlarged(this.#hashes, id + 1, Int32Array);
    }
    const used = this.#ends[id - 1] as number;
    const needed = used + end - start;
    if (needed > this.#bytes.length) this.#bytes = enlarged(this.#bytes, needed, Uint8Array);
    if (end - start > 64) this.#bytes.set(bytes.subarray(start, end), used);
    else for (let at = start, to = used; at < end; at++, to++) this.#bytes[to] = bytes[at] as number;
    this.#ends[id] = needed;
    this.#hashes[id] = hash;
    return id;
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    const mask = this.#slots.length - 1;
    for (let id = 1; id <= this.#count; id++) {
      let slot = (this.#hashes[id] as number) & mask;
      while (this.#slots[slot] !== NO_TEXT) slot = (slot + 1) & mask;
      this.#slots[slot] = id;
    }
  }
}

function isEqual(a: Uint8Array, from: number, b: Uint8Array, start: number, length: number): boolean {
  for (let at = 0; at < length; at++) if (a[from + at] !== b[start + at]) return false;
  return true;
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

/** Short ASCII, which most texts are, is decoded faster without the decoder. */
function decode(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > 24) return decoder.decode(bytes.subarray(start, end));
  let text = '';
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte > 0x7f) return decoder.decode(bytes.subarray(start, end));
    text += String.fromCharCode(byte);
  }
  return text;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function enlarged<T extends Uint8Array | Uint32Array | Int32Array>(
  old: T,
  needed: number,
  Type: new (length: number) => T,
): T {
  const larger = new Type(Math.max(old.length * 2, needed));
  larger.set(old as never);
  return larger;
}
