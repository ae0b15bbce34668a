import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '../../engine/duckdb/temporary-folder.ts';
import type { Day } from '../../model/period.ts';
import { REJECTED_TABLE, REQUESTS_TABLE } from '../../model/table-names.ts';
import type { Flow } from '../../run/flow.ts';
import { folderDay } from '../../sources/file-day.ts';
import type { Unreadable } from '../../sources/input.ts';
import type { RawFile } from '../../sources/raw-files.ts';
import type { Source } from '../../sources/source.ts';
import { formatSha256 } from '../definition.ts';
import { dayPrefix, listManifests, manifestKey, readManifest } from '../manifest.ts';
import { freshAmong } from '../presence.ts';
import { type Batch, datedBatches, forgetMixed, isDated, mixedBatch, rememberMixed } from './batches.ts';
import { combineDownloads } from './combine-downloads.ts';
import { type PlannedDay, planDay, type ReadFiles } from './day-plan.ts';
import { isFinal, writeDay } from './day-writer.ts';
import { type DuckdbLake, stagedFolder } from './lake.ts';
import { placeDay, placeFinishedDays } from './place-day.ts';
import { type RequestFigures, requestFigures } from './request-figures.ts';
import { requireSoundDays } from './sound-days.ts';
import { dropStaged, type Staged, type StagedDay, stageFiles } from './staging.ts';

/** The numbers of days and lines that a refresh wrote. */
export interface Refreshed {
  days: number;
  lines: number;
}

/** The result of a refresh: what was written, the days that have lines, and the files that were not read completely. */
interface RefreshedBatches extends Refreshed {
  staged: StagedDay[];
  unreadable: Unreadable[];
}

/**
 * Refreshes days of a source in a lake on this machine, if they are missing or their files have changed. Files in folders of
 * their day are read day by day. Other files may contain lines of any day, so they are read together.
 */
export async function refreshDuckdbLake(
  lake: DuckdbLake,
  flow: Flow,
  source: Source,
  files: readonly RawFile[],
  days: readonly Day[],
): Promise<Refreshed> {
  await placeFinishedDays(lake);
  await requireSoundDays(lake, source, files, days);
  const { store, late_days, retention } = lake;
  const format_sha256 = formatSha256(source.definition);
  const input = { store, source: source.name, format_sha256, files, days, late_days, retention };
  if (isDated(source, files)) {
    if (lake.retention === 'mirror')
      await dropOtherDays(lake, source, new Set(files.map((file) => folderDay(file.log_object))));
    // The record of the last mixed batch is no longer valid.
    await forgetMixed(input);
    return refreshBatches(lake, flow, source, await datedBatches(input));
  }
  const batch = await mixedBatch(input);
  if (!batch) return { days: 0, lines: 0 };
  await forgetMixed(input);
  const refreshed = await refreshBatches(lake, flow, source, [batch]);
  const found = {
    days: refreshed.staged.map(({ day }) => day),
    uncounted: await uncounted(lake, source, batch, refreshed.staged),
    unreadable: refreshed.unreadable,
  };
  await rememberMixed(input, batch, found);
  return refreshed;
}

async function refreshBatches(
  lake: DuckdbLake,
  flow: Flow,
  source: Source,
  batches: readonly Batch[],
): Promise<RefreshedBatches> {
  const refreshed: RefreshedBatches = { days: 0, lines: 0, staged: [], unreadable: [] };
  const planned = batches.reduce((total, { days }) => total + days.length, 0);
  for (const batch of batches) {
    await withStaged(lake, source, batch, async ({ days, ...read }) => {
      const stale = await planDays(lake, source, batch, days, read);
      const figures = await completeFiles(lake, stale);
      refreshed.staged.push(...days);
      refreshed.unreadable.push(...read.unreadable);
      await flow.map(`refresh ${source.name}`, stale, async (_flow, plan) => {
        const { day, lines } = plan.staged;
        await storeDay(lake, source, plan, figures.get(day));
        refreshed.days++;
        refreshed.lines += lines;
        lake.onDay?.(day, lines, refreshed.days, Math.max(planned, stale.length));
        return lines;
      });
    });
  }
  return refreshed;
}

