import type { Day } from '../model/period.ts';
import { fileDay } from '../sources/file-day.ts';
import type { RawFile } from '../sources/raw-files.ts';
import type { Store } from '../store/store.ts';
import { listManifests } from './manifest.ts';

/** The days for which the lake has a request of the source, in order. */
export async function availableDays(lake: Store, source: string): Promise<Day[]> {
  return (await listManifests(lake, source)).filter(({ parsed }) => parsed > 0).map(({ day }) => day);
}

/** The days in the names of files and folders, in order. */
export function daysInNames(files: readonly RawFile[]): Day[] {
  return files.flatMap(({ log_object }) => fileDay(log_object) ?? []).sort();
}
