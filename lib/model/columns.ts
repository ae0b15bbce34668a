/** Column types that both engines, Parquet and Arrow can hold without loss. `timestamp` is UTC, to the millisecond. */
export type ColumnType = 'varchar' | 'boolean' | 'integer' | 'bigint' | 'double' | 'timestamp' | 'date';

/** What a figure counts in; decides how page, mail and terminal print it. */
export type Unit = 'count' | 'bytes' | 'ms' | 'usd' | 'percent' | 'day' | 'hour';

export interface Column {
  /** Name in SQL, Parquet and CSV. */
  name: string;
  type: ColumnType;
  /** Heading for people. */
  title: string;
  unit?: Unit;
  /** True when engines may answer differently, within the bound that the section's description states. */
  approximate?: boolean;
}
