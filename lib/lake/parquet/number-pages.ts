import type { LakeType } from './lake-column.ts';
import { PAGE_BYTES, type Pages } from './pages.ts';

type NumberType = Exclude<LakeType, 'varchar'>;

/** The least and the greatest value, as Parquet stores them: times in microseconds. */
export interface Range {
  min: number | bigint;
  max: number | bigint;
}

const SIZE_BYTES: Readonly<Record<NumberType, number>> = { integer: 4, bigint: 8, double: 8, timestamp: 8 };
const TWO_32 = 2 ** 32;
const MOST_ENTRIES = 1 << 15;
const SLOT_BITS = 16;
/** A dictionary pays if its numbers are repeated so often on average. */
const LEAST_REPEATS = 4;

/** Values that are not NULL. */
let present = new Float64Array(0);
/** The bits of a double or the halves of an int64. */
let halves = new Int32Array(0);
/** A hash table of places in the dictionary, from 1. All 0 between calls. */
const slots = new Int32Array(1 << SLOT_BITS);
const entries = new Float64Array(MOST_ENTRIES);
const entrySlots = new Int32Array(MOST_ENTRIES);

/**
 * Writes the pages of a column of numbers, NaN for NULL; times are whole milliseconds. `exact` has the values of a bigint
 * column that a number cannot hold. Returns the range of the values, unless all are NULL. Throws a RangeError if a value
 * does not fit the type.
 */
export function writeNumberPages(
  pages: Pages,
  type: NumberType,
  values: Float64Array,
  exact?: ReadonlyMap<number, bigint>,
): Range | undefined {
  const range = findPresent(pages, values);
  const count = pages.rows - pages.nulls;
  if (count === 0) {
    pages.writeNulls();
    return undefined;
  }
  if (exact && exact.size > 0) return writeExact(pages, values, exact);
  const found = findEntries(pages, count);
  if (found > 0) {
    writeValues(pages, type, entries, 0, found);
    pages.close('PLAIN', found, true);
    pages.writeIndexes(found);
  } else {
    writePlain(pages, SIZE_BYTES[type], (from, to) => writeValues(pages, type, present, from, to));
  }
  return storedRange(type, range);
}

/** Writes the pages of a column that has the same number in all rows. */
export function writeSameNumber(pages: Pages, type: NumberType, value: number | null): Range | undefined {
  if (value === null || pages.rows === 0) {
    pages.writeNulls();
    return undefined;
  }
  writeValues(pages, type, Float64Array.of(value), 0, 1);
  pages.close('PLAIN', 1, true);
  pages.indexes.fill(0, 0, pages.rows);
  pages.writeIndexes(1);
  return storedRange(type, { min: value, max: value });
}

/** Collects what is not NULL, with its range. */
function findPresent(pages: Pages, values: Float64Array): { min: number; max: number } {
  const { rows, levels } = pages;
  if (present.length < rows) present = new Float64Array(rows);
  let count = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < rows; row++) {
    const value = values[row] as number;
    if (Number.isNaN(value)) {
      levels[row] = 0;
      continue;
    }
    levels[row] = 1;
    present[count++] = value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  pages.nulls = rows - count;
  return { min, max };
}

/** Finds the different values that are present, and their places. Returns how many they are, or 0 if they are too many. */
function findEntries(pages: Pages, count: number): number {
  const { indexes } = pages;
  const bits = new Int32Array(present.buffer);
  const entryBits = new Int32Array(entries.buffer);
  const most = Math.min(MOST_ENTRIES, Math.floor(count / LEAST_REPEATS));
  // The table is no larger than it must be, so that the processor's cache holds it.
  const shift = Math.max(32 - SLOT_BITS, Math.clz32(most) - 1);
  const mask = (1 << (32 - shift)) - 1;
  let found = 0;
  let index = 0;
  search: for (; index < count; index++) {
    // Bits tell -0 from 0.
    const low = bits[index * 2] as number;
    const high = bits[index * 2 + 1] as number;
    let slot = (Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1) >>> shift) & mask;
    for (;;) {
      const place = slots[slot] as number;
      if (place === 0) break;
      if (entryBits[place * 2 - 2] === low && entryBits[place * 2 - 1] === high) {
        indexes[index] = place - 1;
        continue search;
      }
      slot = (slot + 1) & mask;
    }
    if (found === most) break;
    entries[found] = present[index] as number;
    entrySlots[found] = slot;
    indexes[index] = found++;
    slots[slot] = found;
  }
  for (let entry = 0; entry < found; entry++) slots[entrySlots[entry] as number] = 0;
  return index === count ? found : 0;
}

