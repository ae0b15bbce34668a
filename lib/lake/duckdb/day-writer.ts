import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { pathString } from '../../engine/duckdb/path.ts';
import { sqlString } from '../../sql/sql-string.ts';
import { rejectedLinesSql } from '../definition.ts';
import type { DayManifest } from '../manifest.ts';
import { type KeptDay, mergedRejectedSql, mergedRequestsSql, rejectedSql, requestsSql } from './day-sql.ts';
import { REJECTED_FILE, REQUESTS_FILE, unfinishedDayFolder } from './lake.ts';
import { NO_REQUESTS, type RequestFigures, requestFigures } from './request-figures.ts';
import type { StagedDay } from './staging.ts';

export type DayFigures = Pick<
  DayManifest,
  'lines' | 'parsed' | 'rejected' | 'duplicates' | 'not_requests' | 'first_event' | 'last_event' | 'hours_with_lines'
>;

export const PARQUET = 'FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1';

/**
 * Writes the requests and rejected lines of a staged day, with the rows that the lake keeps, to a temporary folder. Throws
 * an Error if the counts do not add up. `known` are the figures of the requests' file if it becomes the day's own.
 */
export async function writeDay(
  connection: DuckDBConnection,
  lake: string,
  source: string,
  staged: StagedDay,
  kept?: KeptDay,
  known?: RequestFigures,
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
  const [found = NO_REQUESTS] = known ? [known] : await requestFigures(connection, [requestsFile].filter(existsSync));
  const { deliveries, ...figures } = found;
  const rejected = await rejectedLines(connection, rejectedFile);
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

async function rejectedLines(connection: DuckDBConnection, file: string): Promise<number> {
  if (!existsSync(file)) return 0;
  const reader = await connection.runAndReadAll(
    rejectedLinesSql(`read_parquet(${pathString(file)}, hive_partitioning = false)`),
  );
  return Number(reader.getRowsJS()[0]?.[0]);
}
