import type { DuckDBConnection } from '@duckdb/node-api';
import { duckdbFileReader } from '../../formats/duckdb/ordered-headers.ts';
import { mappingSql } from '../../formats/mapping.ts';
import type { Day } from '../../model/period.ts';
import type { DayRule } from '../../sources/layout.ts';
import type { ReadableFile } from '../../sources/readable-files.ts';
import type { Source } from '../../sources/source.ts';
import { LINE_KEY } from '../definition.ts';
import { withPresentKeys } from './present-keys.ts';
import { FILE_DAY, OVERLONG, OVERLONG_REASON, readInto } from './raw-lines.ts';
import { collectRejects } from './rejects.ts';

/** The table of parsed lines: the mapped columns, `reason`, `line`, `line_key` and `day`, a DATE, so that DuckDB skips blocks of other days. */
export const STAGED_TABLE = 'staged';

/** Figures of the staging table for one day. */
export interface StagedDay {
  day: Day;
  lines: number;
  rejected: number;
  /** True if a request was delivered more than once. */
  has_duplicates: boolean;
  /** True if a request delivered only part of an object. */
  has_parts: boolean;
  log_objects: Set<string>;
}

/**
 * Parses all lines of the files once, into a table that spills to disk if memory is short, and returns the days in it. With
 * the rule `event_time`, a rejected line has no time; it belongs to the day in its file's name, else to the date in the line,
 * else to the last day of the other lines of its file, else to the day of the file's last change. Rejected lines are also in
 * the table `rejects`, with their numbers.
 */
export async function stageLines(
  connection: DuckDBConnection,
  source: Source,
  files: readonly ReadableFile[],
  rule: DayRule,
  temporary: string,
): Promise<StagedDay[]> {
  const select = async (lines: string, isRepair: boolean) => {
    const format = await withPresentKeys(connection, source.definition, lines);
    const reader = await duckdbFileReader(connection, format, files, { lines, fileDay: FILE_DAY, isRepair });
    const mapped = mappingSql(format, `(SELECT *, hash(line) AS ${LINE_KEY} FROM (${reader}))`, [LINE_KEY]);
    return `SELECT * EXCLUDE (kept_0), kept_0 AS ${LINE_KEY}, ${DAY_EXPRESSIONS[rule]} AS day FROM (${mapped})`;
  };
  await readInto(connection, STAGED_TABLE, files, temporary, select);
  await connection.run(
    `INSERT INTO ${STAGED_TABLE} BY NAME SELECT line, log_object, '${OVERLONG_REASON}' AS reason FROM ${OVERLONG}`,
  );
  await connection.run(
    `UPDATE ${STAGED_TABLE} SET day = coalesce(
       (SELECT max(day) FROM log_objects WHERE log_objects.log_object = ${STAGED_TABLE}.log_object AND is_named),
       CAST(${DATE_IN_LINE} AS DATE),
       (SELECT max(day) FROM ${STAGED_TABLE} AS dated WHERE dated.log_object = ${STAGED_TABLE}.log_object AND dated.line IS NULL),
       (SELECT max(day) FROM log_objects WHERE log_objects.log_object = ${STAGED_TABLE}.log_object)
     ) WHERE day IS NULL`,
  );
  // One after the other: an appender that is closed while the same connection runs a query can fail.
  await collectRejects(connection, STAGED_TABLE, files);
  return stagedDays(connection);
}

/** Drops the staging tables. */
export async function dropStaged(connection: DuckDBConnection): Promise<void> {
  await connection.run(`DROP TABLE IF EXISTS ${STAGED_TABLE}; DROP TABLE IF EXISTS rejects`);
}

const DATE_IN_LINE =
  "try_strptime(system.main.regexp_extract(line, '\\[([0-9]{2}/[A-Z][a-z]{2}/[0-9]{4})[:\\]]', 1), '%d/%b/%Y')";

const DAY_EXPRESSIONS: Record<DayRule, string> = {
  // DuckDB computes this once per file, not per line.
  folder:
    "TRY_CAST(replace(system.main.regexp_extract(log_object, '^(?:.*/)?([0-9]{4}/[0-9]{2}/[0-9]{2})/', 1), '/', '-') AS DATE)",
  event_time: 'CASE WHEN line IS NULL THEN CAST(time AS DATE) END',
};

/** True for every row that can be part of a download, and for few others. */
const MAYBE_PART = 'coalesce(status = 206 OR (status = 200 AND bytes_sent < object_size), false)';

async function stagedDays(connection: DuckDBConnection): Promise<StagedDay[]> {
  const request = `CASE WHEN line IS NULL AND request_id IS NOT NULL THEN hash(request_id, ${LINE_KEY}) END`;
  const counted = await connection.runAndReadAll(
    `SELECT CAST(day AS VARCHAR), count(*), count(line), count(${request}) > count(DISTINCT ${request}), bool_or(${MAYBE_PART}) FROM ${STAGED_TABLE} GROUP BY day ORDER BY day`,
  );
  const inputs = await connection.runAndReadAll(
    `SELECT DISTINCT CAST(day AS VARCHAR), log_object FROM ${STAGED_TABLE}`,
  );
  const byDay = Map.groupBy(inputs.getRowsJS() as [Day, string][], ([day]) => day);
  const days = counted.getRowsJS() as [Day, bigint, bigint, boolean, boolean][];
  return days.map(([day, lines, rejected, has_duplicates, has_parts]) => ({
    day,
    lines: Number(lines),
    rejected: Number(rejected),
    has_duplicates,
    has_parts,
    log_objects: new Set(byDay.get(day)?.map(([, log_object]) => log_object)),
  }));
}
