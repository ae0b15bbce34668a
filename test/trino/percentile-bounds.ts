import type { Duckdb } from '../../lib/engine/duckdb/duckdb.ts';
import type { Column } from '../../lib/model/columns.ts';

/**
 * What the note of a section promises of estimated percentiles: 5 % of the ranks, and one rank, since an estimate may lie
 * between two values; then 5 % of the value, which is what it takes among many equal ones.
 */
const MACROS = [
  `CREATE MACRO least_percentile(x, p) AS
     95E-2 * list_sort(list(x) FILTER (x IS NOT NULL))[greatest(1, CAST(floor(count(x) * (p - 5E-2)) AS BIGINT) - 1)]`,
  `CREATE MACRO greatest_percentile(x, p) AS
     105E-2 * list_sort(list(x) FILTER (x IS NOT NULL))[least(count(x), CAST(ceil(count(x) * (p + 5E-2)) AS BIGINT) + 1)]`,
];

/** Columns that are computed from estimates, which are bounded themselves. */
const DERIVED = ['p95_change_percent'];

export async function defineBounds(duckdb: Duckdb): Promise<void> {
  for (const macro of MACROS) await duckdb.run(macro);
}

/** DuckDB's form of a query whose percentiles are the least or the greatest values that an estimate may have. */
export function bounded(sql: string, bound: 'least' | 'greatest'): string {
  return sql
    .replace(
      /approx_percentile\((\w+|CAST\([^)]*\)), ARRAY\[([^\]]*)\]\)/g,
      (_, values: string, fractions: string) =>
        `[${fractions
          .split(', ')
          .map((fraction) => `${bound}_percentile(${values}, ${fraction})`)
          .join(', ')}]`,
    )
    .replaceAll('approx_percentile(', `${bound}_percentile(`);
}

/** The estimates that are outside their bounds; rows belong together if their other values are the same. */
export function beyond(
  columns: readonly Column[],
  rows: readonly unknown[][],
  least: readonly unknown[][],
  greatest: readonly unknown[][],
): unknown[] {
  const [lows, highs] = [least, greatest].map((bounds) => new Map(bounds.map((row) => [keyOf(columns, row), row])));
  return rows.flatMap((row) => {
    const key = keyOf(columns, row);
    return columns.flatMap(({ name, approximate }, index) => {
      if (!approximate || DERIVED.includes(name)) return [];
      const [value, low, high] = [row[index], lows?.get(key)?.[index], highs?.get(key)?.[index]];
      const fits = value === null ? low === null : Number(value) >= Number(low) && Number(value) <= Number(high);
      return fits ? [] : [{ key, name, value, low, high }];
    });
  });
}

/** The values of a row that are not estimates. */
export function exact(columns: readonly Column[], row: readonly unknown[]): unknown[] {
  return row.filter((_, index) => !columns[index]?.approximate);
}

function keyOf(columns: readonly Column[], row: readonly unknown[]): string {
  return JSON.stringify(exact(columns, row), (_, value) => (typeof value === 'bigint' ? String(value) : value));
}