function writePlain(pages: Pages, size_bytes: number, write: (from: number, to: number) => void): void {
  const page_rows = PAGE_BYTES / size_bytes;
  let value = 0;
  for (let from = 0; from < pages.rows; from += page_rows) {
    const to = Math.min(from + page_rows, pages.rows);
    const end = value + pages.present(from, to);
    pages.writeLevels(from, to);
    write(value, end);
    pages.close('PLAIN', to - from);
    value = end;
  }
}

function writeValues(pages: Pages, type: NumberType, values: Float64Array, from: number, to: number): void {
  if (type === 'double') append(pages, values.subarray(from, to));
  else append(pages, type === 'integer' ? int32s(values, from, to) : int64s(type, values, from, to));
}

function int32s(values: Float64Array, from: number, to: number): Int32Array {
  if (halves.length < to - from) halves = new Int32Array(to - from);
  for (let index = from; index < to; index++) {
    const value = values[index] as number;
    if (value !== (value | 0)) throw new RangeError(`${value} is no integer of 32 bits`);
    halves[index - from] = value;
  }
  return halves.subarray(0, to - from);
}

/** Integers of 64 bits as halves: times in microseconds may exceed what a number holds exactly. */
function int64s(type: 'bigint' | 'timestamp', values: Float64Array, from: number, to: number): Int32Array {
  const size = (to - from) * 2;
  if (halves.length < size) halves = new Int32Array(size);
  const factor = type === 'timestamp' ? 1000 : 1;
  for (let index = from, at = 0; index < to; index++) {
    const value = values[index] as number;
    const high = Math.floor(value / TWO_32);
    const low = (value - high * TWO_32) * factor;
    const carried = high * factor + Math.floor(low / TWO_32);
    if (Math.floor(value) !== value || carried !== (carried | 0)) throw new RangeError(`${value} is no ${type}`);
    halves[at++] = low;
    halves[at++] = carried;
  }
  return halves.subarray(0, size);
}

/** All processors that Node runs on store the least byte first, as Parquet does. */
function append(pages: Pages, values: Float64Array | Int32Array | BigInt64Array): void {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  pages.reserve(bytes.length).set(bytes, pages.end);
  pages.end += bytes.length;
}

/** Integers of which some are too large for a number. They are rare. */
function writeExact(pages: Pages, values: Float64Array, exact: ReadonlyMap<number, bigint>): Range {
  const all = Array.from(values.subarray(0, pages.rows), (value, row) => exact.get(row) ?? value).filter(
    (value) => !Number.isNaN(value),
  );
  const integers = all.map(BigInt);
  const outside = integers.find((value) => value !== BigInt.asIntN(64, value));
  if (outside !== undefined) throw new RangeError(`${outside} is no bigint of 64 bits`);
  writePlain(pages, SIZE_BYTES.bigint, (from, to) => append(pages, BigInt64Array.from(integers.slice(from, to))));
  return {
    min: integers.reduce((least, value) => (value < least ? value : least)),
    max: integers.reduce((most, value) => (value > most ? value : most)),
  };
}

function storedRange(type: NumberType, { min, max }: { min: number; max: number }): Range {
  if (type === 'integer' || type === 'double') return { min, max };
  const factor = type === 'timestamp' ? 1000n : 1n;
  return { min: BigInt(min) * factor, max: BigInt(max) * factor };
}
