import { createHash } from 'node:crypto';
import type { Source } from '../config.ts';
import { FILE_DAY_COLUMN, type Format, LINE_COLUMN, rawColumns, UNPARSED_COLUMN } from '../formats/format.ts';
import { NAMED_COLUMNS } from '../formats/named-columns.ts';
import { sqlText } from '../formats/sql-text.ts';
import { trinoReader } from '../formats/trino-reader.ts';
import { dayPattern, dayRule, readLocation } from '../layouts/layout.ts';
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
  const others = format.mapping ? [] : kept.filter((name) => !NAMED.has(name));
  const [mapping, relation] = format.mapping
    ? [format.mapping, raw]
    : [readSql('lake/named.sql'), namedColumns(format, raw, others)];
  const columns = kept.map((name, index) => `,\n  "${others.includes(name) ? `raw_${name}` : name}" AS kept_${index}`);
  return mapping.replace('{{raw}}', () => relation).replace('{{kept}}', () => columns.join(''));
}

/**
 * The same for a relation without parameters, with lines read anew where a mapping names them again. DuckDB would keep all
 * lines of a CTE that is named twice, which takes twice the time where memory ends: 1,000,000 lines of CloudFront came into
 * the lake at 167,000 a second instead of 266,000.
 */
export function rereadingMappingSql(format: Format, raw: string): string {
  return mappingSql(format, raw).replace(/\bFROM raw\b/g, () => `FROM ${raw} AS raw`);
}

const NAMED: ReadonlySet<string> = new Set([...NAMED_COLUMNS, LINE_COLUMN]);

/**
 * The raw relation with every column that sql/lake/named.sql reads, and `others` under names that it gives to nothing of
 * its own.
 */
function namedColumns(format: Format, raw: string, others: readonly string[]): string {
  const present = new Set([...rawColumns(format), ...(format.yearless ? [FILE_DAY_COLUMN] : [])]);
  const columns = [
    ...NAMED_COLUMNS.map((name) => `${present.has(name) ? `"${name}"` : 'CAST(NULL AS varchar)'} AS ${name}`),
    ...others.map((name) => `"${name}" AS "raw_${name}"`),
  ];
  return `(SELECT ${columns.join(', ')}, ${UNPARSED_COLUMN}, line, "$path" FROM ${raw} AS raw)`;
}

/** One row a request from mapped rows, with how often it was delivered; of rows that are alike in the columns `within`. */
export function deduplicationSql(
  mapped: string,
  columns: readonly string[] = MAPPED_COLUMNS,
  within: readonly string[] = [],
): string {
  return readSql('lake/deduplicated.sql')
    .replace('{{columns}}', () => columns.join(', '))
    .replaceAll('{{within}}', within.map((column) => `${column}, `).join(''))
    .replace('{{mapped}}', () => mapped);
}

/** The figures of a day's manifest, from relations of its requests and its rejected lines. */
export function dayFiguresSql(requests: string, rejected: string): string {
  return readSql('lake/day.sql')
    .replace('{{requests}}', () => requests)
    .replace('{{rejected}}', () => rejected);
}

/** The day of a line's folder, from the raw table's partition. */
export const FOLDER_DAY = plainDay('"timestamp"');

/** The days that a layout writes, as YYYY-MM-DD. */
function plainDay(written: string): string {
  return `replace(regexp_replace(${written}, '[^0-9/]', ''), '/', '-')`;
}

/** The same from the object's name, for rows that come from the raw table. */
function objectDay(source: LakeSource): string {
  const { bucket, prefix } = readLocation(source);
  const place = `/${bucket}/${prefix}`.replace(/[.+]/g, '[$&]');
  return plainDay(`regexp_extract(log_object, ${sqlText(place + dayPattern(source))}, 1)`);
}

/** What the SQL of a source's days depends on. */
export type LakeSource = Pick<Source, 'name' | 'definition' | 'location' | 'layout' | 'partition_date_source'>;

/**
 * Lines of consecutive days as UNLOAD writes them in one pass over the raw table: requests, once each within their day,
 * and rejected lines, parted by the last columns, `day` and `kind`. `?` are the first and the last folder to read, as the
 * raw table's partition writes them, and the first and the last day that lines shall count to.
 */
export function daysSql(source: LakeSource, raw_table: string): string {
  const { definition } = source;
  const reader = trinoReader(definition, raw_table, '"timestamp" BETWEEN ? AND ?', FOLDER_DAY);
  const mapped = mappingSql(definition, `(${reader})`);
  // A rejected line is never taken for another delivery of one that only shares what could be read of it.
  const kept = MAPPED_COLUMNS.map((name) =>
    name === 'request_id' ? `CASE WHEN line IS NULL THEN ${name} END AS ${name}` : name,
  );
  const day =
    dayRule(source) === 'folder'
      ? objectDay(source)
      : `CASE WHEN line IS NULL THEN CAST(CAST(time AS date) AS varchar) ELSE ${objectDay(source)} END`;
  const dated = `SELECT ${kept.join(', ')}, reason, line, ${day} AS day FROM (${mapped})`;
  const rows = deduplicationSql(
    `(SELECT * FROM (${dated}) WHERE day BETWEEN ? AND ?)`,
    [...MAPPED_COLUMNS, 'reason', 'line', 'day'],
    ['day'],
  );
  return `SELECT ${MAPPED_COLUMNS.join(', ')}, copies, reason, CAST(NULL AS bigint) AS line_number, line, day,
  CASE WHEN line IS NULL THEN '${REQUESTS_TABLE}' ELSE '${REJECTED_TABLE}' END AS kind
FROM (${rows})`;
}

/** Changes whenever the same lines would become other rows. */
export function formatSha256(format: Format): string {
  const parts = [format, mappingSql(format, 'raw'), deduplicationSql('mapped')];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
