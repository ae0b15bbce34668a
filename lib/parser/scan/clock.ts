import { hashOf } from '../hash.ts';
import type { RawRows, RowColumn } from './raw-rows.ts';

/*
Times rarely repeat, but days do. The text `06/Oct/2026:13:45:38 +0000` is therefore kept as that of midnight,
`06/Oct/2026:00:00:00 +0000`, and a number of milliseconds. This is right only for notations whose clock the mappings read as
it is written, and for a column from which alone the mapping computes the time.
*/

/** S3's mapping expects no fraction in the times of its text log. */
const S3_TIME_COLUMN = 'requestdatetime';

/** `06/Oct/2026:`, `2026-10-06T` or `Tue, 06 Oct 2026 `, the clock, the fraction of a second, the zone. */
const TIME = new RegExp(
  `^([0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}[: ]|[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}[T ]|[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} )${'([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])'}(?:[.,]([0-9]+))?( GMT|Z| ?[+-][0-9]{2}(?::?[0-9]{2})?)?$`,
);

/** A time without its clock. */
export interface TakenTime {
  midnight: string;
  clock_ms: number;
  /** Where the clock and its fraction are in the text. */
  clock_start: number;
  clock_end: number;
}

/** A time as that of midnight; undefined for a text of no known notation, or with an impossible clock. */
export function takeClock(text: string, column: string): TakenTime | undefined {
  const found = TIME.exec(text);
  if (!found) return undefined;
  const [, date = '', hours, minutes, seconds, fraction, zone = ''] = found;
  // The mappings leave out what they do not expect there.
  const hasNoFraction = date.includes(',') || (column === S3_TIME_COLUMN && date.includes('/'));
  if (fraction !== undefined && hasNoFraction) return undefined;
  const clock_start = date.length;
  const clock_end = text.length - zone.length;
  return {
    midnight: date + text.slice(clock_start, clock_end).replace(/[0-9]/g, '0') + zone,
    clock_ms: ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + thousandths(fraction),
    clock_start,
    clock_end,
  };
}

/** Three digits of a fraction count. */
function thousandths(fraction = ''): number {
  return Number(`${fraction}000`.slice(0, 3));
}

const ZERO = 0x30;

/** Puts times into the rows. Most have the notation, the day and the zone of the one before, and are read without a look at the text. */
export class TimeTexts {
  readonly #rows: RawRows;
  readonly #column: RowColumn;
  #last_id = 0;
  #last_generation = -1;
  #last = new Uint8Array();
  #clock_start = 0;
  #clock_end = 0;

  constructor(rows: RawRows, column: RowColumn) {
    this.#rows = rows;
    this.#column = column;
  }

  /** Sets the id and `clock_ms` of a row by the text in `bytes` from `start` to `end`. */
  put(bytes: Uint8Array, start: number, end: number, row: number): void {
    const clock_ms = this.#clockAsBefore(bytes, start, end);
    if (clock_ms >= 0) {
      this.#column.ids[row] = this.#last_id;
      this.#rows.clock_ms[row] = clock_ms;
      return;
    }
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
    const taken = takeClock(text, this.#column.name);
    this.#rows.clock_ms[row] = taken?.clock_ms ?? 0;
    if (!taken) {
      this.#column.ids[row] = this.#column.texts.intern(bytes, start, end, hashOf(bytes, start, end));
      return;
    }
    this.#last_id = this.#column.texts.internText(taken.midnight);
    this.#column.ids[row] = this.#last_id;
    this.#last_generation = this.#rows.generation;
    this.#last = Buffer.from(taken.midnight);
    this.#clock_start = taken.clock_start;
    this.#clock_end = taken.clock_end;
  }

  /** The same for a text that is decoded already. */
  putText(text: string | null, row: number): void {
    if (text === null) {
      this.putNone(row);
    } else {
      const bytes = Buffer.from(text);
      this.put(bytes, 0, bytes.length, row);
    }
  }

  /** The same for a line without a time. */
  putNone(row: number): void {
    this.#column.ids[row] = 0;
    this.#rows.clock_ms[row] = 0;
  }

  /** The clock of a text that otherwise is the one before; -1 for another text. */
  #clockAsBefore(bytes: Uint8Array, start: number, end: number): number {
    const last = this.#last;
    const clock_start = this.#clock_start;
    const clock_end = this.#clock_end;
    if (end - start !== last.length || this.#last_generation !== this.#rows.generation) return -1;
    for (let at = 0; at < clock_start; at++) if (bytes[start + at] !== last[at]) return -1;
    for (let at = clock_end; at < last.length; at++) if (bytes[start + at] !== last[at]) return -1;
    for (let at = clock_start; at < clock_end; at++) {
      const byte = bytes[start + at] as number;
      if (last[at] === ZERO ? byte < ZERO || byte > 0x39 : byte !== last[at]) return -1;
    }
    const clock = start + clock_start;
    const hours = twoDigits(bytes, clock);
    const minutes = twoDigits(bytes, clock + 3);
    const seconds = twoDigits(bytes, clock + 6);
    if (hours > 23 || minutes > 59 || seconds > 59) return -1;
    let clock_ms = ((hours * 60 + minutes) * 60 + seconds) * 1000;
    for (let at = clock + 9, weight = 100; at < start + clock_end && weight >= 1; at++, weight /= 10) {
      clock_ms += ((bytes[at] as number) - ZERO) * weight;
    }
    return clock_ms;
  }
}

/** The number of two digits. */
function twoDigits(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) - ZERO) * 10 + (bytes[at + 1] as number) - ZERO;
}
