import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { withProgress } from '../../engine/duckdb/progress.ts';
import type { Day } from '../../model/period.ts';
import { REJECTED_TABLE, REQUESTS_TABLE } from '../../model/table-names.ts';
import type { Flow } from '../../run/flow.ts';
import { folderDay } from '../../sources/file-day.ts';
import { inputOf, type RawFile } from '../../sources/raw-files.ts';
import { type ReadableFiles, readableFiles } from '../../sources/readable-files.ts';
import type { Source } from '../../sources/source.ts';
import { formatSha256 } from '../definition.ts';
import {
  dayPrefix,
  includesAll,
  isStale,
  listManifests,
  manifestKey,
  readManifest,
  writeManifest,
} from '../manifest.ts';
import { type Batch, datedBatches, isDated, mixedBatch, rememberMixed } from './batches.ts';
import { writeDay } from './day-writer.ts';
import { type DuckdbLake, recoveredFolder, removeLeftovers } from './lake.ts';
import { dropStaged, type StagedDay, stageLines } from './staging.ts';

/** How many days and lines a refresh wrote. */
export interface Refreshed {
  days: number;
  lines: number;
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
  removeLeftovers(lake.folder);
  const { store, late_days, retention } = lake;
  const format_sha256 = formatSha256(source.definition);
  const input = { store, source: source.name, format_sha256, files, days, late_days, retention };
  if (isDated(source, files)) {
    if (lake.retention === 'mirror')
      await dropOtherDays(lake, source, new Set(files.map((file) => folderDay(file.log_object))));
    return refreshBatches(lake, flow, source, await datedBatches(input));
  }
  const batch = await mixedBatch(input);
  if (!batch) return { days: 0, lines: 0 };
  const refreshed = await refreshBatches(lake, flow, source, [batch]);
  await rememberMixed(input, batch);
  return refreshed;
}

async function refreshBatches(
  lake: DuckdbLake,
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
        await storeDay(lake, source, day, batch.filesOf(day), readable);
        refreshed.days++;
        refreshed.lines += day.lines;
        lake.onDay?.(day.day, day.lines, refreshed.days, Math.max(planned, stale.length));
        return day.lines;
      });
    });
  }
  return refreshed;
}

/** Stages the lines of a batch while `work` runs. */
async function withStaged(
  lake: DuckdbLake,
  source: Source,
  { rule, files, has_all_files }: Batch,
  work: (days: StagedDay[], readable: ReadableFiles) => Promise<void>,
): Promise<void> {
  const connection = await lake.duckdb.connect();
  const temporary = recoveredFolder(lake.folder, source.name);
  try {
    const readable = await readableFiles(files, temporary);
    for (const { log_object, reason } of readable.unreadable) lake.onUnreadable?.(log_object, reason);
    if (has_all_files && files.length > 0 && readable.files.length === 0) {
      throw new Error(`source ${source.name}: no file could be read`);
    }
    // The order of rows has no meaning in the lake, and keeping it costs a tenth of the time.
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

/** The days to write: staged days that differ from the lake, and days of the batch that have no line. */
async function staleDays(
  lake: DuckdbLake,
  source: Source,
  batch: Batch,
  staged: readonly StagedDay[],
): Promise<StagedDay[]> {
  if (lake.retention === 'mirror' && batch.rule === 'event_time') {
    await dropOtherDays(lake, source, new Set(staged.map(({ day }) => day)));
  }
  const stale: StagedDay[] = [];
  for (const day of staged) {
    const manifest = await readManifest(lake.store, source.name, day.day);
    const inputs = batch.filesOf(day).map(inputOf);
    if (!batch.isCompleteFor(day.day) && manifest && !includesAll(inputs, manifest.inputs)) continue;
    if (isStale(manifest, inputs, formatSha256(source.definition), lake.retention)) stale.push(day);
  }
  const empty = batch.days.filter((day) => staged.every((found) => found.day !== day));
  return [
    ...stale,
    ...empty.map((day) => ({ day, lines: 0, rejected: 0, has_duplicates: false, log_objects: new Set<string>() })),
  ];
}

/** Replaces a day in the lake. The manifest is deleted first and written last, so a killed run leaves a day to refresh. */
async function storeDay(
  lake: DuckdbLake,
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
