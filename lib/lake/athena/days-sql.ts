import { rawTableColumns, trinoReader } from '../../formats/athena/reader.ts';
import { downloadKindsSql } from '../../formats/download-kinds.ts';
import type { Format } from '../../formats/format.ts';
import { MAPPED_COLUMNS, mappingSql } from '../../formats/mapping.ts';
import { REJECTED_TABLE, REQUESTS_TABLE } from '../../model/table-names.ts';
import { dayPattern, dayRule, readLocation } from '../../sources/layout.ts';
import type { Source } from '../../sources/source.ts';
import { sqlString } from '../../sql/sql-string.ts';
import { deduplicationSql, LINE_KEY } from '../definition.ts';
import { downloadPartsSql } from '../downloads.ts';

/** SQL for the day of a line's folder, from the raw table's partition. */
export const FOLDER_DAY = plainDay('"timestamp"');

/** SQL for a day in the notation of any layout as YYYY-MM-DD. */
function plainDay(written: string): string {
  return `replace(regexp_replace(${written}, '[^0-9/]', ''), '/', '-')`;
}

/** SQL for the day of a row's folder, from the name of its object. */
function objectDay(source: LakeSource): string {
  const { bucket, prefix } = readLocation(source);
  const place = `/${bucket}/${prefix}`.replace(/[.+]/g, '[$&]');
  return plainDay(`regexp_extract(log_object, ${sqlString(place + dayPattern(source))}, 1)`);
}

/**
 * SQL for a digest of a line: of its text, or of its fields if the raw table has a column per field. It is only compared
 * between lines with the same request id.
 */
function lineKey(format: Format): string {
  const fields = rawTableColumns(format).map((name) => `coalesce("${name}", '')`);
  return `sha256(to_utf8(${fields.length === 1 ? fields[0] : `concat_ws(' ', ${fields.join(', ')})`}))`;
}

/** The properties of a source that the SQL of its days depends on. */
export type LakeSource = Pick<Source, 'name' | 'definition' | 'location' | 'layout' | 'partition_date_source'>;

/**
 * Selects the lines of consecutive days in one pass over the raw table, for UNLOAD: requests, deduplicated within their day,
 * and rejected lines. The last columns, `day` and `kind`, are the partitions. The four parameters are the first and the last
 * folder to read, in the notation of the raw table's partition, and the first and the last day to select. With `objects`,
 * only these are read.
 */
export function daysSql(source: LakeSource, raw_table: string, objects?: readonly string[]): string {
  const { definition } = source;
  const chosen = objects ? ` AND "$path" IN (${objects.map(sqlString).join(', ')})` : '';
  const reader = trinoReader(definition, raw_table, `"timestamp" BETWEEN ? AND ?${chosen}`, FOLDER_DAY);
  const raw = `(SELECT *, ${lineKey(definition)} AS ${LINE_KEY} FROM (${reader}))`;
  const mapped = mappingSql(definition, raw, [LINE_KEY]);
  // Without a request id a rejected line is never a duplicate: only part of it could be read.
  const kept = MAPPED_COLUMNS.map((name) =>
    name === 'request_id' ? `CASE WHEN line IS NULL THEN ${name} END AS ${name}` : name,
  );
  const day =
    dayRule(source) === 'folder'
      ? objectDay(source)
      : `CASE WHEN line IS NULL THEN CAST(CAST(time AS date) AS varchar) ELSE ${objectDay(source)} END`;
  const dated = `SELECT ${kept.join(', ')}, reason, line, kept_0 AS ${LINE_KEY}, ${day} AS day FROM (${mapped})`;
  const rows = deduplicationSql(`(SELECT * FROM (${dated}) WHERE day BETWEEN ? AND ?)`, {
    columns: [...MAPPED_COLUMNS, 'reason', 'line', 'day'],
    within: ['day'],
  });
  const columns = [...MAPPED_COLUMNS, 'copies', 'reason', 'line', 'day'];
  const downloads = downloadPartsSql(`(${downloadKindsSql(`(${rows})`)})`, columns, ['day', 'line']);
  return `SELECT ${MAPPED_COLUMNS.join(', ')}, download, copies, reason, CAST(NULL AS bigint) AS line_number, line, day,
  CASE WHEN line IS NULL THEN '${REQUESTS_TABLE}' ELSE '${REJECTED_TABLE}' END AS kind
FROM (${downloads})`;
}
