import { type Data, type DataType, makeData } from 'apache-arrow';
import type { ColumnType } from '../../model/columns.ts';
import { DAY_MS } from '../../model/period.ts';
import { setBit } from '../../tables/bitmap.ts';
import { copyBytes, withRoom } from './copy-bytes.ts';

/** Collects the values of one column of a batch in Arrow's memory layout. Each value is given as the bytes of its text. */
export interface ValueBuilder {
  /** Appends a value. An Error if its text is not a valid value of the column's type. */
  append(bytes: Buffer, start: number, end: number): void;
  appendNull(): void;
  /** All values so far. */
  finish(): Data;
}

/** The values of a column. The slot of a NULL is skipped. */
interface Storage {
  set(index: number, bytes: Buffer, start: number, end: number): void;
  skip(index: number): void;
  buffers(length: number): { data: ArrayBufferView; valueOffsets?: Int32Array };
}

/**
 * A builder for at most `capacity` values. Text is read as Athena prints it: `true`, `1.0E10`, `NaN`, `-Infinity`,
 * `2026-10-01`, and timestamps as `2026-10-01 00:00:00.000`, which are UTC.
 */
export function valueBuilder(type: ColumnType, arrowType: DataType, capacity: number): ValueBuilder {
  const storage = storageFor(type, capacity);
  const nullBitmap = new Uint8Array(Math.ceil(capacity / 8));
  let length = 0;
  let nullCount = 0;
  return {
    append(bytes, start, end) {
      storage.set(length, bytes, start, end);
      setBit(nullBitmap, length++);
    },
    appendNull() {
      storage.skip(length++);
      nullCount++;
    },
    finish() {
      const bitmap = nullBitmap.slice(0, Math.ceil(length / 8));
      // makeData wants the buffers of a type known to the compiler; this one is known at run time only.
      return makeData({ type: arrowType, length, nullCount, nullBitmap: bitmap, ...storage.buffers(length) } as never);
    },
  };
}

function storageFor(type: ColumnType, capacity: number): Storage {
  switch (type) {
    case 'varchar':
      return textStorage(capacity);
    case 'boolean':
      return booleanStorage(capacity);
    case 'integer':
      return fixedWidthStorage(new Int32Array(capacity), parseInteger);
    case 'bigint':
      return fixedWidthStorage(new BigInt64Array(capacity), parseBigint);
    case 'double':
      return fixedWidthStorage(new Float64Array(capacity), parseDouble);
    case 'timestamp':
      return fixedWidthStorage(new BigInt64Array(capacity), parseTimestamp);
    case 'date':
      return fixedWidthStorage(new Int32Array(capacity), parseDate);
  }
}

/** Text is kept as UTF-8 bytes. */
function textStorage(capacity: number): Storage {
  const offsets = new Int32Array(capacity + 1);
  let text: Buffer = Buffer.allocUnsafe(16 * capacity);
  let size = 0;
  return {
    set(index, bytes, start, end) {
      text = withRoom(text, size, size + end - start);
      size = copyBytes(bytes, start, end, text, size);
      offsets[index + 1] = size;
    },
    skip(index) {
      offsets[index + 1] = size;
    },
    buffers: (length) => ({
      data: new Uint8Array(text.subarray(0, size)),
      valueOffsets: offsets.slice(0, length + 1),
    }),
  };
}

function booleanStorage(capacity: number): Storage {
  const bits = new Uint8Array(Math.ceil(capacity / 8));
  return {
    set(index, bytes, start, end) {
      const text = bytes.toString('latin1', start, end);
      if (text === 'true') setBit(bits, index);
      else if (text !== 'false') throw notA('boolean', text);
    },
    skip() {},
    buffers: (length) => ({ data: bits.slice(0, Math.ceil(length / 8)) }),
  };
}

function fixedWidthStorage<T extends number | bigint>(
  values: { [index: number]: T; slice(start: number, end: number): ArrayBufferView },
  parse: (text: string) => T,
): Storage {
  return {
    set(index, bytes, start, end) {
      values[index] = parse(bytes.toString('latin1', start, end));
    },
    skip() {},
    buffers: (length) => ({ data: values.slice(0, length) }),
  };
}

function parseInteger(text: string): number {
  const value = Number(text);
  if (!WHOLE_NUMBER.test(text) || (value | 0) !== value) throw notA('integer', text);
  return value;
}

function parseBigint(text: string): bigint {
  if (!WHOLE_NUMBER.test(text)) throw notA('bigint', text);
  const value = BigInt(text);
  if (BigInt.asIntN(64, value) !== value) throw notA('bigint', text);
  return value;
}

function parseDouble(text: string): number {
  if (!DECIMAL_NUMBER.test(text) && !NOT_FINITE.has(text)) throw notA('double', text);
  return Number(text);
}

/** Milliseconds since 1970; digits below a millisecond are dropped. */
function parseTimestamp(text: string): bigint {
  const milliseconds = TIMESTAMP.test(text) ? Date.parse(`${text.slice(0, 10)}T${text.slice(11)}Z`) : Number.NaN;
  if (Number.isNaN(milliseconds)) throw notA('timestamp', text);
  return BigInt(milliseconds);
}

/** Days since 1970. */
function parseDate(text: string): number {
  const milliseconds = DATE.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(milliseconds)) throw notA('date', text);
  return milliseconds / DAY_MS;
}

const WHOLE_NUMBER = /^-?\d{1,19}$/;
const DECIMAL_NUMBER = /^-?\d+(?:\.\d+)?(?:E-?\d+)?$/;
const NOT_FINITE = new Set(['NaN', 'Infinity', '-Infinity']);
const TIMESTAMP = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,9})?$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
function notA(type: ColumnType, text: string): Error {
  return new Error(`${JSON.stringify(text)} is not a valid ${type}`);
}
