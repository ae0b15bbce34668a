import { type Format, hasFieldColumns, type TrailingFields } from '../../formats/format.ts';
import { kindExpression } from '../../formats/pattern.ts';
import { FACTOR_A, FACTOR_B, hashOf, laneA, laneB, lanesOf, mixed, SEED_A, SEED_B, wideHash } from '../hash.ts';
import type { Texts } from '../texts.ts';
import {
  includesQuote,
  isClock,
  isClosing,
  isNumber,
  isSeconds,
  isStatus,
  mayBegin,
  secondHostIdEnd,
  withoutPort,
} from './field-bytes.ts';
import {
  ADDRESS_PORT,
  BRACKETED_TIME,
  CLOSED_QUOTED,
  fieldKinds,
  HOST_ID,
  isPlain,
  LAST_QUOTED,
  NUMBER,
  PLAIN_QUOTED,
  PRINCIPAL,
  QUOTED,
  SECONDS,
  STATUS,
} from './field-kinds.ts';
import { nextAfterQuoted, nextAfterToken } from './same-field.ts';

const SPACE = 0x20;
const QUOTE = 0x22;
const DASH = 0x2d;
const BACKSLASH = 0x5c;

/** `[06/Oct/2026:00:00:38 +0000]`, and the value of the other time without ` GMT`. */
const BRACKETED_BYTES = 28;
const HTTP_BYTES = 25;
const BRACKETED = new RegExp(`^${kindExpression('bracketed_time')}$`);
const HTTP = new RegExp(`^${kindExpression('http_time')}$`);
/** How many words may follow the first one of a principal. */
const MORE_WORDS = 8;

/*
Four bytes are read at once, as a little-endian word. In `(word - 0x23232323) & ~word & 0x80808080` the highest bit is set of
each byte below 0x23: space, quote, control characters, `!`; bytes above such a byte may be marked wrongly. The quotes alone
are the zero bytes of `word ^ 0x22222222`.
*/
const MARKS = 0x80808080 | 0;

/** Numbers of a field in `numbers`: where its text is; the end of a bare `-` in place of a quoted field is -1. */
export const START = 0;
export const END = 1;
/** The two lanes of the hash of its text; see lib/parser/hash.ts. */
const LANE_A = 2;
const LANE_B = 3;
/** The id of its text, 0 for NULL and for a field that nobody needs. */
export const ID = 4;
/** How long a text is that may be found again in the next line, -1 for one that may not. */
const REUSABLE = 5;
/** How often it was found again since texts were last told. */
const AGAIN = 6;
export const NUMBERS = 7;

/**
 * Finds the fields of a line as `linePattern` does. At each place where the pattern has a choice it takes the first one that
 * does not fail at once; if the rest of the line does not fit then, it gives up, and the pattern itself has to look. Most
 * texts are those of the line before, which takes less time to see than to find where they end.
 */
export class FieldWalk {
  /** `NUMBERS` of them per field. */
  readonly numbers: Int32Array;
  /** How many fields the line has. */
  found = 0;
  line_hash = 0;

  readonly #kinds: Uint8Array;
  /** Where the texts of each field are kept; undefined for a field that nobody needs. */
  readonly #texts: readonly (Texts | undefined)[];
  readonly #empty_is_null: boolean;
  readonly #required: number;
  readonly #trailing: TrailingFields;
  readonly #is_plain: boolean;
  readonly #last_quoted: number;
  readonly #principal: number;
  /** The first quoted field after the principal. */
  readonly #after_principal: number;
  /** The last day and zone of a bracketed time, as words. */
  readonly #day = new Int32Array(5);

  constructor(format: Format, texts: readonly (Texts | undefined)[]) {
    this.#kinds = fieldKinds(format);
    this.#texts = texts;
    this.#empty_is_null = !hasFieldColumns(format);
    const count = this.#kinds.length;
    this.numbers = new Int32Array(count * NUMBERS);
    this.forget(false);
    this.#required = format.required_fields;
    this.#trailing = format.trailing_fields;
    this.#is_plain = isPlain(format);
    this.#last_quoted = this.#kinds.indexOf(LAST_QUOTED);
    this.#principal = this.#kinds.indexOf(PRINCIPAL);
    this.#after_principal =
      this.#principal === -1 ? -1 : this.#kinds.findIndex((kind, index) => kind >= QUOTED && index > this.#principal);
  }

