/** Column types that both engines, Parquet and Arrow represent without loss. `timestamp` is UTC, to the millisecond. */
export type ColumnType = 'varchar' | 'boolean' | 'integer' | 'bigint' | 'double' | 'timestamp' | 'date';

/** The unit of a figure; decides how page, mail and terminal print it. */
export type Unit = 'count' | 'bytes' | 'ms' | 'usd' | 'percent' | 'day' | 'hour';

/** What a figure means in a chart, as a place in the theme's palette. */
export const COLUMN_COLORS = ['primary', 'secondary', 'tertiary', 'neutral', 'warning', 'error'] as const;

export type ColumnColor = (typeof COLUMN_COLORS)[number];

export interface Column {
  /** Name in SQL, Parquet and CSV. */
  name: string;
  type: ColumnType;
  /** Heading for people. */
  title: string;
  unit?: Unit;
  /** True if engines may give different values, within the bound that the section's note states. */
  approximate?: boolean;
  color?: ColumnColor;
}
