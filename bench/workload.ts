import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SAMPLE } from '../samples/generator/entries.ts';
import { FOLDER } from './logs.ts';
import type { Measurement } from './measure.ts';
import { median, type Task } from './rounds.ts';

export const CLI = join(import.meta.dirname, '..', 'bin', 'logtally.ts');
/** The days of the generated S3 logs, and of all others. */
export const S3_DAYS = [SAMPLE.from, SAMPLE.to] as const;
export const WEB_DAYS = ['2026-10-01', '2026-10-31'] as const;

export interface Workload {
  /** The report, with whatever there is of lake and editions. */
  report(days: readonly [string, string]): Task;
  /** The report whose lake is to be filled first. */
  firstReport(days: readonly [string, string]): Task;
  /** The report on a full lake whose sections have to be asked again. */
  secondReport(days: readonly [string, string]): Task;
}

/** Reports on a log, whose lake and editions are in a folder of their own. `memory` is that of `limits.memory`. */
export function prepareReports(name: string, format: string, input: string, memory = '2GB'): Workload {
  const work = join(FOLDER, `${name}-work`);
  const [config, lake, out] = [join(work, 'logtally.yaml'), join(work, 'lake'), join(work, 'out')];
  mkdirSync(work, { recursive: true });
  const settings = {
    sources: { bench: { format, folder: FOLDER } },
    reports: { bench: { title: 'Bench' } },
    lake: { folder: lake },
    limits: { memory },
  };
  // JSON is YAML.
  writeFileSync(config, JSON.stringify(settings, null, 2));
  const report = ([from, to]: readonly [string, string]): Task => {
    const args = ['report', '--config', config, '--input', input, '--date-range', from, to, '--out', out, '--json'];
    return { command: process.execPath, args: [CLI, ...args] };
  };
  const forget = (...folders: string[]) => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  };
  return {
    report,
    firstReport: (days) => ({ ...report(days), before: () => forget(lake, out) }),
    secondReport: (days) => ({ ...report(days), before: () => forget(out) }),
  };
}

interface Reported {
  steps: { name: string; duration_ms: number }[];
  edition: { sources: { lines: number; parsed: number }[] };
}

/**
 * The median of how long the step took that turns raw lines into the lake, as the command line says. An Error if the reports
 * do not count every line, because speed without the lines is none.
 */
export function refreshSeconds(measurements: readonly Measurement[], lines: number): number {
  return median(
    measurements.map(({ stdout }) => {
      const { steps, edition } = JSON.parse(stdout) as Reported;
      const refresh = steps.find(({ name }) => name === 'refresh');
      if (!refresh) throw new Error(`no step 'refresh' among ${steps.map(({ name }) => name).join(', ')}`);
      const [counted, parsed] = (['lines', 'parsed'] as const).map((key) =>
        edition.sources.reduce((total, source) => total + source[key], 0),
      );
      if (counted !== lines || (parsed ?? 0) < 0.99 * lines) {
        throw new Error(`of ${lines} lines the report counts ${counted}, and ${parsed} of them parsed`);
      }
      return refresh.duration_ms / 1000;
    }),
  );
}
