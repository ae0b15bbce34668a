import { join } from 'node:path';
import { duration, memory, rate, share } from '../figures.ts';
import { goAccessTask } from '../goaccess.ts';
import { megabytes, s3Log } from '../logs.ts';
import { cpuSeconds, measureRounds, peakBytes, seconds, type Task } from '../rounds.ts';
import { prepareReports, refreshSeconds, S3_DAYS } from '../workload.ts';
import type { MeasurePart } from './part.ts';

const ONE_COLUMN = join(import.meta.dirname, '..', 'one-column.ts');
/** The second of the log's two months: its lines are in the lake, but nothing has asked for it. */
const OTHER_DAYS = ['2026-10-01', '2026-10-31'] as const;

/** One file of S3's lines: what any reader has to do at least, and every kind of report on it. */
export const oneFile: MeasurePart = async ({ lines, runs, goaccess }) => {
  const log = await s3Log(lines);
  const reports = prepareReports('one-file', 's3-access', log);
  const tasks = {
    wc: { command: 'wc', args: ['-l', log] },
    oneColumn: { command: process.execPath, args: [ONE_COLUMN, log] },
    ...goAccessTask(goaccess, 's3-access', log),
    whole: reports.firstReport(S3_DAYS),
    second: reports.secondReport(S3_DAYS),
    unchanged: reports.report(S3_DAYS),
    other: reports.report(OTHER_DAYS),
  };
  const measured = await measureRounds<keyof typeof tasks>(runs, tasks as Record<keyof typeof tasks, Task>);
  const { wc, oneColumn, whole, second, unchanged, other } = measured;
  const lake_cpu_s = cpuSeconds(whole) - cpuSeconds(second);
  const figures = [
    duration('wc -l, the floor', lines, wc),
    duration('DuckDB reads it as one column', lines, oneColumn),
    rate('raw → lake', lines, refreshSeconds(whole, lines), lake_cpu_s, 1_000_000),
    duration('whole report', lines, whole),
    duration('second report on the same lake', lines, second, 1),
    duration('report without anything new', lines, unchanged),
    duration('another period on the warm lake', lines, other),
    memory('peak memory', peakBytes(whole, second, unchanged, other), 1.5),
  ];
  if (measured.goaccess) {
    const goaccess_s = seconds(measured.goaccess);
    figures.push(
      duration('GoAccess', lines, measured.goaccess),
      share('whole report to GoAccess', seconds(whole), goaccess_s, 5),
      share('second report to GoAccess', seconds(second), goaccess_s, 17),
      share('report without anything new to GoAccess', seconds(unchanged), goaccess_s, 17),
    );
  }
  return { title: `S3, one file of ${megabytes(log)}`, figures };
};
