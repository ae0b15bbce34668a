import { isAscii } from 'node:buffer';
import type { Data } from 'apache-arrow';
import type { ColumnType } from '../model/columns.ts';
import { isBitSet } from './bitmap.ts';

/**
 * Appends rows `from` to `to` (exclusive) of an Arrow column to `target` as JavaScript values: strings, booleans, numbers;
 * bigint for bigint and for timestamps (milliseconds since 1970); days since 1970 for dates; null for NULL. Reading whole
 * columns is several times faster than getting single values from Arrow.
 */
export function appendValues(target: unknown[], data: Data, type: ColumnType, from: number, to: number): void {
  const read = valueReader(data, type, from, to);
  const { nullCount } = data;
  for (let row = from; row < to; row++) target.push(nullCount > 0 && isNull(data, row) ? null : read(row));
}

/** True if a row of a column is NULL. Only for columns with a null count above 0: others have no bitmap. */
export function isNull({ nullBitmap, offset }: Data, row: number): boolean {
  return !isBitSet(nullBitmap, offset + row);
}

/** Reads the value of a row that is not NULL, for rows `from` to `to` (exclusive). */
export function valueReader(
  { values, offset, valueOffsets }: Data,
  type: ColumnType,
  from: number,
  to: number,
): (row: number) => unknown {
  if (type === 'boolean') return (row) => isBitSet(values, offset + row);
  if (type === 'varchar') return textReader(values, valueOffsets, from, to);
  return (row) => values[row];
}

function textReader(values: Uint8Array, offsets: Int32Array, from: number, to: number): (row: number) => string {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  const [start = 0, end = 0] = [offsets[from], offsets[to]];
  if (!isAscii(bytes.subarray(start, end))) return (row) => bytes.toString('utf8', offsets[row], offsets[row + 1]);
  // In ASCII one byte is one character: decode all rows to one text, and slice it.
  const text = bytes.toString('latin1', start, end);
  return (row) => text.slice((offsets[row] as number) - start, (offsets[row + 1] as number) - start);
}
