import { duration, memory, rate, share } from '../figures.ts';
import { goAccessTask } from '../goaccess.ts';
import { megabytes, webLog } from '../logs.ts';
import { cpuSeconds, measureRounds, peakBytes, seconds, type Task } from '../rounds.ts';
import { prepareReports, refreshSeconds, WEB_DAYS } from '../workload.ts';
import type { MeasurePart } from './part.ts';

/** The least that a format has to reach: lines per second into the lake. */
const LEAST = 800_000;
const LEAST_OF: Readonly<Record<string, number>> = { json: 500_000, 's3-json': 500_000 };

/** One format other than S3's text: lines into the lake, and the report beside GoAccess on the same file. */
export function formatPart(format: string): MeasurePart {
  return async ({ lines, runs, goaccess }) => {
    const log = await webLog(format, lines);
    const reports = prepareReports(format, format, log);
    const tasks = {
      ...goAccessTask(goaccess, format, log),
      whole: reports.firstReport(WEB_DAYS),
      second: reports.secondReport(WEB_DAYS),
    };
    const measured = await measureRounds<keyof typeof tasks>(runs, tasks as Record<keyof typeof tasks, Task>);
    const { whole, second } = measured;
    const lake_cpu_s = cpuSeconds(whole) - cpuSeconds(second);
    const figures = [
      rate(`${format}: raw → lake`, lines, refreshSeconds(whole, lines), lake_cpu_s, LEAST_OF[format] ?? LEAST),
      duration(`${format}: whole report`, lines, whole),
      duration(`${format}: second report`, lines, second),
      memory(`${format}: peak memory`, peakBytes(whole, second), 1.5),
    ];
    if (measured.goaccess) {
      figures.push(
        duration(`${format}: GoAccess`, lines, measured.goaccess),
        share(`${format}: report to GoAccess`, seconds(whole), seconds(measured.goaccess), 1),
      );
    }
    return { title: `${format}, one file of ${megabytes(log)}`, figures };
  };
}
