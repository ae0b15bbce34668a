import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Duckdb } from '../engine/duckdb/duckdb.ts';
import { NoLinesError } from '../report/no-lines-error.ts';
import type { ReportPorts, ReportRequest, StepRecord } from '../report/ports.ts';
import { isoTime, systemClock } from '../run/clock.ts';
import type { LeasedFlow } from '../run/lease.ts';
import type { RawFile } from '../sources/raw-files.ts';
import { removeUnfinished } from '../store/folder.ts';
import { ownFormats } from './config-file.ts';
import { noLinesMessage } from './days-of-files.ts';
import type { FormatFiles } from './detect-formats.ts';
import { inputOfSources, type NamedInput, openInput } from './local-input.ts';
import { openProgress, type Progress } from './progress.ts';
import type { ReportOptions } from './report-options.ts';
import { detectsFormats, type ReportSetup, reportSetup } from './report-setup.ts';
import { withRunLock } from './run-lock.ts';
import { requireWritable } from './writable.ts';

/** A run over logs on this machine: its request, and the parts it works with. */
export interface LocalRun {
  setup: ReportSetup;
  /** Without its period, which may depend on the files. */
  request: Omit<ReportRequest, 'period'>;
  /** The files to read, by source. */
  files: ReadonlyMap<string, RawFile[]>;
  flow: LeasedFlow;
  ports: ReportPorts;
  progress: Progress;
  /** What was done so far. */
  steps: StepRecord[];
  /** Paths of the original logs that were deleted, or would be in a dry run. */
  removed: string[];
  /** Prints a note for people to standard error, unless they want none. */
  print(line: string): void;
}

/** What a command needs of a run. */
export interface Command {
  /** Checks the command's own options before a log is opened. */
  check(setup: ReportSetup): void;
  /** The sections that will be answered, to show progress. */
  sectionsOf(setup: ReportSetup): readonly string[];
  work(run: LocalRun): Promise<void>;
}

/**
 * Decides what a run reads, waits until no other run works on the same lake, and opens what `work` needs for as long as it
 * takes. Whatever is wrong with the options is an error before the first log is opened, and before the engine is loaded.
 */
export async function localRun(options: ReportOptions, { check, sectionsOf, work }: Command): Promise<void> {
  const clock = systemClock;
  const smtp = options.email ? (await import('./mail-settings.ts')).mailSettings(process.env) : undefined;
  const started_at = isoTime(clock);
  const run_id = randomUUID();
  const { quiet = false } = options;
  const isToDetect = detectsFormats(options);
  const presumed = reportSetup(options, new Date(started_at));
  check(presumed);
  requireWritable(presumed.lake_folder, options.config === undefined ? '--out' : 'lake.folder');
  const progress = openProgress(process.stderr, clock, { is_silent: quiet || presumed.output === 'json' });
  const print = (line: string) => void (quiet || progress.print(line));
  progress.start('looking for logs');
  const named = options.input && (await openInput(options.input, progress));
  try {
    const detected = named && isToDetect ? await detect(named, options, progress, print) : undefined;
    const formats = detected?.map(({ format }) => format);
    const setup = formats ? reportSetup(options, new Date(started_at), formats) : presumed;
    const input = await inputOfSources(setup, named, detected, progress);
    const files = new Map([...input].map(([source, found]) => [source, found.files]));
    const steps: StepRecord[] = [];
    const removed: string[] = [];
    const onStep = stepListener(steps, new Set(sectionsOf(setup)), progress, options.verbose ?? false);
    progress.start('opening the lake');
    await withRunLock(setup.lake_folder, run_id, clock, async (flow) => {
      await removeRemains(setup, clock());
      const duckdb = await openLocal(setup, run_id);
      try {
        const { localPorts } = await import('./local-ports.ts');
        const onRemoved = (path: string) => removed.push(path);
        const ports = localPorts({ setup, clock, duckdb, input, smtp, progress, onStep, onRemoved, hold: flow.hold });
        const request = requestOf(setup, started_at, run_id);
        const run = { setup, request, files, flow, ports, progress, steps, removed, print };
        await work(run).catch(async (error: unknown) => {
          throw error instanceof NoLinesError ? new Error(await noLinesMessage(error, run)) : error;
        });
      } finally {
        progress.clear();
        duckdb.close();
      }
    });
  } finally {
    named?.close();
  }
}

/** The files of --input by their detected formats. */
async function detect(
  { files }: NamedInput,
  { config, verbose = false }: ReportOptions,
  progress: Progress,
  print: (line: string) => void,
): Promise<FormatFiles[]> {
  progress.start(`detecting the format of ${files.length} ${files.length === 1 ? 'file' : 'files'}`);
  const { detectFormats } = await import('./detect-formats.ts');
  return detectFormats(files, ownFormats(config), { verbose, print });
}

function requestOf(setup: ReportSetup, started_at: string, run_id: string): LocalRun['request'] {
  const { report, chosen_logs, select_all, email, remove_meta, remove_original_logs } = setup;
  const whole_input = setup.period === undefined;
  const publish_empty = false;
  return {
    ...{
      report,
      chosen_logs,
      select_all,
      email,
      remove_meta,
      remove_original_logs,
      publish_empty,
      whole_input,
      started_at,
      run_id,
    },
  };
}

/** Removes what runs that were killed left in the folders of this one. */
async function removeRemains({ lake_folder, out }: ReportSetup, now_ms: number): Promise<void> {
  const { removeLeftovers } = await import('../lake/duckdb/lake.ts');
  removeLeftovers(lake_folder);
  for (const folder of new Set([lake_folder, out])) await removeUnfinished(folder, now_ms);
}

/** The temporary folder is this run's own: one that has lost the lake may still be at work. */
async function openLocal({ config, lake_folder }: ReportSetup, run_id: string): Promise<Duckdb> {
  const { openDuckdb } = await import('../engine/duckdb/duckdb.ts');
  const { memory, threads } = config.limits;
  return openDuckdb({ memory, threads, temp_folder: join(lake_folder, `.temporary-${run_id}`) });
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
    if (verbose) progress.print(stepLine(step));
    const done = steps.filter(({ name }) => sections.has(name)).length;
    progress.update('sections', { at: step.name, done, total: sections.size, unit: 'sections' });
  };
}

/** A step as --verbose shows it. */
function stepLine({ name, rows, duration_ms }: StepRecord): string {
  const figures = rows === undefined ? '' : `${rows} rows, `;
  return `${name.padEnd(28)} ${figures}${Math.round(duration_ms)} ms`;
}
