import { addDays, type Day, dateRange, type Period } from '../../model/period.ts';
import { dayRule } from '../../sources/layout.ts';
import type { Source } from '../../sources/source.ts';
import { formatSha256 } from '../definition.ts';
import { isStale, readManifest } from '../manifest.ts';
import { freshAmong, presenceOf } from '../presence.ts';
import type { AthenaLake } from './lake.ts';
import { objectLister, totalBytes } from './raw-objects.ts';

/** Athena writes at most 100 partitions in one query, and a day has two. */
const MAX_RANGE_DAYS = 31;
/** Compressed bytes that one query may read: far less than Athena reads in its limit of 30 minutes. */
const MAX_RANGE_BYTES = 10_000_000_000;

/** Days that one query reads. */
export interface StaleRange {
  range: Period;
  /** True if objects of the day, which is then alone, are gone: it keeps its rows and gains those of new objects. */
  keeps_rows: boolean;
}

interface SizedRange extends StaleRange {
  size_bytes: number;
}

/** The stale days, as date ranges that one query each may read. Days of S3 folders are never joined. */
export async function staleRanges(lake: AthenaLake, source: Source, days: readonly Day[]): Promise<StaleRange[]> {
  const { inFolder, inputsOf } = objectLister(lake, source);
  const ranges: SizedRange[] = [];
  for (const day of days) {
    const manifest = await readManifest(lake.store, source.name, day);
    const inputs = await inputsOf(day);
    const size_bytes = totalBytes(await inFolder(day));
    if (manifest && presenceOf(manifest.inputs, inputs).gone.length > 0) {
      if (freshAmong(manifest.inputs, inputs).length > 0) {
        ranges.push({ range: dateRange(day, day), size_bytes, keeps_rows: true });
      }
      continue;
    }
    if (!isStale(manifest, inputs, formatSha256(source.definition))) continue;
    const last = ranges.at(-1);
    if (last && !last.keeps_rows && dayRule(source) === 'event_time' && mayJoin(last, day, size_bytes)) {
      last.range = dateRange(last.range.from, day);
      last.size_bytes += size_bytes;
    } else ranges.push({ range: dateRange(day, day), size_bytes, keeps_rows: false });
  }
  return ranges.map(({ range, keeps_rows }) => ({ range, keeps_rows }));
}

function mayJoin({ range, size_bytes }: SizedRange, day: Day, day_bytes: number): boolean {
  const isNext = day === addDays(range.to, 1) && day < addDays(range.from, MAX_RANGE_DAYS);
  return isNext && size_bytes + day_bytes <= MAX_RANGE_BYTES;
}
