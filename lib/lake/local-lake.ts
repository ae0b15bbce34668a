import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Source } from '../config.ts';
import type { Duckdb } from '../engine/duckdb.ts';
import type { Flow } from '../flow.ts';
import { addDays, type Day } from '../period.ts';
import type { Store } from '../store/store.ts';
import { REJECTED_TABLE, REQUESTS_TABLE } from '../table-names.ts';
import { writeDay } from './day-writer.ts';
import { formatSha256 } from './definition.ts';
import { dayPrefix, type Input, isStale, manifestKey, readManifest, writeManifest } from './manifest.ts';
import { deliveryDay, folderDay, type RawFile } from './raw-files.ts';
import { type SoundFiles, soundFiles } from './sound-files.ts';
import { type DayRule, dropStaged, type StagedDay, stageLines } from './staged-lines.ts';

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
  /** Told while lines are read, for people who wait: how much of them is, in percent. */
  onReading?: (percent: number) => void;
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
  return dated ? refreshDated(lake, flow, source, files, days) : refreshMixed(lake, flow, source, files, days);
}

/** How many bytes of raw lines are staged at a time. */
const BATCH_BYTES = 512 * 1024 ** 2;
/** About how much longer access logs are unzipped. */
const GZIP_RATIO = 12;

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
    if (isStale(manifest, (byDay.get(day) ?? []).map(inputOf), formatSha256(source.definition))) stale.push(day);
  }
  if (lake.exact) await dropDays(lake, source, (day) => byDay.has(day));
  const refreshed: Refreshed = { days: 0, lines: 0 };
  for (const batch of batchesOf(stale, (day) => rawBytes(byDay.get(day) ?? []))) {
    const inputs = batch.flatMap((day) => byDay.get(day) ?? []);
    await withStaged(lake, source, inputs, 'folder', async (found, sound) => {
      const staged = batch.map((day) => found.find((one) => one.day === day) ?? emptyDay(day));
      await storeDays(
        lake,
        flow,
        source,
        staged,
        sound,
        (day) => byDay.get(day) ?? [],
        (lines, day) => {
          refreshed.days++;
          refreshed.lines += lines;
          lake.onDay?.(day, lines, refreshed.days, stale.length);
        },
      );
    });
  }
  return refreshed;
}

/** Consecutive days whose input comes to about one batch. */
function batchesOf(days: readonly Day[], bytes: (day: Day) => number): Day[][] {
  const batches: Day[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const day of days) {
    if (size + bytes(day) > BATCH_BYTES) {
      batches.push([]);
      size = 0;
    }
    batches.at(-1)?.push(day);
    size += bytes(day);
  }
  return batches;
}

function rawBytes(files: readonly RawFile[]): number {
  return files.reduce((total, { path, size_bytes }) => total + size_bytes * (path.endsWith('.gz') ? GZIP_RATIO : 1), 0);
}

async function refreshMixed(
  lake: LocalLake,
  flow: Flow,
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
  const format_sha256 = formatSha256(source.definition);
  const index = { format_sha256, files: chosen.map(inputOf) };
  const indexKey = `manifests/source=${source.name}/files.json`;
  const known = await lake.store.get(indexKey);
  if (known && new TextDecoder().decode(known) === JSON.stringify(index)) return { days: 0, lines: 0 };

  const refreshed: Refreshed = { days: 0, lines: 0 };
  await withStaged(lake, source, chosen, 'event_time', async (found, sound) => {
    if (chosen.length > 0 && sound.files.length === 0) throw new Error(`source ${source.name}: no file could be read`);
    if (lake.exact) await dropDays(lake, source, (day) => found.some((staged) => staged.day === day));
    const held = new Map(
      found.map(({ day, log_objects }) => [day, chosen.filter((file) => log_objects.has(file.log_object))]),
    );
    const stale: StagedDay[] = [];
    for (const staged of found) {
      const manifest = await readManifest(lake.store, source.name, staged.day);
      if (isStale(manifest, (held.get(staged.day) ?? []).map(inputOf), format_sha256)) stale.push(staged);
    }
    await storeDays(
      lake,
      flow,
      source,
      stale,
      sound,
      (day) => held.get(day) ?? [],
      (lines, day) => {
        refreshed.days++;
        refreshed.lines += lines;
        lake.onDay?.(day, lines, refreshed.days, stale.length);
      },
    );
  });
  await lake.store.put(indexKey, JSON.stringify(index));
  return refreshed;
}

