import { createHash } from 'node:crypto';
import { FILE_DAY_COLUMN, type Format, rawColumns, UNPARSED_COLUMN } from '../formats/format.ts';
import { NAMED_COLUMNS } from '../formats/named-columns.ts';
import { trinoReader } from '../formats/trino-reader.ts';
import { REQUEST_COLUMNS } from '../requests.ts';
import { readSql } from '../sql.ts';
import { REJECTED_TABLE, REQUESTS_TABLE } from '../table-names.ts';

/** The columns of `requests` that a format's mapping selects: all but `copies`, which deduplication adds. */
export const MAPPED_COLUMNS = REQUEST_COLUMNS.filter(({ name }) => name !== 'copies').map(({ name }) => name);

/**
 * The rows of a format's raw relation as `requests` columns, `reason` and `line`, in Trino's SQL. Raw columns that are to
 * be kept come out after these as `kept_0`, `kept_1` and so on.
 */
export function mappingSql(format: Format, raw: string, kept: readonly string[] = []): string {
  const [mapping, relation] = format.mapping
    ? [format.mapping, raw]
    : [readSql('lake/named.sql'), namedColumns(format, raw)];
  const columns = kept.map((name, index) => `,\n  "${name}" AS kept_${index}`).join('');
  return mapping.replace('{{raw}}', () => relation).replace('{{kept}}', () => columns);
}

/** The raw relation with every column that sql/lake/named.sql reads. */
function namedColumns(format: Format, raw: string): string {
  const present = new Set([...rawColumns(format), ...(format.yearless ? [FILE_DAY_COLUMN] : [])]);
  const columns = NAMED_COLUMNS.map(
    (name) => `${present.has(name) ? `"${name}"` : 'CAST(NULL AS varchar)'} AS ${name}`,
  );
  return `(SELECT ${columns.join(', ')}, ${UNPARSED_COLUMN}, line, "$path" FROM ${raw} AS raw)`;
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

/** The day of a line's folder, where the raw table's partition writes it as YYYY/MM/DD. */
export const FOLDER_DAY = `replace("timestamp", '/', '-')`;

/**
 * A day's lines as UNLOAD writes them in one pass over the raw table: requests, once each, and rejected lines, told apart
 * by the last column, `kind`. `?` is the day as the raw table's partition writes it.
 */
export function daySql(format: Format, raw_table: string): string {
  const mapped = mappingSql(format, `(${trinoReader(format, raw_table, '"timestamp" = ?', FOLDER_DAY)})`);
  // A rejected line is never taken for another delivery of one that only shares what could be read of it.
  const kept = MAPPED_COLUMNS.map((name) =>
    name === 'request_id' ? `CASE WHEN line IS NULL THEN ${name} END AS ${name}` : name,
  );
  const rows = deduplicationSql(`(SELECT ${kept.join(', ')}, reason, line FROM (${mapped}))`, [
    ...MAPPED_COLUMNS,
    'reason',
    'line',
  ]);
  return `SELECT ${MAPPED_COLUMNS.join(', ')}, copies, reason, CAST(NULL AS bigint) AS line_number, line,
  CASE WHEN line IS NULL THEN '${REQUESTS_TABLE}' ELSE '${REJECTED_TABLE}' END AS kind
FROM (${rows})`;
}

/** Changes whenever the same lines would become other rows. */
export function formatSha256(format: Format): string {
  const parts = [format, mappingSql(format, 'raw'), deduplicationSql('mapped')];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
