import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { pathString } from '../../engine/duckdb/path.ts';
import { kindCounts } from '../../model/record-kinds.ts';
import { REJECTED_COLUMNS, REQUEST_COLUMNS } from '../../model/request-columns.ts';
import { sqlString } from '../../sql/sql-string.ts';
import { dayFiguresSql } from '../definition.ts';
import type { DayManifest } from '../manifest.ts';
import { type KeptDay, mergedRejectedSql, mergedRequestsSql, rejectedSql, requestsSql } from './day-sql.ts';
import { REJECTED_FILE, REQUESTS_FILE, unfinishedDayFolder } from './lake.ts';
import type { StagedDay } from './staging.ts';
import { emptyRows } from './views.ts';

export type DayFigures = Pick<
  DayManifest,
  'lines' | 'parsed' | 'rejected' | 'duplicates' | 'not_requests' | 'first_event' | 'last_event' | 'hours_with_lines'
>;

export const PARQUET = 'FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1';

/**
 * Writes the requests and rejected lines of a staged day, with the rows that the lake keeps, to a temporary folder. Throws
 * an Error if the counts do not add up.
 */
export async function writeDay(
  connection: DuckDBConnection,
  lake: string,
  source: string,
  staged: StagedDay,
  kept?: KeptDay,
): Promise<DayFigures> {
  const { day } = staged;
  const folder = unfinishedDayFolder(lake, source, day);
  const [requestsFile, rejectedFile] = [join(folder, REQUESTS_FILE), join(folder, REJECTED_FILE)];
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await writeRequests(connection, lake, source, staged, requestsFile, kept);
  if (kept || staged.rejected > 0) {
    const rejects = kept ? mergedRejectedSql(lake, source, day, kept) : rejectedSql(day);
    await connection.run(`COPY (${rejects}) TO ${sqlString(rejectedFile)} (${PARQUET})`);
  }
  const { deliveries, rejected, ...figures } = await dayFigures(connection, requestsFile, rejectedFile);
  const lines = deliveries + rejected;
  if (!kept && lines !== staged.lines) {
    throw new Error(`${source}, ${day}: ${staged.lines} lines became ${deliveries} requests and ${rejected} rejects`);
  }
  return { ...figures, lines, rejected, duplicates: deliveries - figures.parsed };
}

/** True if the file of a staged day becomes the day's own, once the parts of its downloads are combined. */
export function isFinal({ staged, kept }: { staged: StagedDay; kept?: KeptDay | undefined }): boolean {
  return !kept && !staged.has_duplicates;
}

/** Writes the requests of a day. */
async function writeRequests(
  connection: DuckDBConnection,
  lake: string,
  source: string,
  staged: StagedDay,
  target: string,
  kept: KeptDay | undefined,
): Promise<void> {
  if (isFinal({ staged, kept })) {
    if (staged.file) renameSync(staged.file.path, target);
    return;
  }
  const requests = kept ? mergedRequestsSql(lake, source, staged, kept) : requestsSql(staged);
  await connection.run(`COPY (${requests}) TO ${sqlString(target)} (${PARQUET})`);
}

async function dayFigures(connection: DuckDBConnection, requestsFile: string, rejectedFile: string) {
  const rows = (file: string) => `read_parquet(${pathString(file)}, hive_partitioning = false)`;
  const requests = existsSync(requestsFile) ? rows(requestsFile) : `(${emptyRows(REQUEST_COLUMNS)})`;
  const rejected = existsSync(rejectedFile) ? rows(rejectedFile) : `(${emptyRows(REJECTED_COLUMNS)})`;
  const reader = await connection.runAndReadAll(dayFiguresSql(requests, rejected));
  const [found] = reader.getRowObjectsJS();
  const isoTime = (value: unknown) => (value instanceof Date ? value.toISOString() : null);
  return {
    parsed: Number(found?.parsed),
    deliveries: Number(found?.deliveries),
    rejected: Number(found?.rejected),
    not_requests: kindCounts(found ?? {}),
    first_event: isoTime(found?.first_event),
    last_event: isoTime(found?.last_event),
    hours_with_lines: Number(found?.hours_with_lines),
  };
}
