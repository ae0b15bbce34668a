import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathString } from '../../engine/duckdb/path.ts';
import { downloadKindsSql } from '../../formats/download-kinds.ts';
import { MAPPED_COLUMNS } from '../../formats/mapping.ts';
import type { Day } from '../../model/period.ts';
import { REJECTED_COLUMNS, REQUEST_COLUMNS, type RequestColumn } from '../../model/request-columns.ts';
import { REJECTED_TABLE, REQUESTS_TABLE } from '../../model/table-names.ts';
import { deduplicationSql, LINE_KEY } from '../definition.ts';
import { DOWNLOAD_PART, downloadPartsSql } from '../downloads.ts';
import { dayPrefix } from '../manifest.ts';
import { isAmong, matchedColumns, mergedSql } from '../merge.ts';
import { partsInOrder } from './combine-downloads.ts';
import { REPEATED_TABLE } from './repeated-rows.ts';
import { REJECTS_TABLE } from './staged-rejects.ts';
import type { StagedDay } from './staging.ts';
import { emptyRows } from './views.ts';

/** The rows that a day keeps because their raw logs are gone, and the logs whose rows it gains. */
export interface KeptDay {
  /** Names of new and changed logs. */
  fresh: readonly string[];
  /** Those among them whose lines may have been read before under another name. */
  may_repeat: readonly string[];
  /** Names of unchanged logs: none of their rows is in a fresh log. */
  unchanged: readonly string[];
  /** False if the rows were parsed with another definition of the format. */
  hasSameDefinition: boolean;
}

const REJECTED_NAMES = REJECTED_COLUMNS.map(({ name }) => name).filter((name) => name !== 'copies');

/** Selects the requests of a staged day, each once, in an order that depends on its lines alone. */
export function requestsSql(staged: StagedDay): string {
  const requests = deduplicationSql(stagedRows(staged), { columns: [...MAPPED_COLUMNS, LINE_KEY] });
  return `${inOrder(withDownloads(requests, LINE_KEY))}, ${LINE_KEY}`;
}

/**
 * The requests of a staged day as they were delivered. Equal lines have the same `line_key`: the number of the first row
 * among them.
 */
function stagedRows({ day, file }: StagedDay): string {
  if (!file) return `(${emptyRows(REQUEST_COLUMNS, [`0 AS ${LINE_KEY}`])})`;
  return `(SELECT requests.*, coalesce(first_row, file_row_number) AS ${LINE_KEY}
    FROM read_parquet(${pathString(file.path)}, hive_partitioning = false, file_row_number = true) AS requests
    LEFT JOIN (SELECT file_row_number, first_row FROM ${REPEATED_TABLE} WHERE day = '${day}') USING (file_row_number))`;
}

/**
 * Adds `download`. Only parts are sorted by client and object, because sorting is the slowest step of a day. The rows can be
 * sorted by `key`, which orders parts that are alike.
 */
function withDownloads(requests: string, key?: string): string {
  const kinds = downloadKindsSql(`(${requests})`);
  const columns = REQUEST_COLUMNS.map(({ name }) => name).join(', ');
  const others = `SELECT * FROM (${kinds}) WHERE download IS DISTINCT FROM '${DOWNLOAD_PART}'`;
  const together = downloadPartsSql(partsInOrder(`(${kinds})`, key ?? '0'), [
    ...MAPPED_COLUMNS.map((name) => (name === 'log_object' ? `origin AS ${name}` : name)),
    ...['copies', ...(key ? [key] : [])],
  ]);
  return `SELECT ${columns} FROM (${others} UNION ALL BY NAME ${together})`;
}

/** Selects the rejected lines of a staged day. */
export function rejectedSql(day: Day): string {
  return `SELECT * EXCLUDE (day) FROM ${REJECTS_TABLE} WHERE day = DATE '${day}' ORDER BY log_object, line_number, line`;
}

/** Selects the requests that a day keeps and those that it gains. */
export function mergedRequestsSql(lake: string, source: string, staged: StagedDay, kept: KeptDay): string {
  const { day } = staged;
  const fresh = `(SELECT * FROM ${stagedRows(staged)} WHERE ${isAmong(kept.fresh)})`;
  const merged = mergedSql({
    columns: MAPPED_COLUMNS,
    matched: matchedColumns(MAPPED_COLUMNS, kept.hasSameDefinition),
    kept: storedRows(lake, REQUESTS_TABLE, source, day, REQUEST_COLUMNS),
    fresh: `(${deduplicationSql(fresh)})`,
    has_identity: 'request_id IS NOT NULL',
    ...openRows(kept),
  });
  return inOrder(withDownloads(merged));
}

/** Selects the rejected lines that a day keeps and those that it gains. */
export function mergedRejectedSql(lake: string, source: string, day: Day, kept: KeptDay): string {
  const merged = mergedSql({
    columns: REJECTED_NAMES,
    matched: ['line'],
    kept: storedRows(lake, REJECTED_TABLE, source, day, REJECTED_COLUMNS),
    fresh: `(SELECT * FROM ${REJECTS_TABLE} WHERE day = DATE '${day}' AND ${isAmong(kept.fresh)})`,
    has_identity: 'false',
    ...openRows(kept),
  });
  return `${merged} ORDER BY log_object, line_number, line`;
}

function openRows({ unchanged, may_repeat }: KeptDay) {
  return { may_return: `NOT ${isAmong(unchanged)}`, may_repeat: isAmong(may_repeat) };
}

function inOrder(requests: string): string {
  return `${requests} ORDER BY time, request_id, operation, path`;
}

/** The lake's rows of a day. Columns that an older version did not write are NULL. */
function storedRows(lake: string, table: string, source: string, day: Day, columns: readonly RequestColumn[]): string {
  const file = join(lake, dayPrefix(table, source, day), 'part-0.parquet');
  const rows = `SELECT * FROM read_parquet(${pathString(file)}, hive_partitioning = false)`;
  const empty = emptyRows(columns);
  return existsSync(file) ? `(${empty} UNION ALL BY NAME ${rows})` : `(${empty})`;
}
