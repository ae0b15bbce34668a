import type { Day } from '../model/period.ts';
import { fileDay } from '../sources/file-day.ts';
import type { RawFile } from '../sources/raw-files.ts';
import type { Store } from '../store/store.ts';
import { readManifest } from './manifest.ts';

/** The days of which the lake holds a request of the source, in order. */
export async function heldDays(lake: Store, source: string): Promise<Day[]> {
  const days: Day[] = [];
  for await (const { key } of lake.list(`manifests/source=${source}/day=`)) {
    const day = key.slice(-'YYYY-MM-DD.json'.length, -'.json'.length);
    if (((await readManifest(lake, source, day))?.parsed ?? 0) > 0) days.push(day);
  }
  return days.sort();
}

/** The days that the names of files and folders show, in order. */
export function namedDays(files: readonly RawFile[]): Day[] {
  return files.flatMap(({ log_object }) => fileDay(log_object) ?? []).sort();
}
