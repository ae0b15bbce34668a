import { readSql } from '../sql/sql-files.ts';
import { sqlString } from '../sql/sql-string.ts';

/** The rows that a day keeps and those that it gains; see sql/lake/merged.sql. */
export interface Merge {
  /** Columns of both relations, including `log_object`. */
  columns: readonly string[];
  /** The columns that are equal in rows of the same line. */
  matched: readonly string[];
  /** Relations with the columns and `copies`: the lake's rows of the day, and the rows of new or changed logs. */
  kept: string;
  fresh: string;
  /** SQL that is true for a row whose request id identifies its line. */
  has_identity: string;
  /** Conditions on `log_object`: kept rows that a changed log may repeat, and fresh rows that may repeat kept ones. */
  may_return: string;
  may_repeat: string;
}

/** SQL for the rows of a day of which some raw logs are gone. Each line is one row. */
export function mergedSql({ columns, matched, ...parts }: Merge): string {
  const lists = { columns: columns.join(', '), matched: matched.join(', ') };
  return Object.entries({ ...lists, ...parts }).reduce(
    (sql, [name, text]) => sql.replaceAll(`{{${name}}}`, () => text),
    readSql('lake/merged.sql'),
  );
}

/** SQL for the condition that `log_object` is one of some names. */
export function isAmong(names: readonly string[]): string {
  return names.length === 0 ? 'false' : `log_object IN (${names.map(sqlString).join(', ')})`;
}

/** The columns that are equal for equal lines, regardless of the format definition that parsed them. */
const LASTING_COLUMNS = ['time', 'request_id', 'operation', 'method', 'status', 'bytes_sent'];

/**
 * The columns of requests that are equal for the same line: all but the log's name. If the line was parsed with another
 * definition of its format, only a few columns are certainly equal.
 */
export function matchedColumns(columns: readonly string[], hasSameDefinition: boolean): string[] {
  return hasSameDefinition ? columns.filter((name) => name !== 'log_object') : LASTING_COLUMNS;
}
