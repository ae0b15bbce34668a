import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { MAPPED_COLUMNS } from '../../formats/mapping.ts';
import { REJECTED_TABLE, REQUESTS_TABLE } from '../../model/table-names.ts';
import { sqlString } from '../../sql/sql-string.ts';
import { dayFiguresSql, deduplicationSql } from '../definition.ts';
import { type DayManifest, dayPrefix } from '../manifest.ts';
import { unfinishedDayFolder } from './lake.ts';
import { STAGED_TABLE, type StagedDay } from './staging.ts';

export type DayFigures = Pick<
  DayManifest,
  'lines' | 'parsed' | 'rejected' | 'duplicates' | 'first_event' | 'last_event' | 'hours_with_lines'
>;

const PARQUET = 'FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1';

/**
 * Writes a staged day's requests and rejected lines to a temporary folder and then moves them into the lake's tables, so
 * that no reader sees half a day. An Error if the figures do not add up; the lake is then unchanged.
 */
export async function writeDay(
  connection: DuckDBConnection,
  lake: string,
  source: string,
  { day, lines, rejected, has_duplicates }: StagedDay,
): Promise<DayFigures> {
  const folder = unfinishedDayFolder(lake, source, day);
  const [requestsFile, rejectedFile] = [join(folder, 'requests.parquet'), join(folder, 'rejected.parquet')];
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await connection.run(`COPY (${requestsOf(day, has_duplicates)}) TO ${sqlString(requestsFile)} (${PARQUET})`);
  if (rejected > 0) {
    await connection.run(
      `COPY (SELECT * EXCLUDE (day) FROM rejects WHERE day = DATE '${day}' ORDER BY log_object, line_number, line)
       TO ${sqlString(rejectedFile)} (${PARQUET})`,
    );
  }
  const { deliveries, ...figures } = await dayFigures(connection, requestsFile);
  if (deliveries + rejected !== lines) {
    throw new Error(`${source}, ${day}: ${lines} lines became ${deliveries} requests and ${rejected} rejects`);
  }
  replaceFolder(join(lake, dayPrefix(REQUESTS_TABLE, source, day)), figures.parsed > 0 ? requestsFile : undefined);
  replaceFolder(join(lake, dayPrefix(REJECTED_TABLE, source, day)), rejected > 0 ? rejectedFile : undefined);
  rmSync(folder, { recursive: true, force: true });
  return { ...figures, lines, rejected, duplicates: deliveries - figures.parsed };
}

function requestsOf(day: string, has_duplicates: boolean): string {
  const columns = MAPPED_COLUMNS.join(', ');
  const ofDay = `FROM ${STAGED_TABLE} WHERE day = DATE '${day}' AND line IS NULL`;
  if (!has_duplicates) return `SELECT ${columns}, CAST(1 AS BIGINT) AS copies ${ofDay}`;
  return `${deduplicationSql(`(SELECT * ${ofDay})`)} ORDER BY time, request_id, operation, path`;
}

async function dayFigures(connection: DuckDBConnection, path: string) {
  const reader = await connection.runAndReadAll(
    dayFiguresSql(`read_parquet(${sqlString(path)}, hive_partitioning = false)`, '(SELECT 0 AS copies WHERE false)'),
  );
  const [found] = reader.getRowObjectsJS();
  const isoTime = (value: unknown) => (value instanceof Date ? value.toISOString() : null);
  return {
    parsed: Number(found?.parsed),
    deliveries: Number(found?.deliveries),
    first_event: isoTime(found?.first_event),
    last_event: isoTime(found?.last_event),
    hours_with_lines: Number(found?.hours_with_lines),
  };
}

/** Replaces a day's folder by one with the finished file; without a file the folder is deleted. */
function replaceFolder(folder: string, file: string | undefined): void {
  rmSync(folder, { recursive: true, force: true });
  if (file === undefined) return;
  mkdirSync(folder, { recursive: true });
  renameSync(file, join(folder, 'part-0.parquet'));
}
