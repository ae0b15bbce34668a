import { type Figure, memory, wholeNumber } from '../figures.ts';
import { s3Log } from '../logs.ts';
import type { Measurement } from '../measure.ts';
import { cpuSeconds, measureRounds, peakBytes, seconds, type Task } from '../rounds.ts';
import { CLI } from '../workload.ts';
import type { MeasurePart } from './part.ts';

const LEAST = 500_000;

/** `logtally parse`, whose records nothing takes; with the start of the program. */
export const parse: MeasurePart = async ({ lines, runs }) => {
  const log = await s3Log(lines);
  const task = (output: string): Task => {
    const args = ['parse', log, '--format', 's3-access', '--output', output, '--quiet'];
    return { command: process.execPath, args: [CLI, ...args], discard: true };
  };
  const { json, csv } = await measureRounds(runs, { json: task('json'), csv: task('csv') });
  const records = (name: string, measured: readonly Measurement[]): Figure => {
    const [value, cpu_s] = [lines / seconds(measured), cpuSeconds(measured)];
    const target = { target: `≥ ${wholeNumber(LEAST)} records/s`, met: value >= LEAST };
    return { name, value, unit: 'records_per_s', cpu_s, lines_per_cpu_s: lines / cpu_s, ...target };
  };
  return {
    title: 'logtally parse, the same file of S3',
    figures: [
      records('parse to JSON', json),
      records('parse to CSV', csv),
      memory('parse: peak memory', peakBytes(json, csv), 1),
    ],
  };
};
