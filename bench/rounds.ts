import { type Measurement, type MeasureOptions, measure } from './measure.ts';

/** A command to measure. */
export interface Task extends MeasureOptions {
  command: string;
  args: readonly string[];
  /** What has to be so before each of its runs. */
  before?(): void;
}

/**
 * Measures the tasks in turn, so many times, each in a fresh process: what else happens on the machine then hits all of
 * them alike. A task finds what those before it in the round have left.
 */
export async function measureRounds<Name extends string>(
  rounds: number,
  tasks: Readonly<Record<Name, Task>>,
): Promise<Record<Name, Measurement[]>> {
  const names = Object.keys(tasks) as Name[];
  const measured = Object.fromEntries(names.map((name) => [name, [] as Measurement[]])) as Record<Name, Measurement[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) {
      const { command, args, before, ...options } = tasks[name];
      before?.();
      measured[name].push(await measure(command, args, options));
    }
  }
  return measured;
}

/** The middle value; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (upper + lower) / 2;
}

/** The median duration. */
export function seconds(measurements: readonly Measurement[]): number {
  return median(measurements.map(({ duration_ms }) => duration_ms)) / 1000;
}

/** The median of what was used on all cores. */
export function cpuSeconds(measurements: readonly Measurement[]): number {
  return median(measurements.map(({ cpu_ms }) => cpu_ms)) / 1000;
}

/** The highest of all runs; NaN where it is not known. */
export function peakBytes(...measurements: readonly (readonly Measurement[])[]): number {
  return Math.max(...measurements.flat().map(({ peak_bytes }) => peak_bytes ?? Number.NaN));
}
