import type { Figure } from '../figures.ts';
import type { Measurement } from '../measure.ts';
import { cpuSeconds, measureRounds, seconds } from '../rounds.ts';
import { CLI } from '../workload.ts';
import type { MeasurePart } from './part.ts';

/** What a person waits for before anything is read. */
export const start: MeasurePart = async ({ runs }) => {
  const { help, error } = await measureRounds(runs, {
    help: { command: process.execPath, args: [CLI, '--help'] },
    error: { command: process.execPath, args: [CLI, 'report', '--no-such-option'], exit_code: 2 },
  });
  const figure = (name: string, measured: readonly Measurement[], most_s: number): Figure => {
    const value = seconds(measured);
    return { name, value, unit: 's', cpu_s: cpuSeconds(measured), target: `≤ ${most_s} s`, met: value <= most_s };
  };
  return {
    title: 'Start of the program, from its source files',
    lines: 0,
    figures: [figure('--help', help, 0.15), figure('usage error', error, 0.3)],
  };
};
