import type { Source } from '../config.ts';
import { type Day, isDay } from '../period.ts';

/** The folders that hold a day of a partitioned source, below its location: `<account>/<region>/<bucket>/YYYY/MM/DD/`. */
export function dayFolders({ accounts, regions, buckets }: Source, day: Day): string[] {
  return accounts.flatMap((account) =>
    regions.flatMap((region) => buckets.map((bucket) => `${account}/${region}/${bucket}/${day.replaceAll('-', '/')}/`)),
  );
}

/**
 * The day that a key names, whatever wrote it: S3's `2026-10-06-00-00-38-ABC`, CloudFront's `ID.2026-10-06-00.abc.gz`,
 * Fastly's `2026-10-06T00:00:00.000--x.log.gz`, folders like `2026/10/06/`. Of several the last; undefined when there is none.
 */
export function namedDay(key: string): Day | undefined {
  const dates = key.matchAll(/(?<![0-9])([12][0-9]{3})([-/])([0-9]{2})\2([0-9]{2})(?![0-9])/g);
  const days = [...dates].map(([, year, , month, day]) => `${year}-${month}-${day}`);
  return days.findLast(isDay);
}