/** Names of files with lines of days that the lake holds without them. */
async function uncounted(
  { store }: DuckdbLake,
  source: Source,
  batch: Batch,
  staged: readonly StagedDay[],
): Promise<string[]> {
  const names = new Set<string>();
  for (const day of staged) {
    const manifest = await readManifest(store, source.name, day.day);
    for (const { log_object } of freshAmong(manifest?.inputs ?? [], batch.filesOf(day))) names.add(log_object);
  }
  return [...names].sort();
}

/** Stages the lines of a batch while `work` runs. */
async function withStaged(
  lake: DuckdbLake,
  source: Source,
  { rule, files, has_all_files }: Batch,
  work: (staged: Staged) => Promise<void>,
): Promise<void> {
  const connection = await lake.duckdb.connect();
  const removeFolder = makeTemporaryFolder(stagedFolder(lake.folder, source.name));
  try {
    const staged = await stageFiles(lake, connection, source, files, rule);
    for (const { log_object, reason } of staged.unreadable) lake.onUnreadable?.(log_object, reason);
    if (has_all_files && files.length > 0 && staged.files.length === 0) {
      throw new Error(`source ${source.name}: no file could be read`);
    }
    await work(staged);
  } finally {
    await dropStaged(connection);
    connection.closeSync();
    removeFolder();
  }
}

/** The days to write: those that differ from the lake, and days of the batch that have no line. */
async function planDays(
  lake: DuckdbLake,
  source: Source,
  batch: Batch,
  staged: readonly StagedDay[],
  read: ReadFiles,
): Promise<PlannedDay[]> {
  if (lake.retention === 'mirror' && batch.rule === 'event_time') {
    await dropOtherDays(lake, source, new Set(staged.map(({ day }) => day)));
  }
  const empty = batch.days
    .filter((day) => staged.every((found) => found.day !== day))
    .map((day) => ({
      day,
      lines: 0,
      rejected: 0,
      has_duplicates: false,
      log_objects: new Set<string>(),
    }));
  const planned: PlannedDay[] = [];
  for (const day of [...staged, ...empty]) {
    const plan = await planDay(lake, source, batch, read, day);
    if (plan) planned.push(plan);
  }
  return planned;
}

/**
 * Completes the files that become those of their days: settles what the requests are downloads of, and returns the figures
 * of each day. Other days are written anew, which does both.
 */
async function completeFiles(
  { duckdb }: DuckdbLake,
  plans: readonly PlannedDay[],
): Promise<ReadonlyMap<Day, RequestFigures>> {
  const final = plans.filter(isFinal).flatMap(({ staged: { day, file } }) => (file ? [{ day, file }] : []));
  const files = final.map(({ file }) => file);
  const connection = await duckdb.connect();
  try {
    await combineDownloads(connection, files);
    const figures = await requestFigures(
      connection,
      files.map(({ path }) => path),
    );
    return new Map(final.map(({ day }, index) => [day, figures[index] as RequestFigures]));
  } finally {
    connection.closeSync();
  }
}

/** Writes a day and replaces the one in the lake. */
async function storeDay(
  lake: DuckdbLake,
  source: Source,
  { staged, kept, ...made }: PlannedDay,
  known: RequestFigures | undefined,
): Promise<void> {
  const connection = await lake.duckdb.connect();
  try {
    const figures = await writeDay(connection, lake.folder, source.name, staged, kept, known);
    await lake.hold?.();
    await placeDay(lake, {
      source: source.name,
      day: staged.day,
      format: source.format,
      ...figures,
      input_bytes: made.inputs.reduce((total, input) => total + input.size_bytes, 0),
      ...made,
    });
  } finally {
    connection.closeSync();
  }
}

/** Deletes the days of a source that are not among `kept`. */
async function dropOtherDays(lake: DuckdbLake, source: Source, kept: ReadonlySet<Day | undefined>): Promise<void> {
  for (const { day } of await listManifests(lake.store, source.name)) {
    if (kept.has(day)) continue;
    await lake.store.delete([manifestKey(source.name, day)]);
    for (const table of [REQUESTS_TABLE, REJECTED_TABLE]) {
      rmSync(join(lake.folder, dayPrefix(table, source.name, day)), { recursive: true, force: true });
    }
  }
}
