import {
  Bool,
  type Data,
  type DataType,
  DateDay,
  Field,
  Float64,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  TimestampMillisecond,
  Utf8,
} from 'apache-arrow';
import type { Column, ColumnType } from '../model/columns.ts';
import { DAY_MS } from '../model/period.ts';
import { bitmapFor, setBit } from './bitmap.ts';

const ARROW_TYPES: Record<ColumnType, () => DataType> = {
  varchar: () => new Utf8(),
  boolean: () => new Bool(),
  integer: () => new Int32(),
  bigint: () => new Int64(),
  double: () => new Float64(),
  timestamp: () => new TimestampMillisecond(),
  date: () => new DateDay(),
};

/** The Arrow schema of columns. Timestamps have no zone and are UTC. Title, unit and `approximate` are field metadata. */
export function arrowSchema(columns: readonly Column[]): Schema {
  return new Schema(
    columns.map((column) => new Field(column.name, ARROW_TYPES[column.type](), true, metadataOf(column))),
  );
}

/**
 * A batch from arrays of values, one per column and all of the same length: bigint or integer for bigint, a Date or
 * milliseconds since 1970 for timestamp and date (a date also as `YYYY-MM-DD`), null for NULL. Throws an Error that names
 * the column if a value does not fit its type: nothing is rounded, wrapped around or converted to text.
 */
export function recordBatch(columns: readonly Column[], values: readonly (readonly unknown[])[]): RecordBatch {
  if (values.length !== columns.length) {
    throw new Error(`${values.length} arrays of values for ${columns.length} columns`);
  }
  const schema = arrowSchema(columns);
  const length = values[0]?.length ?? 0;
  const children = columns.map((column, index) => columnData(column, values[index] ?? [], length));
  return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length, nullCount: 0, children }));
}

function metadataOf({ title, unit, approximate }: Column): Map<string, string> {
  const metadata = new Map([['title', title]]);
  if (unit) metadata.set('unit', unit);
  if (approximate) metadata.set('approximate', 'true');
  return metadata;
}

function columnData({ name, type }: Column, values: readonly unknown[], length: number): Data {
  if (values.length !== length) {
    throw new Error(`column '${name}' has ${values.length} values, but the first column has ${length}`);
  }
  const nullBitmap = bitmapFor(length);
  let nullCount = 0;
  values.forEach((value, index) => {
    if (value === null || value === undefined) nullCount++;
    else setBit(nullBitmap, index);
  });
  try {
    const buffers = buffersOf(type, values);
    // The cast is needed because makeData expects the buffers of one type that is known at compile time.
    return makeData({ type: ARROW_TYPES[type](), length, nullCount, nullBitmap, ...buffers } as never);
  } catch (cause) {
    throw new Error(`column '${name}' of type ${type}: ${(cause as Error).message}`, { cause });
  }
}

/** The Arrow buffers of one column. NULL values are stored as zero or as empty text. */
function buffersOf(type: ColumnType, values: readonly unknown[]): { data: ArrayBufferView; valueOffsets?: Int32Array } {
  switch (type) {
    case 'varchar':
      return textBuffers(values.map(text));
    case 'boolean':
      return { data: bits(values) };
    case 'integer':
      return { data: Int32Array.from(values.map(int32)) };
    case 'bigint':
      return { data: BigInt64Array.from(values.map(int64)) };
    case 'double':
      return { data: Float64Array.from(values.map(double)) };
    case 'timestamp':
      return { data: BigInt64Array.from(values.map((value) => int64(milliseconds(value)))) };
    case 'date':
      return { data: Int32Array.from(values.map((value) => int32(milliseconds(value) / DAY_MS))) };
  }
}

function textBuffers(texts: readonly string[]): { data: Uint8Array; valueOffsets: Int32Array } {
  const whole = texts.join('');
  const data = new Uint8Array(Buffer.from(whole));
  // In ASCII, as in most batches, one character is one byte. Other texts are measured one by one.
  const isAscii = data.length === whole.length;
  if (!isAscii && !texts.every((one) => one.isWellFormed())) return textBuffers(texts.map((one) => one.toWellFormed()));
  const valueOffsets = new Int32Array(texts.length + 1);
  let end = 0;
  texts.forEach((one, index) => {
    end += isAscii ? one.length : Buffer.byteLength(one);
    valueOffsets[index + 1] = end;
  });
  return { data, valueOffsets };
}

function bits(values: readonly unknown[]): Uint8Array {
  const bitmap = bitmapFor(values.length);
  values.forEach((value, index) => {
    if (typeof (value ?? false) !== 'boolean') throw notA('boolean', value);
    if (value) setBit(bitmap, index);
  });
  return bitmap;
}

function text(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') throw notA('text value', value);
  return value;
}

function int32(value: unknown): number {
  const number = value ?? 0;
  if (typeof number !== 'number' || (number | 0) !== number) throw notA('32-bit integer', value);
  return number;
}

function int64(value: unknown): bigint {
  if (value === null || value === undefined) return 0n;
  const bigint = Number.isSafeInteger(value) ? BigInt(value as number) : value;
  if (typeof bigint !== 'bigint' || BigInt.asIntN(64, bigint) !== bigint) throw notA('64-bit integer', value);
  return bigint;
}

function double(value: unknown): number {
  const number = value ?? 0;
  if (typeof number !== 'number') throw notA('number', value);
  return number;
}

function milliseconds(value: unknown): number {
  const time_ms = value instanceof Date || typeof value === 'string' ? new Date(value).getTime() : (value ?? 0);
  if (!Number.isSafeInteger(time_ms)) throw notA('time', value);
  return time_ms as number;
}

function notA(kind: string, value: unknown): TypeError {
  return new TypeError(`not a ${kind}: ${String(value).slice(0, 40)}`);
}
