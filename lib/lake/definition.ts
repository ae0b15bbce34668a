import { createHash } from 'node:crypto';
import { UNPARSED_COLUMN } from '../formats/format.ts';
import { formatOf } from '../formats/formats.ts';
import { linePattern } from '../formats/pattern.ts';
import { REQUEST_COLUMNS } from '../requests.ts';
import { readSql } from '../sql.ts';
import { REJECTED_TABLE, REQUESTS_TABLE } from '../table-names.ts';

/** The columns of `requests` that a format's mapping selects: all but `copies`, which deduplication adds. */
export const MAPPED_COLUMNS = REQUEST_COLUMNS.filter(({ name }) => name !== 'copies').map(({ name }) => name);

/** The rows of a raw relation as `requests` columns, `reason` and `line`, in Trino's SQL. */
export function mappingSql(format: string, raw: string): string {
  return readSql(`formats/${formatOf(format).id}.sql`).replace('{{raw}}', () => raw);
}

/** One row a request from mapped rows, with how often it was delivered. */
export function deduplicationSql(mapped: string, columns: readonly string[] = MAPPED_COLUMNS): string {
  return readSql('lake/deduplicated.sql')
    .replace('{{columns}}', () => columns.join(', '))
    .replace('{{mapped}}', () => mapped);
}

/** The figures of a day's manifest, from relations of its requests and its rejected lines. */
export function dayFiguresSql(requests: string, rejected: string): string {
  return readSql('lake/day.sql')
    .replace('{{requests}}', () => requests)
    .replace('{{rejected}}', () => rejected);
}

/**
 * A day's lines as UNLOAD writes them in one pass over the raw table: requests, once each, and rejected lines, told apart
 * by the last column, `kind`. `?` is the day as the raw table's partition writes it.
 */
export function daySql(format: string, raw_table: string): string {
  const columns = [...formatOf(format).fields.map(({ name }) => `"${name}"`), UNPARSED_COLUMN, '"$path"'].join(', ');
  const mapped = mappingSql(format, `(SELECT ${columns} FROM ${raw_table} WHERE "timestamp" = ?)`);
  const rows = deduplicationSql(`(${mapped})`, [...MAPPED_COLUMNS, 'reason', 'line']);
  return `SELECT ${MAPPED_COLUMNS.join(', ')}, copies, reason, CAST(NULL AS bigint) AS line_number, line,
  CASE WHEN line IS NULL THEN '${REQUESTS_TABLE}' ELSE '${REJECTED_TABLE}' END AS kind
FROM (${rows})`;
}

/** Changes whenever the same lines would become other rows. */
export function formatSha256(format: string): string {
  const parts = [linePattern(formatOf(format)), mappingSql(format, 'raw'), deduplicationSql('mapped')];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
