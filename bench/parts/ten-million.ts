import { duration, memory, rate } from '../figures.ts';
import { megabytes, s3Log } from '../logs.ts';
import { cpuSeconds, measureRounds, peakBytes } from '../rounds.ts';
import { prepareReports, refreshSeconds, S3_DAYS } from '../workload.ts';
import type { MeasurePart } from './part.ts';

const LINES = 10_000_000;

/** Ten million lines under a limit of 1 GB, once. */
export const tenMillion: MeasurePart = async () => {
  const log = await s3Log(LINES);
  const reports = prepareReports('ten-million', 's3-access', log, '1GB');
  const { whole, second } = await measureRounds(1, {
    whole: reports.firstReport(S3_DAYS),
    second: reports.secondReport(S3_DAYS),
  });
  const lake_cpu_s = cpuSeconds(whole) - cpuSeconds(second);
  return {
    title: `S3, one file of ${megabytes(log)}, with limits.memory 1GB`,
    lines: LINES,
    runs: 1,
    figures: [
      rate('10,000,000 lines: raw → lake', LINES, refreshSeconds(whole, LINES), lake_cpu_s),
      duration('10,000,000 lines: whole report', LINES, whole),
      duration('10,000,000 lines: second report', LINES, second),
      memory('10,000,000 lines: peak memory', peakBytes(whole, second), 1),
    ],
  };
};
