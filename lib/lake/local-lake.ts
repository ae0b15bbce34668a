import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Source } from '../config.ts';
import type { Duckdb } from '../engine/duckdb.ts';
import type { Flow } from '../flow.ts';
import { fastReader } from '../formats/fast-reader.ts';
import { formatOf } from '../formats/formats.ts';
import { addDays, type Day } from '../period.ts';
import type { Store } from '../store/store.ts';
import { REJECTED_TABLE, REQUESTS_TABLE } from '../table-names.ts';
import { type DayFigures, type DayRows, writeDay } from './day-writer.ts';
import { formatSha256, mappingSql } from './definition.ts';
import { dayPrefix, type Input, isStale, manifestKey, readManifest, writeManifest } from './manifest.ts';
import { deliveryDay, folderDay, type RawFile } from './raw-files.ts';
import { literal, openRawLines } from './raw-lines.ts';
import { collectRejects } from './rejects.ts';
import { type SoundFiles, soundFiles } from './sound-files.ts';

export interface LocalLake {
  duckdb: Duckdb;
  /** The lake's folder, and the same as a store. */
  folder: string;
  store: Store;
  /** How many days are worked on at a time. */
  concurrency: number;
  /** How many days after its event a line may still arrive. */
  late_days: number;
  /** True when the lake shall hold what the files hold and no more: for files named on the command line. */
  exact: boolean;
  /** Told after each day, for people who wait. */
  onDay?: (day: Day, lines: number, done: number, days: number) => void;
  /** Told of each file that could not be read to its end. */
  onUnreadable?: (log_object: string, reason: string) => void;
}

/** What a refresh did. */
export interface Refreshed {
  days: number;
  lines: number;
}

/**
 * Brings the days of a source up to date in a lake on this machine: the days that are missing or whose input changed,
 * and nothing else. Files in dated folders are read day by day. Others may hold any day, so they are read in one pass.
 */
export async function refreshLocal(
  lake: LocalLake,
  flow: Flow,
  source: Source,
  files: readonly RawFile[],
  days: readonly Day[],
): Promise<Refreshed> {
  removeLeftovers(lake.folder);
  const dated =
    source.partition_date_source === 'event_time' && files.every((file) => folderDay(file.log_object) !== undefined);
  return dated ? refreshDated(lake, flow, source, files, days) : refreshMixed(lake, source, files, days);
}

async function refreshDated(
  lake: LocalLake,
  flow: Flow,
  source: Source,
  files: readonly RawFile[],
  days: readonly Day[],
): Promise<Refreshed> {
  const byDay = Map.groupBy(files, (file) => folderDay(file.log_object));
  const stale: Day[] = [];
  for (const day of days) {
    const manifest = await readManifest(lake.store, source.name, day);
    if (isStale(manifest, (byDay.get(day) ?? []).map(inputOf), formatSha256(source.format))) stale.push(day);
  }
  if (lake.exact) await dropDays(lake, source, (day) => byDay.has(day));
  let done = 0;
  const lines = await flow.map(`refresh ${source.name}`, stale, async (_flow, day) => {
    const connection = await lake.duckdb.connect();
    const temporary = join(lake.folder, `.salvaged-${source.name}-${day}`);
    try {
      const sound = await soundFiles(byDay.get(day) ?? [], temporary);
      tellUnreadable(lake, sound);
      const rows = await datedRows(connection, source, day, sound.files, temporary);
      const figures = await storeDay(lake, connection, source, rows, sound, byDay.get(day) ?? []);
      done++;
      lake.onDay?.(day, figures.lines, done, stale.length);
      return figures.lines;
    } finally {
      connection.closeSync();
      rmSync(temporary, { recursive: true, force: true });
    }
  });
  return { days: stale.length, lines: lines.reduce((total, one) => total + one, 0) };
}

