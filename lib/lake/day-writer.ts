import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Day } from '../period.ts';
import { REJECTED_TABLE, REQUESTS_TABLE } from '../table-names.ts';
import { dayFiguresSql, deduplicationSql, MAPPED_COLUMNS } from './definition.ts';
import { type DayManifest, dayPrefix } from './manifest.ts';
import type { RawFile } from './raw-files.ts';
import { literal } from './raw-lines.ts';
import { collectRejects } from './rejects.ts';

/** A day's mapped rows, ready to be written. */
export interface DayRows {
  source: string;
  day: Day;
  /** A relation with the mapped columns, `reason` and `line`: every line of this day, and no other. */
  mapped: string;
  /** How many lines the relation holds. */
  lines: number;
  /** Files the lines came from, to look up the numbers of rejected lines. */
  files: readonly RawFile[];
  /** A relation of this day's rejected lines as `collectRejects` makes it, where they have been collected already. */
  rejects?: string;
}

export type DayFigures = Pick<
  DayManifest,
  'lines' | 'parsed' | 'rejected' | 'duplicates' | 'first_event' | 'last_event' | 'hours_with_lines'
>;

const PARQUET = 'FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1';

/**
 * Writes a day's requests and rejected lines beside the lake's tables and then puts them in their place, so that no
 * reader sees half a day. An Error when the figures do not add up: then nothing was put anywhere.
 */
export async function writeDay(connection: DuckDBConnection, lake: string, rows: DayRows): Promise<DayFigures> {
  const folder = join(lake, `.day-${rows.source}-${rows.day}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const requests = await writeRequests(connection, rows, folder);
  const rejected = requests.written < rows.lines ? await writeRejected(connection, rows, folder) : 0;
  if (requests.written + rejected !== rows.lines) {
    throw new Error(
      `${rows.source}, ${rows.day}: ${rows.lines} lines became ${requests.written} requests and ${rejected} rejects; ` +
        'the logs changed while they were read: run the report again',
    );
  }
  const figures = await dayFigures(connection, requests.path);
  place(
    join(folder, 'requests.parquet'),
    join(lake, dayPrefix(REQUESTS_TABLE, rows.source, rows.day)),
    figures.parsed > 0,
  );
  place(join(folder, 'rejected.parquet'), join(lake, dayPrefix(REJECTED_TABLE, rows.source, rows.day)), rejected > 0);
  rmSync(folder, { recursive: true, force: true });
  return { ...figures, lines: rows.lines, rejected, duplicates: requests.written - figures.parsed };
}

async function writeRequests(connection: DuckDBConnection, { mapped }: DayRows, folder: string) {
  const columns = MAPPED_COLUMNS.join(', ');
  const path = join(folder, 'requests.parquet');
  // random() keeps DuckDB from moving the filter below the mapping, where it would parse every line a second time.
  const kept = `SELECT ${columns}, kept FROM (SELECT *, line IS NULL AND random() >= 0 AS kept FROM (${mapped}))`;
  const written = await count(
    connection,
    `COPY (SELECT ${columns}, CAST(1 AS BIGINT) AS copies FROM (${kept}) WHERE kept) TO ${literal(path)} (${PARQUET})`,
  );
  const [distinct] = await row(
    connection,
    `SELECT count(DISTINCT CASE WHEN request_id IS NOT NULL THEN hash(request_id, operation, path) END)
       + count_if(request_id IS NULL) FROM read_parquet(${literal(path)})`,
  );
  if (Number(distinct) < written) {
    const all = join(folder, 'with-duplicates.parquet');
    renameSync(path, all);
    const deduplicated = deduplicationSql(`read_parquet(${literal(all)}, hive_partitioning = false)`);
    await count(
      connection,
      `COPY (${deduplicated} ORDER BY time, request_id, operation, path) TO ${literal(path)} (${PARQUET})`,
    );
  }
  return { path, written };
}

async function writeRejected(connection: DuckDBConnection, rows: DayRows, folder: string): Promise<number> {
  if (!rows.rejects)
    await collectRejects(connection, `SELECT *, '${rows.day}' AS day FROM (${rows.mapped})`, rows.files);
  const path = join(folder, 'rejected.parquet');
  return count(
    connection,
    `COPY (SELECT * EXCLUDE (day) FROM ${rows.rejects ?? 'rejects'} ORDER BY log_object, line_number, line) TO ${literal(path)} (${PARQUET})`,
  );
}

async function dayFigures(
  connection: DuckDBConnection,
  path: string,
): Promise<Pick<DayFigures, 'parsed' | 'first_event' | 'last_event' | 'hours_with_lines'>> {
  const reader = await connection.runAndReadAll(
    dayFiguresSql(`read_parquet(${literal(path)}, hive_partitioning = false)`, '(SELECT 0 AS copies WHERE false)'),
  );
  const [found] = reader.getRowObjectsJS();
  const moment = (value: unknown) => (value instanceof Date ? value.toISOString() : null);
  return {
    parsed: Number(found?.parsed),
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

async function count(connection: DuckDBConnection, sql: string): Promise<number> {
  const [written] = await row(connection, sql);
  return Number(written);
}

async function row(connection: DuckDBConnection, sql: string): Promise<unknown[]> {
  return (await connection.runAndReadAll(sql)).getRowsJS()[0] ?? [];
}