  /** Forgets the line before, when its bytes are gone. Texts that are still there are told how often they came again. */
  forget(has_texts: boolean): void {
    const { numbers } = this;
    for (let field = 0, offset = 0; offset < numbers.length; field++, offset += NUMBERS) {
      numbers[offset + REUSABLE] = -1;
      if (has_texts) this.#texts[field]?.again(numbers[offset + AGAIN] as number);
      numbers[offset + AGAIN] = 0;
    }
  }

  /** True if it found the fields of the line in `bytes`, over which `view` is. At least 8 bytes follow `end`. */
  walk(bytes: Uint8Array, view: DataView, start: number, end: number): boolean {
    const { numbers } = this;
    const kinds = this.#kinds;
    const count = kinds.length;
    const texts = this.#texts;
    const empty_is_null = this.#empty_is_null;
    const is_plain = this.#is_plain;
    const factor_a = FACTOR_A;
    const factor_b = FACTOR_B;
    /** True while a later quote may turn out to close the last quoted field. */
    let may_extend = false;
    let more_words = 0;
    let field = 0;
    let at = start;
    line: for (;;) {
      const kind = kinds[field] as number;
      const offset = field * NUMBERS;
      const reusable = numbers[offset + REUSABLE] as number;
      let a = SEED_A;
      let b = SEED_B;
      let from = at;
      let to = at;
      let next = -1;
      let isReusable = kind < BRACKETED_TIME || kind >= QUOTED;
      if (reusable !== -1) {
        const last = numbers[offset + START] as number;
        next =
          kind < BRACKETED_TIME
            ? nextAfterToken(bytes, view, kind, last, reusable, at, end, may_extend)
            : nextAfterQuoted(bytes, view, kind, last, reusable, at, end, kinds[field + 1] as number);
      }
      const isAgain = next !== -1;
      if (isAgain) {
        if (kind >= QUOTED) {
          from = at + 1;
          may_extend = kind === LAST_QUOTED;
        }
        to = from + reusable;
        numbers[offset + AGAIN] = (numbers[offset + AGAIN] as number) + 1;
      } else if (kind < BRACKETED_TIME) {
        token: for (let place = at; ; place += 4) {
          const word = view.getInt32(place, true);
          let marks = ((word - 0x23232323) | 0) & ~word & MARKS;
          while (marks !== 0) {
            const shift = 24 - Math.clz32(marks & -marks);
            const byte = (word >>> shift) & 0xff;
            to = place + (shift >>> 3);
            if (byte === SPACE || to >= end) {
              const rest = (word & ((1 << shift) - 1)) | ((to - from) << 24);
              const last_a = Math.imul(a ^ rest, factor_a);
              a = (last_a << 15) | (last_a >>> 17);
              const last_b = Math.imul(b ^ rest, factor_b);
              b = (last_b << 13) | (last_b >>> 19);
              break token;
            }
            if (byte === QUOTE) {
              if (is_plain) return false;
              if (may_extend && isClosing(bytes, to, end)) {
                may_extend = false;
                field = this.#last_quoted + 1;
                at = this.#extendLastQuoted(bytes, to, end);
                if (at > end) break line;
                continue line;
              }
            }
            marks &= marks - 1;
          }
          const product_a = Math.imul(a ^ word, factor_a);
          a = (product_a << 15) | (product_a >>> 17);
          const product_b = Math.imul(b ^ word, factor_b);
          b = (product_b << 13) | (product_b >>> 19);
        }
        if (kind > ADDRESS_PORT) {
          if (kind === NUMBER) {
            if (!isNumber(bytes, from, to)) return false;
          } else if (kind === STATUS) {
            if (!isStatus(bytes, from, to)) return false;
          } else if (kind === SECONDS) {
            if (!isSeconds(bytes, from, to)) return false;
          } else if (kind === HOST_ID) {
            const second_end = to < end ? secondHostIdEnd(bytes, to + 1, end) : -1;
            if (second_end !== -1) {
              if (is_plain && includesQuote(bytes, to, second_end)) return false;
              to = second_end;
              isReusable = false;
              const lanes = lanesOf(bytes, from, to);
              a = lanes.a;
              b = lanes.b;
            }
          }
        }
        next = to;
      } else if (kind >= QUOTED) {
        if (bytes[at] !== QUOTE) {
          const isBare = bytes[at] === DASH && (bytes[at + 1] === SPACE || at + 1 === end);
          if (kind <= LAST_QUOTED && isBare) {
            to = -1;
            isReusable = false;
            a = ~a;
            b = ~b;
            next = at + 1;
          } else {
            // Another word may belong to the principal.
            if (field !== this.#after_principal || more_words === MORE_WORDS) return false;
            more_words++;
            at = this.#extendPrincipal(bytes, end);
            if (at === -1) return false;
            field = this.#principal + 1;
            continue;
          }
        } else {
          from = at + 1;
          quoted: for (let place = from; ; place += 4) {
            const word = view.getInt32(place, true);
            const zeroed = word ^ 0x22222222;
            let marks = ((zeroed - 0x01010101) | 0) & ~zeroed & MARKS;
            while (marks !== 0) {
              const shift = 24 - Math.clz32(marks & -marks);
              to = place + (shift >>> 3);
              if (to >= end) return false;
              const isQuote = ((word >>> shift) & 0xff) === QUOTE;
              const isClosed =
                kind !== QUOTED
                  ? kind >= PLAIN_QUOTED || isClosing(bytes, to, end)
                  : bytes[to + 1] === SPACE && mayBegin(kinds[field + 1] as number, bytes[to + 2] as number);
              if (isQuote && isClosed) {
                const rest = (word & ((1 << shift) - 1)) | ((to - from) << 24);
                const last_a = Math.imul(a ^ rest, factor_a);
                a = (last_a << 15) | (last_a >>> 17);
                const last_b = Math.imul(b ^ rest, factor_b);
                b = (last_b << 13) | (last_b >>> 19);
                break quoted;
              }
              marks &= marks - 1;
            }
            if (place >= end) return false;
            const product_a = Math.imul(a ^ word, factor_a);
            a = (product_a << 15) | (product_a >>> 17);
            const product_b = Math.imul(b ^ word, factor_b);
            b = (product_b << 13) | (product_b >>> 19);
          }
          if (kind === CLOSED_QUOTED && to > from && bytes[to - 1] === BACKSLASH) return false;
          may_extend = kind === LAST_QUOTED;
          next = to + 1;
        }
      } else if (kind === BRACKETED_TIME) {
        next = at + BRACKETED_BYTES;
        if (next > end || !this.#isBracketedTime(bytes, view, at)) return false;
        from = at + 1;
        to = next - 1;
        for (let place = at; place < next; place += 4) {
          const word = view.getInt32(place, true);
          a = laneA(a, word);
          b = laneB(b, word);
        }
      } else {
        to = at + HTTP_BYTES;
        next = to + ' GMT'.length;
        if (next > end || !HTTP.test(latin1(bytes, at, next))) return false;
        const lanes = lanesOf(bytes, from, to);
        a = lanes.a;
        b = lanes.b;
      }
      numbers[offset + START] = from;
      numbers[offset + END] = to;
      if (!isAgain) {
        numbers[offset + LANE_A] = a;
        numbers[offset + LANE_B] = b;
        const text = texts[field];
        if (text === undefined) {
          numbers[offset + REUSABLE] = isReusable ? to - from : -1;
        } else if (to === -1 || (empty_is_null && to === from)) {
          numbers[offset + ID] = 0;
          numbers[offset + REUSABLE] = isReusable ? 0 : -1;
        } else {
          numbers[offset + ID] =
            kind === ADDRESS_PORT
              ? this.#internAddress(text, bytes, from, to)
              : text.intern(bytes, from, to, mixed(a, b));
          numbers[offset + REUSABLE] = isReusable && !text.isUnique ? to - from : -1;
        }
      }
      field++;
      at = next + 1;
      if (next === end) break;
      if (bytes[next] !== SPACE) return false;
      if (field < count) continue;
      const extended = may_extend ? this.#extendLastQuoted(bytes, at, end) : -1;
      if (extended === -1) break;
      may_extend = false;
      field = this.#last_quoted + 1;
      at = extended;
      if (at > end || field === count) break;
    }
    if (field < this.#required) return false;
    this.found = field;
    return this.#endWithRest(bytes, start, at, end);
  }

  /** Checks what follows the last field, from `rest` if the line goes on there, and computes the hash of the line. */
  #endWithRest(bytes: Uint8Array, start: number, rest: number, end: number): boolean {
    const { numbers } = this;
    const factor_a = FACTOR_A;
    const factor_b = FACTOR_B;
    let a = SEED_A;
    let b = SEED_B;
    for (let at = this.found * NUMBERS - NUMBERS; at >= 0; at -= NUMBERS) {
      const product_a = Math.imul(a ^ (numbers[at + LANE_A] as number), factor_a);
      a = (product_a << 15) | (product_a >>> 17);
      const product_b = Math.imul(b ^ (numbers[at + LANE_B] as number), factor_b);
      b = (product_b << 13) | (product_b >>> 19);
    }
    if (rest <= end) {
      if (this.#trailing === 'none') return false;
      if (this.#trailing === 'unquoted' && this.#is_plain && includesQuote(bytes, rest, end)) return false;
      const lanes = lanesOf(bytes, rest, end);
      a = laneA(a, lanes.a);
      b = laneB(b, lanes.b);
    }
    const length = end - start;
    this.line_hash = wideHash(laneA(a, length), laneB(b, length));
    return true;
  }

  /**
   * Moves the end of the last quoted field to the last quote that may close it, from `from` on. Returns where the next field
   * begins, beyond `end` if none does; -1 if there is no such quote.
   */
  #extendLastQuoted(bytes: Uint8Array, from: number, end: number): number {
    for (let place = end - 1; place >= from; place--) {
      if (bytes[place] === QUOTE && isClosing(bytes, place, end)) {
        this.#moveEnd(this.#last_quoted, bytes, place, true);
        return place + 2;
      }
    }
    return -1;
  }

  /** Adds a word to the principal, which must be an ARN. Returns where the next field begins; -1 if there is no such word. */
  #extendPrincipal(bytes: Uint8Array, end: number): number {
    const offset = this.#principal * NUMBERS;
    const from = this.numbers[offset + START] as number;
    const to = this.numbers[offset + END] as number;
    if (to - from < 4 || latin1(bytes, from, from + 4) !== 'arn:') return -1;
    let word_end = to + 1;
    while (word_end < end && bytes[word_end] !== SPACE) word_end++;
    if (word_end >= end || word_end === to + 1 || includesQuote(bytes, from, word_end)) return -1;
    this.#moveEnd(this.#principal, bytes, word_end, false);
    return word_end + 1;
  }

  #moveEnd(field: number, bytes: Uint8Array, end: number, isReusable: boolean): void {
    const { numbers } = this;
    const offset = field * NUMBERS;
    const start = numbers[offset + START] as number;
    const { a, b } = lanesOf(bytes, start, end);
    const texts = this.#texts[field];
    numbers[offset + END] = end;
    numbers[offset + LANE_A] = a;
    numbers[offset + LANE_B] = b;
    numbers[offset + ID] = texts?.intern(bytes, start, end, mixed(a, b)) ?? 0;
    numbers[offset + REUSABLE] = isReusable && !texts?.isUnique ? end - start : -1;
  }

  /** An address without the port after it. */
  #internAddress(texts: Texts, bytes: Uint8Array, from: number, to: number): number {
    const address_end = withoutPort(bytes, from, to);
    if (this.#empty_is_null && address_end === from) return 0;
    return texts.intern(bytes, from, address_end, hashOf(bytes, from, address_end));
  }

  /** `[06/Oct/2026:00:00:38 +0000]`. Most times have the day and the zone of the one before. */
  #isBracketedTime(bytes: Uint8Array, view: DataView, at: number): boolean {
    const day = this.#day;
    const isAsBefore =
      view.getInt32(at, true) === day[0] &&
      view.getInt32(at + 4, true) === day[1] &&
      view.getInt32(at + 8, true) === day[2] &&
      (view.getInt32(at + 20, true) & ~0xff) === day[3] &&
      view.getInt32(at + 24, true) === day[4];
    if (isAsBefore) return isClock(bytes, at + 13);
    if (!BRACKETED.test(latin1(bytes, at, at + BRACKETED_BYTES))) return false;
    day[0] = view.getInt32(at, true);
    day[1] = view.getInt32(at + 4, true);
    day[2] = view.getInt32(at + 8, true);
    day[3] = view.getInt32(at + 20, true) & ~0xff;
    day[4] = view.getInt32(at + 24, true);
    return true;
  }
}

/** Bytes as a text of as many characters, for ASCII. */
function latin1(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1');
}
