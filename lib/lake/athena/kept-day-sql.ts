import { downloadKindsSql } from '../../formats/download-kinds.ts';
import { MAPPED_COLUMNS } from '../../formats/mapping.ts';
import type { Day } from '../../model/period.ts';
import { REJECTED_COLUMNS, REQUEST_COLUMNS } from '../../model/request-columns.ts';
import { REJECTED_TABLE, REQUESTS_TABLE } from '../../model/table-names.ts';
import { downloadPartsSql } from '../downloads.ts';
import { isAmong, matchedColumns, mergedSql } from '../merge.ts';
import { daysSql, type LakeSource } from './days-sql.ts';

/** The rows that a day keeps because objects are gone, and those that it gains. */
export interface KeptObjects {
  /** Objects that are new, or have changed. */
  fresh: readonly string[];
  /** Those of them that have changed: their lines may be among the rows that the day keeps. */
  changed: readonly string[];
  /** False if the rows were parsed with another definition of the format. */
  hasSameDefinition: boolean;
}

const REJECTED_NAMES = REJECTED_COLUMNS.map(({ name }) => name).filter((name) => name !== 'copies');

/**
 * Selects the rows that the lake has of a day, and those of new objects, for UNLOAD, in the columns of `daysSql`. The
 * parameters are, twice: source and day, and the four of `daysSql`.
 */
export function keptDaySql(
  database: string,
  source: LakeSource,
  raw_table: string,
  day: Day,
  { fresh, changed, hasSameDefinition }: KeptObjects,
): string {
  const stored = (table: string) => `(SELECT * FROM ${database}.${table} WHERE source = ? AND day = ?)`;
  const found = (kind: string) => `(SELECT * FROM (${daysSql(source, raw_table, fresh)}) WHERE kind = '${kind}')`;
  const open = { may_return: isAmong(changed), may_repeat: isAmong(changed) };
  const requests = mergedSql({
    columns: MAPPED_COLUMNS,
    matched: matchedColumns(MAPPED_COLUMNS, hasSameDefinition),
    kept: stored(REQUESTS_TABLE),
    fresh: found(REQUESTS_TABLE),
    has_identity: 'request_id IS NOT NULL',
    ...open,
  });
  const rejected = mergedSql({
    columns: REJECTED_NAMES,
    matched: ['line'],
    kept: stored(REJECTED_TABLE),
    fresh: found(REJECTED_TABLE),
    has_identity: 'false',
    ...open,
  });
  const downloads = downloadPartsSql(`(${downloadKindsSql(`(${requests})`)})`, [...MAPPED_COLUMNS, 'copies']);
  const absent = REQUEST_COLUMNS.filter(({ name }) => MAPPED_COLUMNS.includes(name)).map(({ name, type }) =>
    name === 'log_object' ? name : `CAST(NULL AS ${type}) AS ${name}`,
  );
  return `SELECT ${MAPPED_COLUMNS.join(', ')}, download, copies, CAST(NULL AS varchar) AS reason, CAST(NULL AS bigint) AS line_number,
  CAST(NULL AS varchar) AS line, '${day}' AS day, '${REQUESTS_TABLE}' AS kind
FROM (${downloads})
UNION ALL
SELECT ${absent.join(', ')}, CAST(NULL AS varchar) AS download, copies, reason, line_number, line, '${day}' AS day, '${REJECTED_TABLE}' AS kind
FROM (${rejected})`;
}
