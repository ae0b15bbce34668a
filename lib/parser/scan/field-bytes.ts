import { BRACKETED_TIME, PLAIN_QUOTED, QUOTED, SECONDS, STATUS } from './field-kinds.ts';

/* What the bytes of a field of each kind may be, from one position to another: see `kindExpression` in lib/formats/pattern.ts. */

const SPACE = 0x20;
const QUOTE = 0x22;
const DASH = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const EQUALS = 0x3d;
const BRACKET = 0x5b;
const MOST_DIGITS = 18;
const MOST_DECIMALS = 9;

/** True if a quote may close a quoted field: a space or nothing follows it. */
export function isClosing(bytes: Uint8Array, place: number, end: number): boolean {
  return place + 1 === end || bytes[place + 1] === SPACE;
}

/** False for a byte with which a field cannot begin. */
export function mayBegin(kind: number, byte: number): boolean {
  if (kind >= PLAIN_QUOTED) return byte === QUOTE;
  if (kind >= QUOTED) return byte === QUOTE || byte === DASH;
  if (kind === BRACKETED_TIME) return byte === BRACKET;
  if (kind >= STATUS && kind <= SECONDS) return byte === DASH || (byte >= ZERO && byte <= NINE);
  return true;
}

/** The end of the second word of a host id, which begins at `at`; -1 if the word is another field. */
export function secondHostIdEnd(bytes: Uint8Array, at: number, end: number): number {
  let word_end = at;
  while (word_end < end && bytes[word_end] !== SPACE) word_end++;
  if (word_end === at || bytes[word_end - 1] !== EQUALS) return -1;
  return word_end;
}

export function includesQuote(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] === QUOTE) return true;
  return false;
}

export function isNumber(bytes: Uint8Array, from: number, to: number): boolean {
  const length = to - from;
  if (length === 1 && bytes[from] === DASH) return true;
  return length > 0 && length <= MOST_DIGITS && areDigits(bytes, from, to);
}

export function isStatus(bytes: Uint8Array, from: number, to: number): boolean {
  return to - from === 3 ? areDigits(bytes, from, to) : to - from === 1 && bytes[from] === DASH;
}

export function isSeconds(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from === 1 && bytes[from] === DASH) return true;
  let dot = from;
  while (dot < to && bytes[dot] !== DOT) dot++;
  const decimals = to - dot - 1;
  if (dot === from || dot - from > MOST_DECIMALS || decimals < 1 || decimals > MOST_DECIMALS) return false;
  return areDigits(bytes, from, dot) && areDigits(bytes, dot + 1, to);
}

function areDigits(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number;
    if (byte < ZERO || byte > NINE) return false;
  }
  return true;
}

/** True for a clock of 00:00:00 to 23:59:59 at `at`. */
export function isClock(bytes: Uint8Array, at: number): boolean {
  if (bytes[at - 1] !== COLON || bytes[at + 2] !== COLON || bytes[at + 5] !== COLON) return false;
  const tens = bytes[at] as number;
  const hours = bytes[at + 1] as number;
  const isHour = tens === ZERO + 2 ? hours <= ZERO + 3 : tens >= ZERO && tens < ZERO + 2 && hours <= NINE;
  return isHour && hours >= ZERO && isSixtieth(bytes, at + 3) && isSixtieth(bytes, at + 6);
}

/** True for 00 to 59. */
function isSixtieth(bytes: Uint8Array, at: number): boolean {
  const tens = bytes[at] as number;
  const ones = bytes[at + 1] as number;
  return tens >= ZERO && tens <= ZERO + 5 && ones >= ZERO && ones <= NINE;
}

/** Where an address ends if a port follows it. */
export function withoutPort(bytes: Uint8Array, from: number, to: number): number {
  let at = to;
  while (at > from && (bytes[at - 1] as number) >= ZERO && (bytes[at - 1] as number) <= NINE) at--;
  return at < to && at > from && bytes[at - 1] === COLON ? at - 1 : to;
}
