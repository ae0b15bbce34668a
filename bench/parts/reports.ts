import { duration, type Figure, memory, rate, share } from '../figures.ts';
import { goAccessTask } from '../goaccess.ts';
import { cpuSeconds, measureRounds, peakBytes, seconds, type Task } from '../rounds.ts';
import { prepareReports, refreshSeconds } from '../workload.ts';
import type { Settings } from './part.ts';

/** A log to report on. */
interface ReportedLog {
  /** What the figures are about. */
  name: string;
  /** The name of its lake. */
  lake: string;
  format: string;
  path: string;
  /** The first and the last one. */
  days: readonly [string, string];
  /** Lines per second into the lake, at least. */
  least: number;
}

/** The figures of a log: lines into the lake, and a first and a second report beside GoAccess on the same file. */
export async function reportFigures(
  { name, lake, format, path, days, least }: ReportedLog,
  { lines, runs, goaccess }: Settings,
): Promise<Figure[]> {
  const reports = prepareReports(lake, format, path);
  const tasks = {
    ...goAccessTask(goaccess, format, path),
    whole: reports.firstReport(days),
    second: reports.secondReport(days),
  };
  const measured = await measureRounds<keyof typeof tasks>(runs, tasks as Record<keyof typeof tasks, Task>);
  const { whole, second } = measured;
  const lake_cpu_s = cpuSeconds(whole) - cpuSeconds(second);
  const figures = [
    rate(`${name}: raw → lake`, lines, refreshSeconds(whole, lines), lake_cpu_s, least),
    duration(`${name}: whole report`, lines, whole),
    duration(`${name}: second report`, lines, second),
    memory(`${name}: peak memory`, peakBytes(whole, second), 1.5),
  ];
  if (measured.goaccess) {
    figures.push(
      duration(`${name}: GoAccess`, lines, measured.goaccess),
      share(`${name}: report to GoAccess`, seconds(whole), seconds(measured.goaccess), 1),
    );
  }
  return figures;
}
