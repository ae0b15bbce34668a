import { type Day, isDay } from '../model/period.ts';
import type { RawFile } from './raw-files.ts';

/**
 * The day in a key or path, as any of these services writes it: S3's `2026-10-06-00-00-38-ABC`, CloudFront's
 * `ID.2026-10-06-00.abc.gz`, Fastly's `2026-10-06T00:00:00.000--x.log.gz`, a load balancer's `_20261006T0000Z_`, folders
 * like `2026/10/06/` and `year=2026/month=10/day=06/`. The last one if there are several; undefined if there is none.
 */
export function namedDay(key: string): Day | undefined {
  const dates = key.matchAll(
    /(?<![0-9])(?:([12][0-9]{3})(?:([-/])([0-9]{2})\2|\/month=([0-9]{2})\/day=)([0-9]{2})(?![0-9])|([12][0-9]{3})([0-9]{2})([0-9]{2})(?=T[0-9]{4}))/g,
  );
  const days = [...dates].map(([, year, , month, hive_month, day, ...compact]) =>
    year === undefined ? compact.slice(0, 3).join('-') : `${year}-${month ?? hive_month}-${day}`,
  );
  return days.findLast(isDay);
}

/** The day of the innermost dated folder of a file, at any depth; undefined if there is none. */
export function folderDay(log_object: string): Day | undefined {
  const folders = log_object.matchAll(/(?<=^|\/)(?:year=)?(\d{4})\/(?:month=)?(\d{2})\/(?:day=)?(\d{2})(?=\/)/g);
  return [...folders].map(([, year, month, day]) => `${year}-${month}-${day}`).findLast(isDay);
}

/** Names of the files that S3, Fastly and CloudFront deliver, with lines of a few minutes or an hour. */
const DELIVERED = [
  /(?:^|\/)(\d{4}-\d{2}-\d{2})-\d{2}-\d{2}-\d{2}-[0-9A-Za-z]+(?:\.gz)?$/,
  /(?:^|\/)(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}\.\d{3}-[^/]*$/,
  /(?:^|\/)[0-9A-Z]+\.(\d{4}-\d{2}-\d{2})-\d{2}\.[0-9A-Za-z]+(?:\.gz)?$/,
];

/**
 * The day that all lines of a file are close to: that of its dated folder, else that of its delivery. Undefined for other
 * names, because a file like `access-2026-10-31.log` may hold a month.
 */
export function fileDay(log_object: string): Day | undefined {
  return folderDay(log_object) ?? DELIVERED.map((name) => name.exec(log_object)?.[1] ?? '').find(isDay);
}

/** The day from which the year of times without one is taken: that of a file's name, else that of its last change. */
export function dayOfFile({ log_object, modified }: Pick<RawFile, 'log_object' | 'modified'>): Day {
  return fileDay(log_object) ?? dayOfChange({ modified });
}

/** The day of a file's last change, UTC. */
export function dayOfChange({ modified }: Pick<RawFile, 'modified'>): Day {
  return modified.toISOString().slice(0, 10);
}
