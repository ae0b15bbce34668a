import { ENVELOPE } from '../../formats/envelope.ts';
import { type Format, hasFieldColumns, rawColumns } from '../../formats/format.ts';
import { type Shape, shapesOf } from '../exact/shapes.ts';
import type { Match } from '../expression/backtracking.ts';
import { compileMatch } from '../expression/pattern.ts';
import { readSyntax } from '../expression/syntax.ts';
import { hashOf, lineHashOf } from '../hash.ts';
import type { FastReader } from './fast-reader.ts';
import { ignoredStarts } from './ignored-starts.ts';
import type { RawRows } from './raw-rows.ts';
import { type PutText, putters } from './row-texts.ts';

const [BRACKET, DASH, OBJECT] = [0x5b, 0x2d, 0x7b];
/** Longer lines are left to the exact reader. */
const MOST_BYTES = 64 * 1024;

/**
 * Reads lines of ASCII by the patterns of a format, as the exact reader does, but without a copy of each text. Objects, what
 * is in one and other characters are left to it. Undefined for formats without patterns.
 */
export function patternReader(format: Format, rows: RawRows): FastReader | undefined {
  const ignored_starts = ignoredStarts(format);
  if (format.patterns.length === 0 || format.header || hasFieldColumns(format) || !ignored_starts) return undefined;
  return new PatternReader(format, rows, ignored_starts);
}

interface CompiledShape {
  shape: Shape;
  match: Match;
  needed: readonly NeededColumn[];
}

/** A column, and the place of its group or its text in all lines; neither if lines of the shape have none. */
interface NeededColumn {
  put: PutText;
  group: number;
  text: Uint8Array | undefined;
}

const NO_GROUP = -1;

class PatternReader implements FastReader {
  readonly #rows: RawRows;
  readonly #shapes: readonly CompiledShape[];
  readonly #ignored_starts: Uint8Array;
  readonly #has_envelopes: boolean;
  readonly #has_json: boolean;
  readonly #envelope = compileMatch(readSyntax(ENVELOPE), false);
  readonly #units = new Uint16Array(MOST_BYTES + 1);

  constructor(format: Format, rows: RawRows, ignored_starts: Uint8Array) {
    const puts = putters(rows);
    this.#rows = rows;
    this.#ignored_starts = ignored_starts;
    this.#has_envelopes = format.envelopes;
    this.#has_json = Object.keys(format.json).length > 0;
    this.#shapes = shapesOf(format, rawColumns(format)).map((shape) => ({
      shape,
      match: compileMatch(readSyntax(shape.expression), true),
      needed: rows.columns.flatMap(({ is_needed }, index) => {
        const column = shape.columns[index];
        const group = typeof column === 'number' ? column + 1 : NO_GROUP;
        const text = typeof column === 'string' && column !== '' ? Buffer.from(column) : undefined;
        return is_needed ? [{ put: puts[index] as PutText, group, text }] : [];
      }),
    }));
  }

  read(bytes: Uint8Array, start: number, end: number, row: number): boolean {
    const first = bytes[start] as number;
    if (first === OBJECT || this.#ignored_starts[first] === 1 || !this.#load(bytes, start, end)) return false;
    const length = end - start;
    const mayStartEnvelope = this.#has_envelopes && (first === BRACKET || (length > 4 && bytes[start + 4] === DASH));
    let content = -1;
    for (const { shape, match, needed } of this.#shapes) {
      if (shape.isWholeLine && mayStartEnvelope) continue;
      if (!shape.isWholeLine && content === -1) {
        content = this.#has_envelopes ? (this.#envelope(this.#units, 0, length)?.[1] ?? 0) : 0;
        // Who carries the line may have written an object.
        if (content > 0 && this.#units[content] === OBJECT && this.#has_json) return false;
      }
      const places = match(this.#units, shape.isWholeLine ? 0 : content, length);
      if (!places) continue;
      if (this.#has_json && shape.body !== undefined && (places[2 * shape.body + 3] as number) !== -1) return false;
      this.#rows.clock_ms[row] = 0;
      for (const column of needed) putColumn(column, places, bytes, start, row);
      this.#rows.line_hash[row] = lineHashOf(bytes, start, end);
      return true;
    }
    return false;
  }

  /** Copies a line for the expressions: false if it is too long, or no ASCII. */
  #load(bytes: Uint8Array, start: number, end: number): boolean {
    const length = end - start;
    if (length > MOST_BYTES) return false;
    const units = this.#units;
    let all = 0;
    for (let at = 0; at < length; at++) {
      const byte = bytes[start + at] as number;
      units[at] = byte;
      all |= byte;
    }
    return all < 0x80;
  }
}

function putColumn(
  { put, group, text }: NeededColumn,
  places: Int32Array,
  bytes: Uint8Array,
  start: number,
  row: number,
): void {
  if (group !== NO_GROUP) {
    const from = places[2 * group] as number;
    const to = places[2 * group + 1] as number;
    if (to > from) put.text(bytes, start + from, start + to, row, hashOf(bytes, start + from, start + to));
    else put.none(row);
  } else if (text) put.text(text, 0, text.length, row, hashOf(text, 0, text.length));
  else put.none(row);
}
