/**
 * The part of Trino SQL with the same results on DuckDB, which uses the macros of sql/dialects/duckdb.sql.
 * `test/sql/function-cases.ts` lists the expected results of each function. Before adding one, compare the documentation of
 * both engines.
 */

/** Functions that have the same name and meaning in DuckDB, for the arguments that queries pass. */
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
  ...['regexp_extract_all', 'starts_with'],
];

/** Functions that are macros on DuckDB. An aggregate among them takes neither DISTINCT nor FILTER. */
export const MACRO_FUNCTIONS: readonly string[] = [
  ...['approx_percentile', 'json_extract_scalar', 'json_parse'],
  ...['array_join', 'array_position', 'cardinality', 'element_at', 'sequence', 'split', 'split_part'],
  ...['date_add', 'date_parse', 'day_of_week', 'regexp_extract', 'regexp_like', 'regexp_replace', 'url_decode'],
  ...['sha256', 'to_hex', 'to_utf8'],
];

/** Types to cast to. The engines truncate, round or print other types differently. */
export const PORTABLE_TYPES: readonly string[] = [
  ...['bigint', 'boolean', 'date', 'double', 'integer', 'timestamp', 'varchar', 'decimal(38,0)', 'decimal(38,3)'],
];
