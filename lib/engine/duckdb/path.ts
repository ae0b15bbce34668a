import { sqlString } from '../../sql/sql-string.ts';

/** The path of one file as an SQL string for a table function of DuckDB, which takes its characters `*`, `?` and `[` for a glob. */
export function pathString(path: string): string {
  return sqlString(path.replace(/[*?[]/g, '[$&]'));
}
