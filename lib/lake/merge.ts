import { readSql } from '../sql/sql-files.ts';
import { sqlString } from '../sql/sql-string.ts';

/** What a day keeps and what it gains; see sql/lake/merged.sql. */
export interface Merge {
  /** Columns of both relations, `log_object` among them. */
  columns: readonly string[];
  /** The columns that are equal in rows of the same line. */
  matched: readonly string[];
  /** Relations with the columns and `copies`: the lake's rows of the day, and those of logs that are new or have changed. */
  kept: string;
  fresh: string;
  /** SQL that is true for a row whose line is named by a request id. */
  has_identity: string;
  /** Conditions on `log_object`: kept rows that a changed log may hold again, and fresh rows that may repeat kept ones. */
  may_return: string;
  may_repeat: string;
}

/** SQL for the rows of a day of which some raw logs are gone, each line once. */
export function mergedSql({ columns, matched, ...parts }: Merge): string {
  const lists = { columns: columns.join(', '), matched: matched.join(', ') };
  return Object.entries({ ...lists, ...parts }).reduce(
    (sql, [name, text]) => sql.replaceAll(`{{${name}}}`, () => text),
    readSql('lake/merged.sql'),
  );
}

/** A condition that `log_object` is one of some names. */
export function isAmong(names: readonly string[]): string {
  return names.length === 0 ? 'false' : `log_object IN (${names.map(sqlString).join(', ')})`;
}

/** The columns that equal lines share whatever definition of the format they were parsed with. */
const LASTING_COLUMNS = ['time', 'request_id', 'operation', 'method', 'status', 'bytes_sent'];

/**
 * The columns of requests that are equal for the same line: all but the log it is in. A line that was parsed with another
 * definition of its format may differ in all but a few.
 */
export function matchedColumns(columns: readonly string[], hasSameDefinition: boolean): string[] {
  return hasSameDefinition ? columns.filter((name) => name !== 'log_object') : LASTING_COLUMNS;
}
