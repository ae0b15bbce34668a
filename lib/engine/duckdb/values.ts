import { DuckDBDateValue, DuckDBTimestampValue, type DuckDBValue } from '@duckdb/node-api';
import type { ColumnType } from '../../model/columns.ts';
import { DAY_MS } from '../../model/period.ts';

const MICROSECONDS_PER_MILLISECOND = 1000n;

/** What a value is in a column of each type; undefined for a value of another type. */
const IN_COLUMN: Record<ColumnType, (value: DuckDBValue) => unknown> = {
  varchar: (value) => (typeof value === 'string' ? value : undefined),
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  integer: numberOf,
  bigint: bigintOf,
  double: numberOf,
  timestamp: (value) =>
    value instanceof DuckDBTimestampValue ? Number(value.micros / MICROSECONDS_PER_MILLISECOND) : undefined,
  date: (value) => (value instanceof DuckDBDateValue ? value.days * DAY_MS : undefined),
};

/**
 * A DuckDB value for `recordBatch`: bigint for bigint, milliseconds since 1970 for timestamps and dates. An Error if the
 * value has another type than its column, such as DuckDB's HUGEINT from a sum without a cast.
 */
export function plainValue(value: DuckDBValue, type: ColumnType): unknown {
  if (value === null) return null;
  const plain = IN_COLUMN[type](value);
  if (plain !== undefined) return plain;
  throw new Error(`the query returned the ${typeof value} ${String(value).slice(0, 40)} in a column of type ${type}`);
}

function numberOf(value: DuckDBValue): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** A whole number of 64 bits, which DuckDB returns as a bigint, or as a number where it knows it to be small. */
function bigintOf(value: DuckDBValue): bigint | undefined {
  if (typeof value === 'bigint') return BigInt.asIntN(64, value) === value ? value : undefined;
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : undefined;
}
