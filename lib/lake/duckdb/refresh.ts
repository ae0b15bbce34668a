import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Duckdb } from '../../engine/duckdb/duckdb.ts';
import { withProgress } from '../../engine/duckdb/progress.ts';
import type { Day } from '../../model/period.ts';
import { REJECTED_TABLE, REQUESTS_TABLE } from '../../model/table-names.ts';
import type { Flow } from '../../run/flow.ts';
import { folderDay } from '../../sources/file-day.ts';
import { inputOf, type RawFile } from '../../sources/raw-files.ts';
import { type ReadableFiles, readableFiles } from '../../sources/readable-files.ts';
import type { Source } from '../../sources/source.ts';
import type { Store } from '../../store/store.ts';
import { formatSha256 } from '../definition.ts';
import {
  dayPrefix,
  holdsAll,
  isStale,
  listManifests,
  manifestKey,
  type Retention,
  readManifest,
  writeManifest,
} from '../manifest.ts';
import { type Batch, datedBatches, isDated, mixedBatch, rememberMixed } from './batches.ts';
import { writeDay } from './day-writer.ts';
import { dropStaged, type StagedDay, stageLines } from './staging.ts';

export interface LocalLake {
  duckdb: Duckdb;
  /** The lake's folder, and the same as a store. */
  folder: string;
  store: Store;
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
 * and nothing else. Files in dated folders are read by their days. Others may hold any day, so they are read together.
 */
export async function refreshLocal(
  lake: LocalLake,
  flow: Flow,
  source: Source,
  files: readonly RawFile[],
  days: readonly Day[],
): Promise<Refreshed> {
  removeLeftovers(lake.folder);
  const { store, late_days } = lake;
  const sourced = {
    store,
    source: source.name,
    format_sha256: formatSha256(source.definition),
    files,
    days,
    late_days,
    retention: retentionOf(lake),
  };
  if (isDated(source, files)) {
    if (lake.exact) await dropDays(lake, source, new Set(files.map((file) => folderDay(file.log_object))));
    return refreshBatches(lake, flow, source, await datedBatches(sourced));
  }
  const batch = await mixedBatch(sourced);
  if (!batch) return { days: 0, lines: 0 };
  const refreshed = await refreshBatches(lake, flow, source, [batch]);
  await rememberMixed(sourced, batch);
  return refreshed;
}

async function refreshBatches(
  lake: LocalLake,
  flow: Flow,
  source: Source,
  batches: readonly Batch[],
): Promise<Refreshed> {
  const refreshed: Refreshed = { days: 0, lines: 0 };
  const planned = batches.reduce((total, { days }) => total + days.length, 0);
  for (const batch of batches) {
    await withStaged(lake, source, batch, async (staged, readable) => {
      const stale = await staleDays(lake, source, batch, staged);
      await flow.map(`refresh ${source.name}`, stale, async (_flow, day) => {
        await storeDay(lake, source, day, batch.inputs(day), readable);
        refreshed.days++;
        refreshed.lines += day.lines;
        lake.onDay?.(day.day, day.lines, refreshed.days, Math.max(planned, stale.length));
        return day.lines;
      });
    });
  }
  return refreshed;
}

/** Stages a batch for as long as `work` takes. */
async function withStaged(
  lake: LocalLake,
  source: Source,
  { rule, files, whole }: Batch,
  work: (days: StagedDay[], readable: ReadableFiles) => Promise<void>,
): Promise<void> {
  const connection = await lake.duckdb.connect();
  const temporary = join(lake.folder, `.salvaged-${source.name}`);
  try {
    const readable = await readableFiles(files, temporary);
    for (const { log_object, reason } of readable.unreadable) lake.onUnreadable?.(log_object, reason);
    if (whole && files.length > 0 && readable.files.length === 0) {
      throw new Error(`source ${source.name}: no file could be read`);
    }
    // The order of rows means nothing in the lake, and keeping it costs a tenth of the time.
    await connection.run('SET preserve_insertion_order = false');
    const onReading = (percent: number) => lake.onReading?.(percent);
    const stage = () => stageLines(connection, source, readable.files, rule, temporary);
    await work(await withProgress(connection, onReading, stage), readable);
  } finally {
    await dropStaged(connection);
    await connection.run('RESET preserve_insertion_order');
    connection.closeSync();
    rmSync(temporary, { recursive: true, force: true });
  }
}

function retentionOf({ exact }: LocalLake): Retention {
  return exact ? 'mirror' : 'keep';
}

/** The staged days that the lake does not hold as they are, and those of the batch without a line. */
async function staleDays(
  lake: LocalLake,
  source: Source,
  batch: Batch,
  staged: readonly StagedDay[],
): Promise<StagedDay[]> {
  if (lake.exact && batch.rule === 'event_time') await dropDays(lake, source, new Set(staged.map(({ day }) => day)));
  const stale: StagedDay[] = [];
  for (const day of staged) {
    const manifest = await readManifest(lake.store, source.name, day.day);
    const inputs = batch.inputs(day).map(inputOf);
    if (!batch.holdsAllOf(day.day) && manifest && !holdsAll(inputs, manifest.inputs)) continue;
    if (isStale(manifest, inputs, formatSha256(source.definition), retentionOf(lake))) stale.push(day);
  }
  const empty = batch.days.filter((day) => staged.every((found) => found.day !== day));
  return [
    ...stale,
    ...empty.map((day) => ({ day, lines: 0, rejected: 0, duplicates: false, log_objects: new Set<string>() })),
  ];
}

/** Replaces a day in the lake. The manifest goes first and comes back last: a run that is killed leaves a day to do again. */
async function storeDay(
  lake: LocalLake,
  source: Source,
  staged: StagedDay,
  files: readonly RawFile[],
  readable: ReadableFiles,
): Promise<void> {
  await lake.store.delete([manifestKey(source.name, staged.day)]);
  const connection = await lake.duckdb.connect();
  const figures = await writeDay(connection, lake.folder, source.name, staged).finally(() => connection.closeSync());
  const inputs = files.map(inputOf);
  const names = new Set(inputs.map((input) => input.log_object));
  await writeManifest(lake.store, {
    source: source.name,
    day: staged.day,
    format: source.format,
    ...figures,
    input_bytes: inputs.reduce((total, input) => total + input.size_bytes, 0),
    inputs,
    unreadable: readable.unreadable.filter((one) => names.has(one.log_object)),
    format_sha256: formatSha256(source.definition),
  });
}

/** Forgets the days that no file holds any longer. */
async function dropDays(lake: LocalLake, source: Source, held: ReadonlySet<Day | undefined>): Promise<void> {
  for (const { day } of await listManifests(lake.store, source.name)) {
    if (held.has(day)) continue;
    await lake.store.delete([manifestKey(source.name, day)]);
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
