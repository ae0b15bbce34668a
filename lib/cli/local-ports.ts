import { rm } from 'node:fs/promises';
import { type SmtpSettings, smtpMailer } from '../delivery/smtp.ts';
import type { Duckdb } from '../engine/duckdb/duckdb.ts';
import { daysAtOnce } from '../engine/duckdb/memory.ts';
import { lookAlikes } from '../formats/look-alikes.ts';
import { uncountedFiles, unreadableOfMixed } from '../lake/duckdb/batches.ts';
import { goneLogs } from '../lake/duckdb/day-plan.ts';
import type { DuckdbLake } from '../lake/duckdb/lake.ts';
import { duckdbRawRelation } from '../lake/duckdb/raw-relation.ts';
import { refreshDuckdbLake } from '../lake/duckdb/refresh.ts';
import { openLake, openOwners } from '../lake/duckdb/views.ts';
import type { Retention } from '../lake/manifest.ts';
import type { UnmappedKey } from '../model/edition.ts';
import { type Day, daysOf } from '../model/period.ts';
import type { OriginalLogs, ReportPorts, StepRecord } from '../report/ports.ts';
import type { Clock } from '../run/clock.ts';
import { localFlow } from '../run/local-flow.ts';
import { firstLines } from '../sources/first-lines.ts';
import { isUnchanged, type RawFile } from '../sources/raw-files.ts';
import type { Source } from '../sources/source.ts';
import { folderStore } from '../store/folder.ts';
import { heldStore } from '../store/held-store.ts';
import { visibleText } from '../text/visible-text.ts';
import type { FoundInput } from './local-input.ts';
import type { Progress } from './progress.ts';
import type { ReportSetup } from './report-setup.ts';
import { unreadableNote } from './unreadable-note.ts';

/** What a run on this machine works with. */
export interface LocalWorld {
  setup: ReportSetup;
  clock: Clock;
  duckdb: Duckdb;
  /** The files to read, and what was passed over, by source. */
  input: ReadonlyMap<string, FoundInput>;
  smtp: SmtpSettings | undefined;
  /** Throws if another run has begun, so that this one writes nothing more. */
  hold(): Promise<void>;
  progress: Progress;
  onStep: (step: StepRecord) => void;
  /** Called with the path of each original log that was deleted, or would be in a dry run. */
  onRemoved: (path: string) => void;
}

/** The ports of the use cases on this machine. */
export function localPorts(world: LocalWorld): ReportPorts {
  const { setup, clock, duckdb, smtp, onStep, hold } = world;
  const { config, lake_folder: folder } = setup;
  const { database } = config.stack;
  const { late_days } = config.limits;
  const retention = retentionOf(setup);
  const filesOf = (source: Source) => inputOf(world, source).files;
  return {
    config,
    clock,
    engine: duckdb.engine,
    database,
    lake: heldStore(folderStore(folder), hold),
    editions: heldStore(folderStore(setup.out), hold),
    refresh: (_flow, source, days) => refreshLake(world, source, days),
    goneLogs: (source, days) => goneLogs({ store: folderStore(folder), retention }, source.name, filesOf(source), days),
    unreadableLogs: async (source) => [
      ...inputOf(world, source).unreadable,
      ...(await unreadableOfMixed(folderStore(folder), source.name)),
    ],
    rawLines: (source, period) =>
      duckdbRawRelation({ duckdb, folder, late_days, retention }, source, filesOf(source), daysOf(period)),
    unmappedKeys: (source, columns) => unmappedKeys(source, filesOf(source), columns),
    openOwners: (edition) => openOwners(duckdb, folder, database, edition),
    secret: async ({ salt_env }) => ({
      value: process.env[salt_env],
      place: `the environment variable ${salt_env}`,
    }),
    originals: (source) => localOriginals(world, source),
    ...(smtp && { mailer: smtpMailer(smtp), envelope: { from: smtp.from, reply_to: smtp.reply_to, to: smtp.to } }),
    onStep,
  };
}

/** How many files and lines are looked at for keys that are not mapped. */
const SAMPLED_FILES = 5;
const SAMPLED_LINES = 50;

async function unmappedKeys(
  { definition }: Source,
  files: readonly RawFile[],
  columns: readonly string[],
): Promise<UnmappedKey[]> {
  const lines: string[] = [];
  for (const { path } of files.slice(0, SAMPLED_FILES)) lines.push(...(await firstLines(path, SAMPLED_LINES)));
  return lookAlikes(definition, lines, columns);
}

function inputOf({ input }: LocalWorld, source: Source): FoundInput {
  return input.get(source.name) ?? { files: [], unreadable: [] };
}

/** The lake of logs named on the command line mirrors these logs. */
function retentionOf({ hasInput }: ReportSetup): Retention {
  return hasInput ? 'mirror' : 'keep';
}

/** Brings days of a source up to date and opens the lake's tables for the queries to come. No query is billed. */
async function refreshLake(world: LocalWorld, source: Source, days: readonly Day[]): Promise<[]> {
  const { setup, duckdb, progress, hold } = world;
  const { config, lake_folder: folder, report } = setup;
  const { memory, threads, late_days } = config.limits;
  const lake: DuckdbLake = {
    duckdb,
    folder,
    store: heldStore(folderStore(folder), hold),
    hold,
    late_days,
    retention: retentionOf(setup),
    onUnreadable: (log_object, reason) => progress.print(unreadableNote({ log_object, reason })),
    onDamaged: (fault) => progress.print(`${visibleText(fault)}; the day is made again`),
    onReading: (percent) =>
      progress.update('lines', { at: source.name, done: Math.floor(percent), total: 100, unit: 'percent' }),
    onDay: (day, lines, done, total) => progress.update(source.name, { at: day, done, total, unit: 'days', lines }),
  };
  const flow = localFlow(daysAtOnce(memory, threads ?? navigator.hardwareConcurrency));
  await refreshDuckdbLake(lake, flow, source, inputOf(world, source).files, days);
  await openLake(duckdb, folder, config.stack.database, report.sources, days);
  return [];
}

/** The files in a source's folder. A dry run only reports them. */
function localOriginals(world: LocalWorld, source: Source): OriginalLogs {
  const { setup, onRemoved } = world;
  const present = inputOf(world, source).files;
  return {
    root: `${source.folder}/`,
    list: async () => present,
    uncounted: () => uncountedFiles(folderStore(setup.lake_folder), source.name),
    async remove(originals) {
      let removed = 0;
      const names = new Set(originals.map(({ log_object }) => log_object));
      for (const file of present.filter(({ log_object }) => names.has(log_object))) {
        // Lines may have been appended since the file was read.
        if (!(await isUnchanged(file))) continue;
        if (!setup.dry_run) await rm(file.path);
        onRemoved(file.path);
        removed++;
      }
      return removed;
    },
  };
}
