/* The parts of JSON that have no members: where each ends, or NO if it is not valid (RFC 8259). */

const [BACKSLASH, SPACE, TAB, DASH, PLUS, DOT, ZERO, NINE] = [0x5c, 0x20, 0x09, 0x2d, 0x2b, 0x2e, 0x30, 0x39];
const [LETTER_E, LETTER_U] = [0x65, 0x75];
const [TRUE, FALSE, NULL] = ['true', 'false', 'null'].map((word) => Buffer.from(word)) as [Buffer, Buffer, Buffer];
const SHORT_ESCAPES = [...Buffer.from('"\\/bfnrt')];

/** In place of a position: it is not valid. */
export const NO = -1;

/** The position after spaces. */
export function afterSpace(bytes: Uint8Array, start: number): number {
  let at = start;
  while (bytes[at] === SPACE || bytes[at] === TAB) at++;
  return at;
}

/** The position after a number, true, false or null. */
export function afterWord(bytes: Uint8Array, start: number): number {
  const byte = bytes[start];
  if (byte === TRUE[0]) return isAt(bytes, TRUE, start) ? start + 4 : NO;
  if (byte === FALSE[0]) return isAt(bytes, FALSE, start) ? start + 5 : NO;
  if (byte === NULL[0]) return isAt(bytes, NULL, start) ? start + 4 : NO;
  let at = byte === DASH ? start + 1 : start;
  at = bytes[at] === ZERO ? at + 1 : afterDigits(bytes, at);
  if (at !== NO && bytes[at] === DOT) at = afterDigits(bytes, at + 1);
  if (at !== NO && ((bytes[at] as number) | 0x20) === LETTER_E) {
    const sign = bytes[at + 1];
    at = afterDigits(bytes, sign === PLUS || sign === DASH ? at + 2 : at + 1);
  }
  return at;
}

/** The position after at least one digit. */
function afterDigits(bytes: Uint8Array, start: number): number {
  let at = start;
  while ((bytes[at] as number) >= ZERO && (bytes[at] as number) <= NINE) at++;
  return at === start ? NO : at;
}

/** The position after an escape; two halves of a character are one. */
export function afterEscape(bytes: Uint8Array, at: number): number {
  const letter = bytes[at + 1] as number;
  if (letter !== LETTER_U) return SHORT_ESCAPES.includes(letter) ? at + 2 : NO;
  const code = hexAt(bytes, at + 2);
  if (code < 0xd800 || code > 0xdfff) return code === NO ? NO : at + 6;
  if (code > 0xdbff || bytes[at + 6] !== BACKSLASH || bytes[at + 7] !== LETTER_U) return NO;
  const low = hexAt(bytes, at + 8);
  return low >= 0xdc00 && low <= 0xdfff ? at + 12 : NO;
}

/** The number of four hexadecimal digits. */
function hexAt(bytes: Uint8Array, start: number): number {
  let code = 0;
  for (let at = start; at < start + 4; at++) {
    const byte = bytes[at] as number;
    const letter = byte | 0x20;
    if (byte >= ZERO && byte <= NINE) code = code * 16 + byte - ZERO;
    else if (letter >= 0x61 && letter <= 0x66) code = code * 16 + letter - 0x57;
    else return NO;
  }
  return code;
}

function isAt(bytes: Uint8Array, word: Uint8Array, at: number): boolean {
  for (let index = 0; index < word.length; index++) if (bytes[at + index] !== word[index]) return false;
  return true;
}
