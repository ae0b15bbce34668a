import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { pathString } from '../../engine/duckdb/path.ts';
import { kindCounts } from '../../model/record-kinds.ts';
import { sqlString } from '../../sql/sql-string.ts';
import { dayFiguresSql } from '../definition.ts';
import type { DayManifest } from '../manifest.ts';
import { type KeptDay, mergedRejectedSql, mergedRequestsSql, rejectedSql, requestsSql } from './day-sql.ts';
import { REJECTED_FILE, REQUESTS_FILE, unfinishedDayFolder } from './lake.ts';
import type { StagedDay } from './staging.ts';

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
  const requests = kept ? mergedRequestsSql(lake, source, day, kept) : requestsSql(staged);
  await connection.run(`COPY (${requests}) TO ${sqlString(requestsFile)} (${PARQUET})`);
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

async function dayFigures(connection: DuckDBConnection, requestsFile: string, rejectedFile: string) {
  const rows = (file: string) => `read_parquet(${pathString(file)}, hive_partitioning = false)`;
  const rejected = existsSync(rejectedFile) ? rows(rejectedFile) : '(SELECT 0 AS copies WHERE false)';
  const reader = await connection.runAndReadAll(dayFiguresSql(rows(requestsFile), rejected));
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
