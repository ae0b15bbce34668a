import type { Day } from '../model/period.ts';
import { fileDay } from '../sources/file-day.ts';
import type { RawFile } from '../sources/raw-files.ts';
import type { Store } from '../store/store.ts';
import { listManifests } from './manifest.ts';

/** The days of which the lake holds a request of the source, in order. */
export async function heldDays(lake: Store, source: string): Promise<Day[]> {
  return (await listManifests(lake, source)).filter(({ parsed }) => parsed > 0).map(({ day }) => day);
}

/** The days that the names of files and folders show, in order. */
export function namedDays(files: readonly RawFile[]): Day[] {
  return files.flatMap(({ log_object }) => fileDay(log_object) ?? []).sort();
}