/** A line counts to the day of its folder, as in AWS, which files each event under its own day. */
async function datedRows(
  connection: DuckDBConnection,
  source: Source,
  day: Day,
  files: readonly RawFile[],
  temporary: string,
): Promise<DayRows> {
  if (files.length === 0) return { source: source.name, day, mapped: noRows(source), lines: 0, files };
  const raw = await openRawLines(connection, files, temporary);
  const mapped = mappingSql(source.format, `(${fastReader(formatOf(source.format), raw.relation)})`);
  return { source: source.name, day, mapped, lines: raw.lines, files };
}

function noRows(source: Source): string {
  const reader = fastReader(formatOf(source.format), "(SELECT '' AS line, '' AS log_object WHERE false)");
  return mappingSql(source.format, `(${reader})`);
}

async function refreshMixed(
  lake: LocalLake,
  source: Source,
  files: readonly RawFile[],
  days: readonly Day[],
): Promise<Refreshed> {
  const first = days[0] ?? '';
  const last = addDays(days.at(-1) ?? '', lake.late_days + 1);
  const chosen = files.filter((file) => {
    const day = folderDay(file.log_object) ?? deliveryDay(file.log_object);
    return day === undefined || (day >= first && day <= last);
  });
  const format_sha256 = formatSha256(source.format);
  const index = { format_sha256, files: chosen.map(inputOf) };
  const indexKey = `manifests/source=${source.name}/files.json`;
  const known = await lake.store.get(indexKey);
  if (known && new TextDecoder().decode(known) === JSON.stringify(index)) return { days: 0, lines: 0 };

  const connection = await lake.duckdb.connect();
  const stage = join(lake.folder, `.stage-${source.name}.parquet`);
  const temporary = join(lake.folder, `.salvaged-${source.name}`);
  try {
    const sound = await soundFiles(chosen, temporary);
    tellUnreadable(lake, sound);
    if (chosen.length > 0 && sound.files.length === 0) throw new Error(`source ${source.name}: no file could be read`);
    const found = sound.files.length === 0 ? [] : await stageDays(connection, source, sound.files, stage, temporary);
    if (lake.exact) await dropDays(lake, source, (day) => found.some((staged) => staged.day === day));
    const refreshed: Refreshed = { days: 0, lines: 0 };
    for (const { day, lines, log_objects } of found) {
      const inputs = chosen.filter((file) => log_objects.has(file.log_object));
      const manifest = await readManifest(lake.store, source.name, day);
      if (!isStale(manifest, inputs.map(inputOf), format_sha256)) continue;
      const rows: DayRows = {
        source: source.name,
        day,
        mapped: `SELECT * EXCLUDE (day) FROM read_parquet(${literal(stage)}) WHERE day = '${day}'
          UNION ALL SELECT * EXCLUDE (day) FROM undated WHERE day = '${day}'`,
        lines,
        files: sound.files,
        rejects: `(SELECT * FROM rejects WHERE day = '${day}')`,
      };
      await storeDay(lake, connection, source, rows, sound, inputs);
      refreshed.days++;
      refreshed.lines += lines;
      lake.onDay?.(day, lines, refreshed.days, found.length);
    }
    await lake.store.put(indexKey, JSON.stringify(index));
    return refreshed;
  } finally {
    connection.closeSync();
    rmSync(stage, { force: true });
    rmSync(temporary, { recursive: true, force: true });
  }
}

interface StagedDay {
  day: Day;
  lines: number;
  log_objects: Set<string>;
}

/**
 * Parses all files once into one staging file and says which days they hold. A rejected line belongs to the date it
 * shows, else to the last day of its file, else to the date in the file's name or of its last change.
 */
