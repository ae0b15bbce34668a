import { duration, memory, rate, share } from '../figures.ts';
import { goAccessTask } from '../goaccess.ts';
import { megabytes, unlikeLog } from '../logs.ts';
import { cpuSeconds, measureRounds, peakBytes, seconds, type Task } from '../rounds.ts';
import { prepareReports, refreshSeconds, S3_DAYS } from '../workload.ts';
import type { MeasurePart } from './part.ts';

/** The worst case of a reader that keeps what it has seen: nearly every line of S3 has texts of its own. */
export const unlike: MeasurePart = async ({ lines, runs, goaccess }) => {
  const log = await unlikeLog(lines);
  const reports = prepareReports('unlike', 's3-access', log);
  const tasks = {
    ...goAccessTask(goaccess, 's3-access', log),
    whole: reports.firstReport(S3_DAYS),
    second: reports.secondReport(S3_DAYS),
  };
  const measured = await measureRounds<keyof typeof tasks>(runs, tasks as Record<keyof typeof tasks, Task>);
  const { whole, second } = measured;
  const lake_cpu_s = cpuSeconds(whole) - cpuSeconds(second);
  const figures = [
    rate('little repeats: raw → lake', lines, refreshSeconds(whole, lines), lake_cpu_s, 400_000),
    duration('little repeats: whole report', lines, whole),
    duration('little repeats: second report', lines, second),
    memory('little repeats: peak memory', peakBytes(whole, second), 1.5),
  ];
  if (measured.goaccess) {
    figures.push(
      duration('little repeats: GoAccess', lines, measured.goaccess),
      share('little repeats: report to GoAccess', seconds(whole), seconds(measured.goaccess), 1),
    );
  }
  return { title: `S3, one file of ${megabytes(log)} in which little repeats`, figures };
};
