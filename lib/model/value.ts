/**
 * A value of a table, as Arrow and `edition.json` hold it: 64-bit integers as bigint (in JSON beyond 2^53 as their digits),
 * timestamps and dates in ms since 1970.
 */
export type Value = string | number | bigint | boolean | null;

/** A value as JSON holds it. Integers beyond 2^53 become their digits as text, so that none is rounded. */
export function jsonValue(value: Value): Exclude<Value, bigint> {
  if (typeof value !== 'bigint') return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

/** A numeric value, also one that JSON holds as digits. Integers beyond 2^53 become bigint, so that none is rounded. */
export function toNumber(value: Exclude<Value, null>): number | bigint {
  if (typeof value === 'bigint' || typeof value === 'number') return value;
  const text = String(value);
  return /^-?\d+$/.test(text) ? BigInt(text) : Number(text);
}

/** A value as a number, for lengths of bars and for comparisons. NULL and a missing value count as 0. */
export function numberOrZero(value: Value | undefined): number {
  return value == null ? 0 : Number(value);
}
