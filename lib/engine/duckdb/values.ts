import { DuckDBDateValue, DuckDBTimestampValue, type DuckDBValue } from '@duckdb/node-api';
import type { ColumnType } from '../../model/columns.ts';
import { DAY_MS } from '../../model/period.ts';

const MICROSECONDS_PER_MILLISECOND = 1000n;

/**
 * A DuckDB value for `recordBatch`: bigint for bigint, milliseconds since 1970 for timestamps and dates. An Error if the
 * value has another type than its column, such as DuckDB's HUGEINT from a sum without a cast.
 */
export function plainValue(value: DuckDBValue, type: ColumnType): unknown {
  if (value === null) return null;
  switch (type) {
    case 'bigint':
      if (typeof value === 'bigint' && BigInt.asIntN(64, value) === value) return value;
      if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
      break;
    case 'integer':
    case 'double':
      if (typeof value === 'number') return value;
      break;
    case 'timestamp':
      if (value instanceof DuckDBTimestampValue) return Number(value.micros / MICROSECONDS_PER_MILLISECOND);
      break;
    case 'date':
      if (value instanceof DuckDBDateValue) return value.days * DAY_MS;
      break;
    case 'boolean':
      if (typeof value === 'boolean') return value;
      break;
    default:
      if (typeof value === 'string') return value;
  }
  throw new Error(`the query returned the ${typeof value} ${String(value).slice(0, 40)} in a column of type ${type}`);
}
