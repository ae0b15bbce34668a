import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Report } from '../config/config.ts';
import { type Duckdb, openDuckdb } from '../engine/duckdb/duckdb.ts';
import { daysAtOnce } from '../engine/duckdb/memory.ts';
import { openLocalRaw } from '../lake/duckdb/raw-export.ts';
import { refreshLocal } from '../lake/duckdb/refresh.ts';
import { openLake, openOwners } from '../lake/duckdb/views.ts';
import type { SourceRecord } from '../model/edition.ts';
import { daysOf } from '../model/period.ts';
import type { EditionPorts, StepRecord } from '../report/ports.ts';
import type { Flow } from '../run/flow.ts';
import { localFlow } from '../run/local-flow.ts';
import { addressKey } from '../sections/privacy.ts';
import { findRawFiles, type RawFile } from '../sources/raw-files.ts';
import { folderStore } from '../store/folder.ts';
import { visibleText } from '../text/visible-text.ts';
import { ownFormats } from './config-file.ts';
import { detectFormats, type FormatFiles } from './detect-formats.ts';
import { openProgress, type Progress } from './progress.ts';
import { detectsFormats, type ReportOptions, type ReportSetup, reportSetup } from './report-setup.ts';
import { inTurn } from './run-lock.ts';
import { UsageError } from './usage-error.ts';

/** A run over logs on this machine: what it was asked, and what it works with. */
export interface LocalRun {
  setup: ReportSetup;
  files: ReadonlyMap<string, RawFile[]>;
  started: Date;
  run_id: string;
  flow: Flow;
  ports: EditionPorts;
  progress: Progress;
  /** What was done so far. */
  steps: StepRecord[];
}

/**
 * Settles what a run reads, waits until no other is at the same lake, and opens what `work` works with for as long as
 * that takes. `asked` names the sections to be answered, for those who wait.
 */
export async function localRun(
  options: ReportOptions,
  asked: (setup: ReportSetup) => readonly string[],
  work: (run: LocalRun) => Promise<void>,
): Promise<void> {
  const started = new Date();
  const run_id = randomUUID();
  const detected = detectsFormats(options) ? await detectInput(options) : undefined;
  const setup = reportSetup(options, started, detected);
  const address_key = addressKeyOf(setup.report);
  const files = await rawFiles(setup, detected);
  const sections = new Set(asked(setup));
  const progress = openProgress(process.stderr);
  const steps: StepRecord[] = [];
  const onStep = (step: StepRecord) => {
    steps.push(step);
    progress.clear();
    if (options.verbose) process.stderr.write(`${stepLine(step)}\n`);
    const done = steps.filter(({ name }) => sections.has(name)).length;
    if (done > 0) progress.update('sections', { at: step.name, done, total: sections.size, unit: 'sections' });
  };
  await inTurn(setup.lake_folder, run_id, async (flow) => {
    const duckdb = await openLocal(setup);
    try {
      const local = localPorts(setup, duckdb, files, onStep, progress.update);
      const ports = { ...local, ...(address_key && { address_key }) };
      await work({ setup, files, started, run_id, flow, ports, progress, steps });
    } finally {
      progress.clear();
      duckdb.close();
    }
  });
}

/** True when there was input and none of it could be read. */
export function isUnread(sources: readonly SourceRecord[]): boolean {
  return sources.every(({ lines, unreadable }) => lines === 0 && unreadable.length > 0);
}

/** The files of --input by the formats that they look like. */
async function detectInput({ input = [], config, verbose = false }: ReportOptions): Promise<FormatFiles[]> {
  const print = (line: string) => process.stderr.write(`${line}\n`);
  return detectFormats(await findRawFiles(input), ownFormats(config), { verbose, print });
}

/** The files to read, by source. */
async function rawFiles(
  { inputs, config }: ReportSetup,
  detected: readonly FormatFiles[] | undefined,
): Promise<Map<string, RawFile[]>> {
  const files = new Map<string, RawFile[]>();
  for (const [source, paths] of inputs) {
    const group = detected?.find(({ format }) => format === config.sources[source]?.definition);
    files.set(source, group?.files ?? (await findRawFiles(paths)));
  }
  return files;
}

function openLocal({ config, lake_folder }: ReportSetup): Promise<Duckdb> {
  const { memory, threads } = config.limits;
  return openDuckdb({ memory, threads, temp_folder: join(lake_folder, '.temporary') });
}

/** What the use cases read and write on this machine. */
function localPorts(
  setup: ReportSetup,
  duckdb: Duckdb,
  files: ReadonlyMap<string, RawFile[]>,
  onStep: (step: StepRecord) => void,
  onProgress: Progress['update'],
): EditionPorts {
  const { config, lake_folder } = setup;
  const database = config.stack.database;
  const concurrency = config.limits.threads ?? navigator.hardwareConcurrency;
  const store = folderStore(lake_folder);
  const { late_days } = config.limits;
  return {
    config,
    engine: duckdb.engine,
    database,
    lake: store,
    editions: folderStore(setup.out),
    openOwners: (edition) => openOwners(duckdb, lake_folder, database, edition),
    onStep,
    rawLines: (source, period) =>
      openLocalRaw({ duckdb, folder: lake_folder, late_days }, source, files.get(source.name) ?? [], daysOf(period)),
    async refresh(_flow, name, before, period) {
      const source = config.sources[name];
      if (!source) throw new Error(`unknown source ${name}`);
      const days = [...daysOf(before), ...daysOf(period)];
      const lake = {
        duckdb,
        folder: lake_folder,
        store,
        late_days,
        exact: setup.exact,
        onUnreadable: (log_object: string, reason: string) =>
          process.stderr.write(`${visibleText(log_object)}: ${reason}\n`),
        onReading: (percent: number) =>
          onProgress('lines', { at: name, done: Math.floor(percent), total: 100, unit: 'percent' }),
        onDay: (day: string, lines: number, done: number, total: number) =>
          onProgress(name, { at: day, done, total, unit: 'days', lines }),
      };
      const flow = localFlow(daysAtOnce(config.limits.memory, concurrency));
      await refreshLocal(lake, flow, source, files.get(name) ?? [], days);
      await openLake(duckdb, lake_folder, database, setup.report.sources, days);
      return [];
    },
  };
}

/** What addresses are hashed with, where the report asks for that; the secret is in the environment. */
function addressKeyOf({ name, privacy: { client_ip, salt_env } }: Report): string | undefined {
  if (client_ip !== 'hash') return undefined;
  try {
    return addressKey(process.env[salt_env], name, `the environment variable ${salt_env}`);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** A step as --verbose tells it. */
function stepLine({ name, rows, duration_ms }: StepRecord): string {
  const figures = rows === undefined ? '' : `${rows} rows, `;
  return `${name.padEnd(28)} ${figures}${Math.round(duration_ms)} ms`;
}
