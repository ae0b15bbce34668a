import { addDays, type Day, dateRange, type Period } from '../../model/period.ts';
import { dayRule } from '../../sources/layout.ts';
import type { Source } from '../../sources/source.ts';
import { formatSha256 } from '../definition.ts';
import { isStale, readManifest } from '../manifest.ts';
import type { AthenaLake } from './lake.ts';
import { objectLister, totalBytes } from './raw-objects.ts';

/** Athena writes at most 100 partitions in one query, and a day has two. */
const MAX_RANGE_DAYS = 31;
/** Compressed bytes that one query may read: far less than Athena reads in its limit of 30 minutes. */
const MAX_RANGE_BYTES = 10_000_000_000;

interface SizedRange {
  range: Period;
  size_bytes: number;
}

/** The stale days, as date ranges that one query each may read. Days of S3 folders are never joined. */
export async function staleRanges(lake: AthenaLake, source: Source, days: readonly Day[]): Promise<Period[]> {
  const { inFolder, inputsOf } = objectLister(lake, source);
  const ranges: SizedRange[] = [];
  for (const day of days) {
    const manifest = await readManifest(lake.store, source.name, day);
    if (!isStale(manifest, await inputsOf(day), formatSha256(source.definition))) continue;
    const size_bytes = totalBytes(await inFolder(day));
    const last = ranges.at(-1);
    if (last && dayRule(source) === 'event_time' && mayJoin(last, day, size_bytes)) {
      last.range = dateRange(last.range.from, day);
      last.size_bytes += size_bytes;
    } else ranges.push({ range: dateRange(day, day), size_bytes });
  }
  return ranges.map(({ range }) => range);
}

function mayJoin({ range, size_bytes }: SizedRange, day: Day, day_bytes: number): boolean {
  const isNext = day === addDays(range.to, 1) && day < addDays(range.from, MAX_RANGE_DAYS);
  return isNext && size_bytes + day_bytes <= MAX_RANGE_BYTES;
}