async function stageDays(
  connection: DuckDBConnection,
  source: Source,
  files: readonly RawFile[],
  stage: string,
  temporary: string,
): Promise<StagedDay[]> {
  const raw = await openRawLines(connection, files, temporary);
  const mapped = mappingSql(source.format, `(${fastReader(formatOf(source.format), raw.relation)})`);
  const dateInLine =
    "try_strptime(system.main.regexp_extract(line, '\\[([0-9]{2}/[A-Z][a-z]{2}/[0-9]{4})[:\\]]', 1), '%d/%b/%Y')";
  await connection.run(
    `COPY (SELECT *, CAST(CAST(CASE WHEN line IS NULL THEN time ELSE ${dateInLine} END AS DATE) AS VARCHAR) AS day FROM (${mapped}))
     TO ${literal(stage)} (FORMAT parquet, COMPRESSION lz4_raw)`,
  );
  const fallback = files.map((file) => {
    const day = folderDay(file.log_object) ?? deliveryDay(file.log_object) ?? file.modified.toISOString().slice(0, 10);
    return `(${literal(file.log_object)}, '${day}')`;
  });
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE undated AS
     SELECT * REPLACE (coalesce(
       (SELECT max(day) FROM read_parquet(${literal(stage)}) AS dated WHERE dated.log_object = staged.log_object AND dated.line IS NULL),
       (SELECT fallback FROM (VALUES ${fallback.join(', ')}) AS files (log_object, fallback) WHERE files.log_object = staged.log_object)
     ) AS day)
     FROM read_parquet(${literal(stage)}) AS staged WHERE day IS NULL`,
  );
  await collectRejects(
    connection,
    `SELECT * FROM read_parquet(${literal(stage)}) WHERE day IS NOT NULL UNION ALL SELECT * FROM undated`,
    files,
  );
  const reader = await connection.runAndReadAll(
    `SELECT day, log_object, count(*) FROM (
       SELECT day, log_object FROM read_parquet(${literal(stage)}) WHERE day IS NOT NULL
       UNION ALL SELECT day, log_object FROM undated) GROUP BY ALL ORDER BY ALL`,
  );
  const days = new Map<Day, StagedDay>();
  for (const [day, log_object, lines] of reader.getRowsJS() as [Day, string, bigint][]) {
    const staged = days.get(day) ?? { day, lines: 0, log_objects: new Set<string>() };
    staged.lines += Number(lines);
    staged.log_objects.add(log_object);
    days.set(day, staged);
  }
  return [...days.values()];
}

/** Replaces a day in the lake. The manifest goes first and comes back last: a run that is killed leaves a day to do again. */
async function storeDay(
  lake: LocalLake,
  connection: DuckDBConnection,
  source: Source,
  rows: DayRows,
  sound: SoundFiles,
  files: readonly RawFile[],
): Promise<DayFigures> {
  await lake.store.delete([manifestKey(source.name, rows.day)]);
  const figures = await writeDay(connection, lake.folder, rows);
  const inputs = files.map(inputOf);
  const names = new Set(inputs.map((input) => input.log_object));
  await writeManifest(lake.store, {
    source: source.name,
    day: rows.day,
    format: source.format,
    ...figures,
    input_bytes: inputs.reduce((total, input) => total + input.size_bytes, 0),
    inputs,
    unreadable: sound.unreadable.filter((one) => names.has(one.log_object)),
    format_sha256: formatSha256(source.format),
  });
  return figures;
}

function inputOf({ log_object, size_bytes, etag }: RawFile): Input {
  return { log_object, size_bytes, etag };
}

function tellUnreadable(lake: LocalLake, { unreadable }: SoundFiles): void {
  for (const { log_object, reason } of unreadable) lake.onUnreadable?.(log_object, reason);
}

/** Forgets the days that no file holds any longer. */
async function dropDays(lake: LocalLake, source: Source, held: (day: Day) => boolean): Promise<void> {
  for await (const { key } of lake.store.list(`manifests/source=${source.name}/day=`)) {
    const day = key.slice(-'YYYY-MM-DD.json'.length, -'.json'.length);
    if (held(day)) continue;
    await lake.store.delete([key]);
    for (const table of [REQUESTS_TABLE, REJECTED_TABLE]) {
      rmSync(join(lake.folder, dayPrefix(table, source.name, day)), { recursive: true, force: true });
    }
  }
}

/** What a run that was killed left behind. */
function removeLeftovers(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (/^\.(day|stage|salvaged)-/.test(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}
