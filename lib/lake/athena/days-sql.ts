import { trinoReader } from '../../formats/athena/reader.ts';
import { MAPPED_COLUMNS, mappingSql } from '../../formats/mapping.ts';
import { REJECTED_TABLE, REQUESTS_TABLE } from '../../model/table-names.ts';
import { dayPattern, dayRule, readLocation } from '../../sources/layout.ts';
import type { Source } from '../../sources/source.ts';
import { sqlString } from '../../sql/sql-string.ts';
import { deduplicationSql } from '../definition.ts';

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
  return plainDay(`regexp_extract(log_object, ${sqlString(place + dayPattern(source))}, 1)`);
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
