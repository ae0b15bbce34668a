/** The lake's tables, in Glue and in DuckDB. */
export const REQUESTS_TABLE = 'requests';
export const REJECTED_TABLE = 'rejected';

/** Glue table over a source's raw lines: `raw_` and the source's name, with an underscore for what SQL would not take. */
export function rawTableName(source: string): string {
  return `raw_${source.replaceAll('-', '_')}`;
}
