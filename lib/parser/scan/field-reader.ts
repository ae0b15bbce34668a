import { type Format, hasFieldColumns } from '../../formats/format.ts';
import { hashOf, mixed } from '../hash.ts';
import { clockColumn, TimeTexts } from './clock.ts';
import type { FastReader } from './fast-reader.ts';
import { ADDRESS_PORT, fieldKinds, LAST_QUOTED, PLAIN_QUOTED } from './field-kinds.ts';
import { FieldWalk } from './field-walk.ts';
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
  #bytes: Uint8Array | undefined;
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
        return { field, kind: kinds[field] as number, column, ...times };
      });
  }

  read(bytes: Uint8Array, start: number, end: number, row: number): boolean {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    if (this.#ignored_starts[bytes[start] as number] === 1) return false;
    if (this.#has_envelopes && mayStartEnvelope(bytes, start, end)) return false;
    const walk = this.#walk;
    if (!walk.walk(bytes, this.#view, start, end)) return false;
    const rows = this.#rows;
    rows.clock_ms[row] = 0;
    rows.line_hash[row] = walk.line_hash;
    for (const { ids } of this.#others) ids[row] = 0;
    const { starts, ends, lanes_a, lanes_b, found } = walk;
    const empty_is_null = this.#empty_is_null;
    for (const { field, kind, column, times } of this.#needed) {
      const from = starts[field] as number;
      const to = ends[field] as number;
      if (field >= found || to === -1 || (empty_is_null && to === from)) column.ids[row] = 0;
      else if (times) times.put(bytes, from, to, row);
      else if (kind === ADDRESS_PORT) {
        const address_end = withoutPort(bytes, from, to);
        const isEmpty = empty_is_null && address_end === from;
        const hash = hashOf(bytes, from, address_end);
        column.ids[row] = isEmpty ? 0 : column.texts.intern(bytes, from, address_end, hash);
      } else {
        const hash = mixed(lanes_a[field] as number, lanes_b[field] as number);
        column.ids[row] = column.texts.intern(bytes, from, to, hash);
      }
    }
    return true;
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
