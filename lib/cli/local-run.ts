import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Duckdb, openDuckdb } from '../engine/duckdb/duckdb.ts';
import type { SourceRecord } from '../model/edition.ts';
import type { ReportPorts, ReportRequest, StepRecord } from '../report/ports.ts';
import { isoTime, systemClock } from '../run/clock.ts';
import type { LeasedFlow } from '../run/lease.ts';
import { findRawFiles, type RawFile } from '../sources/raw-files.ts';
import { ownFormats } from './config-file.ts';
import { detectFormats, type FormatFiles } from './detect-formats.ts';
import { localPorts } from './local-ports.ts';
import { mailSettings } from './mail-settings.ts';
import { openProgress, type Progress } from './progress.ts';
import type { ReportOptions } from './report-options.ts';
import { detectsFormats, type ReportSetup, reportSetup } from './report-setup.ts';
import { withRunLock } from './run-lock.ts';

/** A run over logs on this machine: what it was asked for, and what it works with. */
export interface LocalRun {
  setup: ReportSetup;
  request: ReportRequest;
  /** The files to read, by source. */
  files: ReadonlyMap<string, RawFile[]>;
  flow: LeasedFlow;
  ports: ReportPorts;
  progress: Progress;
  /** What was done so far. */
  steps: StepRecord[];
  /** Paths of the original logs that were deleted, or would be in a dry run. */
  removed: string[];
}

/**
 * Decides what a run reads, waits until no other run works on the same lake, and opens what `work` needs for as long as it
 * takes. `sectionsOf` says which sections will be answered, to show progress.
 */
export async function localRun(
  options: ReportOptions,
  sectionsOf: (setup: ReportSetup) => readonly string[],
  work: (run: LocalRun) => Promise<void>,
): Promise<void> {
  const clock = systemClock;
  const smtp = options.email ? mailSettings(process.env) : undefined;
  const started_at = isoTime(clock);
  const run_id = randomUUID();
  const detected = detectsFormats(options) ? await detectInput(options) : undefined;
  const setup = reportSetup(options, new Date(started_at), detected);
  const files = await rawFiles(setup, detected);
  const progress = openProgress(process.stderr, clock);
  const steps: StepRecord[] = [];
  const removed: string[] = [];
  const onStep = stepListener(steps, new Set(sectionsOf(setup)), progress, options.verbose ?? false);
  await withRunLock(setup.lake_folder, run_id, clock, async (flow) => {
    const duckdb = await openLocal(setup);
    try {
      const onRemoved = (path: string) => removed.push(path);
      const ports = localPorts({ setup, clock, duckdb, files, smtp, progress, onStep, onRemoved });
      const request = requestOf(setup, started_at, run_id);
      await work({ setup, request, files, flow, ports, progress, steps, removed });
    } finally {
      progress.clear();
      duckdb.close();
    }
  });
}

/** True if there was input and none of it could be read. */
export function isUnread(sources: readonly SourceRecord[]): boolean {
  return sources.every(({ lines, unreadable }) => lines === 0 && unreadable.length > 0);
}

function requestOf(setup: ReportSetup, started_at: string, run_id: string): ReportRequest {
  const { report, period, select_all, email, remove_meta, remove_original_logs } = setup;
  return { report, period, select_all, email, remove_meta, remove_original_logs, started_at, run_id };
}

/** The files of --input by their detected formats. */
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

/** Collects the steps of a run, and shows each as progress or, with --verbose, as a line on standard error. */
function stepListener(
  steps: StepRecord[],
  sections: ReadonlySet<string>,
  progress: Progress,
  verbose: boolean,
): (step: StepRecord) => void {
  return (step) => {
    steps.push(step);
    progress.clear();
    if (verbose) process.stderr.write(`${stepLine(step)}\n`);
    const done = steps.filter(({ name }) => sections.has(name)).length;
    if (done > 0) progress.update('sections', { at: step.name, done, total: sections.size, unit: 'sections' });
  };
}

/** A step as --verbose shows it. */
function stepLine({ name, rows, duration_ms }: StepRecord): string {
  const figures = rows === undefined ? '' : `${rows} rows, `;
  return `${name.padEnd(28)} ${figures}${Math.round(duration_ms)} ms`;
}
