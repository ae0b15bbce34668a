import { type Format, hasFieldColumns } from '../../formats/format.ts';
import { TimeTexts } from './clock.ts';
import type { FastReader } from './fast-reader.ts';
import { fieldKinds, LAST_QUOTED, PLAIN_QUOTED } from './field-kinds.ts';
import { END, FieldWalk, ID, NUMBERS, START } from './field-walk.ts';
import { ignoredStarts } from './ignored-starts.ts';
import type { RawRows, RowColumn } from './raw-rows.ts';

const DASH = 0x2d;
const BRACKET = 0x5b;

/** Reads lines of a format with `fields`; undefined for other formats. */
export function fieldReader(format: Format, rows: RawRows): FastReader | undefined {
  const kinds = fieldKinds(format);
  const starts = ignoredStarts(format);
  // Which quote ends the last quoted field cannot be seen if others follow it.
  const isUnclear =
    kinds.includes(LAST_QUOTED) && kinds.lastIndexOf(LAST_QUOTED) < kinds.findLastIndex((kind) => kind >= PLAIN_QUOTED);
  if (kinds.length === 0 || !starts || isUnclear) return undefined;
  return new FieldReader(format, rows, starts);
}

class FieldReader implements FastReader {
  readonly #walk: FieldWalk;
  readonly #rows: RawRows;
  /** Needed columns, and the field that each comes from. */
  readonly #columns: readonly RowColumn[];
  readonly #fields: Int32Array;
  /** The field of the time, which loses its clock; -1 if there is none. */
  readonly #time_field: number;
  readonly #times: TimeTexts | undefined;
  /** Columns that only lines of other shapes have. */
  readonly #others: readonly RowColumn[];
  readonly #ignored_starts: Uint8Array;
  readonly #has_envelopes: boolean;
  readonly #empty_is_null: boolean;
  #generation = 0;
  #view: DataView = new DataView(new ArrayBuffer(0));

  constructor(format: Format, rows: RawRows, ignored_starts: Uint8Array) {
    this.#rows = rows;
    this.#ignored_starts = ignored_starts;
    this.#has_envelopes = format.envelopes;
    this.#empty_is_null = !hasFieldColumns(format);
    const names = format.fields.map(({ name }) => name);
    const needed = rows.columns.filter(({ is_needed }) => is_needed);
    const time = needed.find((column) => column === rows.time && names.includes(column.name));
    this.#time_field = names.indexOf(time?.name ?? '');
    this.#times = time && new TimeTexts(rows, time);
    this.#others = needed.filter(({ name }) => !names.includes(name));
    this.#columns = needed.filter((column) => names.includes(column.name) && column !== time);
    this.#fields = Int32Array.from(this.#columns, ({ name }) => names.indexOf(name));
    this.#walk = new FieldWalk(
      format,
      names.map((name) => this.#columns.find((column) => column.name === name)?.texts),
    );
  }

  startChunk(bytes: Uint8Array): void {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#walk.forget(this.#rows.generation === this.#generation);
    this.#generation = this.#rows.generation;
  }

  read(bytes: Uint8Array, start: number, end: number, row: number): boolean {
    if (this.#ignored_starts[bytes[start] as number] === 1) return false;
    if (this.#has_envelopes && mayStartEnvelope(bytes, start, end)) return false;
    const walk = this.#walk;
    if (!walk.walk(bytes, this.#view, start, end)) return false;
    this.#rows.line_hash[row] = walk.line_hash;
    const { numbers, found } = walk;
    const columns = this.#columns;
    const fields = this.#fields;
    for (let index = 0; index < columns.length; index++) {
      const field = fields[index] as number;
      (columns[index] as RowColumn).ids[row] = field < found ? (numbers[field * NUMBERS + ID] as number) : 0;
    }
    for (const { ids } of this.#others) ids[row] = 0;
    this.#putTime(bytes, row);
    return true;
  }

  #putTime(bytes: Uint8Array, row: number): void {
    const field = this.#time_field;
    if (!this.#times) {
      this.#rows.clock_ms[row] = 0;
      return;
    }
    const { numbers, found } = this.#walk;
    const start = numbers[field * NUMBERS + START] as number;
    const end = field < found ? (numbers[field * NUMBERS + END] as number) : -1;
    if (end === -1 || (end === start && this.#empty_is_null)) this.#times.putNone(row);
    else this.#times.put(bytes, start, end, row);
  }
}

/** True for lines that may start with a time or a pod, as in lib/formats/envelope.ts, and for more whose start is not ASCII. */
function mayStartEnvelope(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[start] === BRACKET) return true;
  const fifth = Math.min(start + 4, end);
  for (let at = start; at < fifth; at++) if ((bytes[at] as number) > 0x7f) return true;
  return fifth < end && bytes[fifth] === DASH;
}
