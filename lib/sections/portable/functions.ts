/**
 * The part of Trino SQL that DuckDB, with the macros of sql/dialects/duckdb.sql, answers alike. `test/sql/function-cases.ts`
 * holds what each function must give on both engines. Before adding one, compare both engines' documentation.
 */

/** Functions that DuckDB has under the same name, with the same meaning for what queries pass them. */
export const NATIVE_FUNCTIONS: readonly string[] = [
  ...['count', 'sum', 'min', 'max', 'row_number', 'rank', 'dense_rank', 'lag', 'lead'],
  ...[
    'abs',
    'hour',
    'minute',
    'month',
    'year',
    'date_diff',
    'date_trunc',
    'round',
    'sqrt',
    'array_distinct',
    'array_sort',
  ],
  ...['chr', 'coalesce', 'concat_ws', 'length', 'lower', 'nullif', 'replace', 'strpos', 'substr', 'try'],
];

/** Functions that are macros on DuckDB. An aggregate among them takes neither DISTINCT nor FILTER. */
export const MACRO_FUNCTIONS: readonly string[] = [
  ...['approx_percentile', 'json_extract_scalar', 'json_parse'],
  ...['array_join', 'array_position', 'cardinality', 'element_at', 'sequence', 'split', 'split_part'],
  ...['date_add', 'date_parse', 'day_of_week', 'regexp_extract', 'regexp_like', 'regexp_replace', 'url_decode'],
  ...['sha256', 'to_hex', 'to_utf8'],
];

/** Types to cast to; others are cut, rounded or written differently. */
export const PORTABLE_TYPES: readonly string[] = [
  ...['bigint', 'boolean', 'date', 'double', 'integer', 'timestamp', 'varchar', 'decimal(38,0)', 'decimal(38,3)'],
];
