import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { MAPPED_COLUMNS } from '../../formats/mapping.ts';
import { REJECTED_TABLE, REQUESTS_TABLE } from '../../model/table-names.ts';
import { sqlString } from '../../sql/sql-string.ts';
import { dayFiguresSql, deduplicationSql } from '../definition.ts';
import { type DayManifest, dayPrefix } from '../manifest.ts';
import { STAGED_TABLE, type StagedDay } from './staging.ts';

export type DayFigures = Pick<
  DayManifest,
  'lines' | 'parsed' | 'rejected' | 'duplicates' | 'first_event' | 'last_event' | 'hours_with_lines'
>;

const PARQUET = 'FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1';

/**
 * Writes a staged day's requests and rejected lines beside the lake's tables and then puts them in their place, so that
 * no reader sees half a day. An Error when the figures do not add up: then nothing was put anywhere.
 */
export async function writeDay(
  connection: DuckDBConnection,
  lake: string,
  source: string,
  { day, lines, rejected, duplicates }: StagedDay,
): Promise<DayFigures> {
  const folder = join(lake, `.day-${source}-${day}`);
  const [requestsFile, rejectedFile] = [join(folder, 'requests.parquet'), join(folder, 'rejected.parquet')];
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await connection.run(`COPY (${requestsOf(day, duplicates)}) TO ${sqlString(requestsFile)} (${PARQUET})`);
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
  place(requestsFile, join(lake, dayPrefix(REQUESTS_TABLE, source, day)), figures.parsed > 0);
  place(rejectedFile, join(lake, dayPrefix(REJECTED_TABLE, source, day)), rejected > 0);
  rmSync(folder, { recursive: true, force: true });
  return { ...figures, lines, rejected, duplicates: deliveries - figures.parsed };
}

function requestsOf(day: string, duplicates: boolean): string {
  const columns = MAPPED_COLUMNS.join(', ');
  const mapped = `SELECT ${columns} FROM ${STAGED_TABLE} WHERE day = DATE '${day}' AND line IS NULL`;
  if (!duplicates) return `SELECT *, CAST(1 AS BIGINT) AS copies FROM (${mapped})`;
  return `${deduplicationSql(`(${mapped})`)} ORDER BY time, request_id, operation, path`;
}

async function dayFigures(connection: DuckDBConnection, path: string) {
  const reader = await connection.runAndReadAll(
    dayFiguresSql(`read_parquet(${sqlString(path)}, hive_partitioning = false)`, '(SELECT 0 AS copies WHERE false)'),
  );
  const [found] = reader.getRowObjectsJS();
  const moment = (value: unknown) => (value instanceof Date ? value.toISOString() : null);
  return {
    parsed: Number(found?.parsed),
    deliveries: Number(found?.deliveries),
    first_event: moment(found?.first_event),
    last_event: moment(found?.last_event),
    hours_with_lines: Number(found?.hours_with_lines),
  };
}

/** Puts a finished file in the place of whatever the folder held; an empty table leaves no file. */
function place(file: string, folder: string, holdsRows: boolean): void {
  rmSync(folder, { recursive: true, force: true });
  if (!holdsRows) return;
  mkdirSync(folder, { recursive: true });
  renameSync(file, join(folder, 'part-0.parquet'));
}