/** Stages files for as long as `work` takes. */
async function withStaged(
  lake: LocalLake,
  source: Source,
  files: readonly RawFile[],
  rule: DayRule,
  work: (days: StagedDay[], sound: SoundFiles) => Promise<void>,
): Promise<void> {
  const connection = await lake.duckdb.connect();
  const temporary = join(lake.folder, `.salvaged-${source.name}`);
  try {
    const sound = await soundFiles(files, temporary);
    for (const { log_object, reason } of sound.unreadable) lake.onUnreadable?.(log_object, reason);
    // The order of rows means nothing in the lake, and keeping it costs a tenth of the time.
    await connection.run('SET preserve_insertion_order = false');
    const reading = await watchReading(connection, (percent) => lake.onReading?.(percent));
    const days = await stageLines(connection, source, sound.files, rule, temporary).finally(() =>
      clearInterval(reading),
    );
    await work(days, sound);
  } finally {
    await dropStaged(connection);
    await connection.run('RESET preserve_insertion_order');
    connection.closeSync();
    rmSync(temporary, { recursive: true, force: true });
  }
}

const READING_EVERY_MS = 250;

/** Asks DuckDB now and then how far it is; the timer it returns must be cleared. */
async function watchReading(connection: DuckDBConnection, onReading: (percent: number) => void) {
  await connection.run('SET enable_progress_bar = true; SET enable_progress_bar_print = false');
  let told = 0;
  return setInterval(() => {
    const { percentage } = connection.progress;
    // Shorter queries that follow start again at zero.
    if (percentage <= told) return;
    told = percentage;
    onReading(percentage);
  }, READING_EVERY_MS);
}

/** Writes staged days side by side. */
async function storeDays(
  lake: LocalLake,
  flow: Flow,
  source: Source,
  days: readonly StagedDay[],
  sound: SoundFiles,
  inputs: (day: Day) => readonly RawFile[],
  onStored: (lines: number, day: Day) => void,
): Promise<void> {
  await flow.map(`refresh ${source.name}`, days, async (_flow, staged) => {
    const connection = await lake.duckdb.connect();
    try {
      await storeDay(lake, connection, source, staged, sound, inputs(staged.day));
    } finally {
      connection.closeSync();
    }
    onStored(staged.lines, staged.day);
    return staged.lines;
  });
}

function emptyDay(day: Day): StagedDay {
  return { day, lines: 0, rejected: 0, duplicates: false, log_objects: new Set() };
}

/** Replaces a day in the lake. The manifest goes first and comes back last: a run that is killed leaves a day to do again. */
async function storeDay(
  lake: LocalLake,
  connection: DuckDBConnection,
  source: Source,
  staged: StagedDay,
  sound: SoundFiles,
  files: readonly RawFile[],
): Promise<void> {
  await lake.store.delete([manifestKey(source.name, staged.day)]);
  const figures = await writeDay(connection, lake.folder, source.name, staged);
  const inputs = files.map(inputOf);
  const names = new Set(inputs.map((input) => input.log_object));
  await writeManifest(lake.store, {
    source: source.name,
    day: staged.day,
    format: source.format,
    ...figures,
    input_bytes: inputs.reduce((total, input) => total + input.size_bytes, 0),
    inputs,
    unreadable: sound.unreadable.filter((one) => names.has(one.log_object)),
    format_sha256: formatSha256(source.definition),
  });
}

function inputOf({ log_object, size_bytes, etag }: RawFile): Input {
  return { log_object, size_bytes, etag };
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
    if (/^\.(day|salvaged)-/.test(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}
