import { SqlFailure } from './failure.ts';

/* Trino's functions on text. A character is a code point; positions count from 1. */

const SURROGATE = /[\ud800-\udfff]/;

/** The number of characters. */
export function length(text: string): number {
  return SURROGATE.test(text) ? Array.from(text).length : text.length;
}

/** The characters from `start`, which counts from the end if it is negative. Empty beyond either end. */
export function substr(text: string, start: number, count = Number.POSITIVE_INFINITY): string {
  if (SURROGATE.test(text)) return sliceOf(Array.from(text), start, count).join('');
  return sliceOf(text, start, count) as string;
}

function sliceOf<T extends string | string[]>(characters: T, start: number, count: number): T {
  const from = start > 0 ? start - 1 : characters.length + start;
  if (start === 0 || from < 0 || count <= 0) return characters.slice(0, 0) as T;
  return characters.slice(from, from + count) as T;
}

/** Where a text first occurs; 0 if it does not. */
export function strpos(text: string, part: string): number {
  const index = text.indexOf(part);
  return index <= 0 || !SURROGATE.test(text) ? index + 1 : length(text.slice(0, index)) + 1;
}

/** A part of a text between delimiters; -1 is the last one. Null beyond either end. */
export function splitPart(text: string, delimiter: string, place: number): string | null {
  if (place === -1) return text.slice(lastStart(text, delimiter));
  if (place < 0) return text.split(delimiter).at(place) ?? null;
  let start = 0;
  for (let skipped = 1; skipped < place; skipped++) {
    const end = text.indexOf(delimiter, start);
    if (end === -1) return null;
    start = end + delimiter.length;
  }
  const end = text.indexOf(delimiter, start);
  return end === -1 ? text.slice(start) : text.slice(start, end);
}

/** Where the last part begins. */
function lastStart(text: string, delimiter: string): number {
  const end = text.lastIndexOf(delimiter);
  return end === -1 ? 0 : end + delimiter.length;
}

/** The number of parts of a text between delimiters. */
export function partCount(text: string, delimiter: string): number {
  let count = 1;
  for (let at = text.indexOf(delimiter); at !== -1; at = text.indexOf(delimiter, at + delimiter.length)) count++;
  return count;
}

/** An element of an array; -1 is the last one. Null beyond either end. */
export function elementAt(list: readonly string[], place: number): string | null {
  return list.at(place < 0 ? place : place - 1) ?? null;
}

/** `%` stands for any characters, `_` for one. */
export function like(text: string, pattern: string): boolean {
  let regex = likes.get(pattern);
  if (!regex) {
    const body = pattern.replace(/[\s\S]/gu, (character) => WILDCARDS[character] ?? escaped(character));
    regex = new RegExp(`^${body}$`, 'su');
    likes.set(pattern, regex);
  }
  return regex.test(text);
}

const WILDCARDS: Readonly<Record<string, string>> = { '%': '.*', _: '.' };
const likes = new Map<string, RegExp>();

function escaped(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
}

/**
 * The text with escapes such as %20 decoded, and a plus sign as a space. Invalid UTF-8 becomes U+FFFD. An escape without two
 * hexadecimal digits is a failure.
 */
export function urlDecode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    if (/%(?![0-9A-Fa-f]{2})/.test(spaced)) throw new SqlFailure('an escape of a URL lacks its digits');
    return spaced.replace(/(?:%[0-9A-Fa-f]{2})+/g, (escapes) =>
      Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8'),
    );
  }
}
