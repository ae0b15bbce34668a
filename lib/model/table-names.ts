/** The lake's tables, in Glue and in DuckDB. */
export const REQUESTS_TABLE = 'requests';
export const REJECTED_TABLE = 'rejected';

/** The Glue table of a source's raw lines: `raw_` and the source's name, with underscores instead of hyphens. */
export function rawTableName(source: string): string {
  return `raw_${source.replaceAll('-', '_')}`;
}
