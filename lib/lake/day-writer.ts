import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Day } from '../period.ts';
import { readSql } from '../sql.ts';
import { REJECTED_TABLE, REQUESTS_TABLE } from '../table-names.ts';
import { deduplicationSql, MAPPED_COLUMNS } from './definition.ts';
import { readLines } from './line-reader.ts';
import { type DayManifest, dayPrefix } from './manifest.ts';
import type { RawFile } from './raw-files.ts';
import { literal } from './raw-lines.ts';

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
}

export type DayFigures = Pick<
  DayManifest,
  'lines' | 'parsed' | 'rejected' | 'duplicates' | 'first_event' | 'last_event' | 'hours_with_lines'
>;

const PARQUET = 'FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1';

/** Beyond so many rejected lines their numbers are not looked up: the file is then of another format. */
const NUMBERED_REJECTS = 100_000;

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

async function writeRejected(
  connection: DuckDBConnection,
  { mapped, files }: DayRows,
  folder: string,
): Promise<number> {
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE rejects AS SELECT reason, log_object, CAST(NULL AS BIGINT) AS line_number, line, CAST(1 AS BIGINT) AS copies
     FROM (SELECT *, line IS NOT NULL AND random() >= 0 AS dropped FROM (${mapped})) WHERE dropped`,
  );
  const [rejected] = await row(connection, 'SELECT count(*) FROM rejects');
  if (Number(rejected) <= NUMBERED_REJECTS) await numberRejects(connection, files);
  const path = join(folder, 'rejected.parquet');
  await count(
    connection,
    `COPY (FROM rejects ORDER BY log_object, line_number, line) TO ${literal(path)} (${PARQUET})`,
  );
  return Number(rejected);
}

/** Finds the rejected lines in their files again, because DuckDB does not number the lines it reads. */
async function numberRejects(connection: DuckDBConnection, files: readonly RawFile[]): Promise<void> {
  const reader = await connection.runAndReadAll('SELECT DISTINCT log_object, line FROM rejects');
  const wanted = new Map<string, Set<string>>();
  for (const [log_object, line] of reader.getRowsJS() as [string, string][]) {
    wanted.set(log_object, (wanted.get(log_object) ?? new Set()).add(line));
  }
  await connection.run(
    'CREATE OR REPLACE TEMP TABLE numbered (log_object VARCHAR, line VARCHAR, occurrence BIGINT, line_number BIGINT)',
  );
  const appender = await connection.createAppender('numbered');
  for (const file of files) {
    const texts = wanted.get(file.log_object);
    if (!texts) continue;
    const seen = new Map<string, bigint>();
    for await (const { number, text } of readLines(file.path)) {
      if (!texts.has(text)) continue;
      const occurrence = (seen.get(text) ?? 0n) + 1n;
      seen.set(text, occurrence);
      appender.appendVarchar(file.log_object);
      appender.appendVarchar(text);
      appender.appendBigInt(occurrence);
      appender.appendBigInt(BigInt(number));
      appender.endRow();
    }
  }
  appender.closeSync();
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE rejects AS
     SELECT reason, log_object, numbered.line_number AS line_number, line, copies
     FROM (SELECT *, row_number() OVER (PARTITION BY log_object, line) AS occurrence FROM rejects)
     LEFT JOIN numbered USING (log_object, line, occurrence)`,
  );
}

async function dayFigures(
  connection: DuckDBConnection,
  path: string,
): Promise<Pick<DayFigures, 'parsed' | 'first_event' | 'last_event' | 'hours_with_lines'>> {
  const reader = await connection.runAndReadAll(
    readSql('lake/day.sql').replace('{{requests}}', () => `read_parquet(${literal(path)}, hive_partitioning = false)`),
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
