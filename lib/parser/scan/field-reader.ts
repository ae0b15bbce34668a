import { type Format, hasFieldColumns } from '../../formats/format.ts';
import { hashOf, mixed } from '../hash.ts';
import type { Texts } from '../texts.ts';
import { clockColumn, TimeTexts } from './clock.ts';
import type { FastReader } from './fast-reader.ts';
import { ADDRESS_PORT, fieldKinds, LAST_QUOTED, PLAIN_QUOTED } from './field-kinds.ts';
import { END, FieldWalk, IS_NEW, LANE_A, LANE_B, NUMBERS, START } from './field-walk.ts';
import { ignoredStarts } from './ignored-starts.ts';
import type { RawRows, RowColumn } from './raw-rows.ts';

const DASH = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const BRACKET = 0x5b;

/** A needed column and the field that it comes from. */
interface NeededField {
  field: number;
  kind: number;
  column: RowColumn;
  times?: TimeTexts;
  /** The id of the last text. */
  last_id: number;
}

/** Reads lines of a format with `fields`; undefined for other formats. */
export function fieldReader(format: Format, rows: RawRows): FastReader | undefined {
  const kinds = fieldKinds(format);
  const starts = ignoredStarts(format);
  // Which quote ends the last quoted field cannot be seen if others follow it.
  const isUnclear =
    kinds.includes(LAST_QUOTED) && kinds.lastIndexOf(LAST_QUOTED) < kinds.findLastIndex((kind) => kind >= PLAIN_QUOTED);
  if (kinds.length === 0 || !starts || isUnclear) return undefined;
  return new FieldReader(format, rows, kinds, starts);
}

class FieldReader implements FastReader {
  readonly #walk: FieldWalk;
  readonly #rows: RawRows;
  readonly #needed: readonly NeededField[];
  /** Columns that only lines of other shapes have. */
  readonly #others: readonly RowColumn[];
  readonly #ignored_starts: Uint8Array;
  readonly #has_envelopes: boolean;
  readonly #empty_is_null: boolean;
  #view: DataView = new DataView(new ArrayBuffer(0));

  constructor(format: Format, rows: RawRows, kinds: Uint8Array, ignored_starts: Uint8Array) {
    this.#walk = new FieldWalk(format);
    this.#rows = rows;
    this.#ignored_starts = ignored_starts;
    this.#has_envelopes = format.envelopes;
    this.#empty_is_null = !hasFieldColumns(format);
    const names = format.fields.map(({ name }) => name);
    const needed = rows.columns.filter(({ is_needed }) => is_needed);
    this.#others = needed.filter(({ name }) => !names.includes(name));
    this.#needed = needed
      .filter(({ name }) => names.includes(name))
      .map((column) => {
        const field = names.indexOf(column.name);
        const times = column.name === clockColumn(format) ? { times: new TimeTexts(rows, column) } : {};
        return { field, kind: kinds[field] as number, column, last_id: 0, ...times };
      });
  }

  startChunk(bytes: Uint8Array): void {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#walk.forget();
  }

  read(bytes: Uint8Array, start: number, end: number, row: number): boolean {
    if (this.#ignored_starts[bytes[start] as number] === 1) return false;
    if (this.#has_envelopes && mayStartEnvelope(bytes, start, end)) return false;
    const walk = this.#walk;
    if (!walk.walk(bytes, this.#view, start, end)) return false;
    const rows = this.#rows;
    rows.clock_ms[row] = 0;
    rows.line_hash[row] = walk.line_hash;
    for (const { ids } of this.#others) ids[row] = 0;
    const { fields, found } = walk;
    const empty_is_null = this.#empty_is_null;
    for (const needed of this.#needed) {
      const { field, column } = needed;
      const numbers = field * NUMBERS;
      const from = fields[numbers + START] as number;
      const to = fields[numbers + END] as number;
      const { ids, texts } = column;
      if (field >= found || to === -1 || (empty_is_null && to === from)) {
        ids[row] = 0;
      } else if (needed.times) {
        needed.times.put(bytes, from, to, row);
      } else if (fields[numbers + IS_NEW] === 0 && !texts.isUnique) {
        texts.again();
        ids[row] = needed.last_id;
      } else {
        const id =
          needed.kind === ADDRESS_PORT
            ? this.#internAddress(texts, bytes, from, to)
            : texts.intern(
                bytes,
                from,
                to,
                mixed(fields[numbers + LANE_A] as number, fields[numbers + LANE_B] as number),
              );
        fields[numbers + IS_NEW] = 0;
        needed.last_id = id;
        ids[row] = id;
      }
    }
    return true;
  }

  /** An address without the port after it. */
  #internAddress(texts: Texts, bytes: Uint8Array, from: number, to: number): number {
    const address_end = withoutPort(bytes, from, to);
    if (this.#empty_is_null && address_end === from) return 0;
    return texts.intern(bytes, from, address_end, hashOf(bytes, from, address_end));
  }
}

/** True for lines that may start with a time or a pod, as in lib/formats/envelope.ts, and for more whose start is not ASCII. */
function mayStartEnvelope(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[start] === BRACKET) return true;
  const fifth = Math.min(start + 4, end);
  for (let at = start; at < fifth; at++) if ((bytes[at] as number) > 0x7f) return true;
  return fifth < end && bytes[fifth] === DASH;
}

/** Where an address ends if a port follows it. */
function withoutPort(bytes: Uint8Array, from: number, to: number): number {
  let at = to;
  while (at > from && (bytes[at - 1] as number) >= ZERO && (bytes[at - 1] as number) <= NINE) at--;
  return at < to && at > from && bytes[at - 1] === COLON ? at - 1 : to;
}
