import { duration, memory, rate } from '../figures.ts';
import { dailyObjects, gzipObjects, smallObjects } from '../logs.ts';
import { cpuSeconds, measureRounds, peakBytes } from '../rounds.ts';
import { prepareReports, refreshSeconds, S3_DAYS } from '../workload.ts';
import type { MeasurePart } from './part.ts';

/** S3's lines under dated keys: a day per object, plain and compressed, and as many small objects as S3 delivers. */
export const objects: MeasurePart = async ({ lines, runs }) => {
  const daily = prepareReports('objects', 's3-access', await dailyObjects(lines));
  const gzip = prepareReports('gzip', 's3-access', await gzipObjects(lines));
  const small = prepareReports('small', 's3-access', await smallObjects(lines));
  const measured = await measureRounds(runs, {
    daily: daily.firstReport(S3_DAYS),
    gzip: gzip.firstReport(S3_DAYS),
    small: small.firstReport(S3_DAYS),
    // Whatever the lake was filled from, a second report on it is the same work.
    second: daily.secondReport(S3_DAYS),
  });
  const { second, ...first } = measured;
  const lake = (name: string, whole: typeof second, least?: number) =>
    rate(name, lines, refreshSeconds(whole, lines), cpuSeconds(whole) - cpuSeconds(second), least);
  return {
    title: 'S3, objects under dated keys',
    figures: [
      lake('raw → lake, from daily objects', first.daily),
      lake('raw → lake, from daily gzip objects', first.gzip, 800_000),
      lake('raw → lake, from objects of 200 lines', first.small),
      duration('whole report, from daily objects', lines, first.daily),
      duration('whole report, from daily gzip objects', lines, first.gzip),
      duration('whole report, from objects of 200 lines', lines, first.small),
      memory('peak memory, from objects', peakBytes(first.daily, first.gzip, first.small), 1.5),
    ],
  };
};
