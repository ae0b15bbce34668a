import { type Day, dateRange, daysOf } from '../../model/period.ts';
import type { Input } from '../../sources/input.ts';
import { dayFolders, dayRule, daysToRead } from '../../sources/layout.ts';
import type { Source } from '../../sources/source.ts';
import type { Store } from '../../store/store.ts';
import { readManifest } from '../manifest.ts';
import { presenceOf } from '../presence.ts';
import type { AthenaLake } from './lake.ts';

/** The raw objects in a day's folders. */
export async function rawObjects(raw: Store, source: Source, day: Day): Promise<Input[]> {
  const inputs: Input[] = [];
  for (const folder of dayFolders(source, day)) {
    for await (const object of raw.list(folder)) {
      inputs.push({ log_object: `${raw.root}${object.key}`, size_bytes: object.size_bytes, etag: object.etag });
    }
  }
  return inputs;
}

/** Lists the objects in a day's folders, and the objects that may contain lines of a day. Each folder is listed once. */
export function objectLister({ raw, late_days }: AthenaLake, source: Source) {
  const listed = new Map<Day, Promise<Input[]>>();
  const inFolder = (day: Day) => {
    const known = listed.get(day) ?? rawObjects(raw(source), source, day);
    listed.set(day, known);
    return known;
  };
  const inputsOf = async (day: Day) => {
    const lists: Input[][] = [];
    const read = daysToRead(dayRule(source), dateRange(day, day), late_days);
    for (const folder of daysOf(read)) lists.push(await inFolder(folder));
    return lists.flat();
  };
  return { inFolder, inputsOf };
}

/** Names of objects from which some days in the lake were parsed, and that are gone. */
export async function goneLogs(lake: AthenaLake, source: Source, days: readonly Day[]): Promise<string[]> {
  const { inputsOf } = objectLister(lake, source);
  const names = new Set<string>();
  for (const day of days) {
    const manifest = await readManifest(lake.store, source.name, day);
    if (!manifest) continue;
    for (const { log_object } of presenceOf(manifest.inputs, await inputsOf(day)).gone) names.add(log_object);
  }
  return [...names].sort();
}

export function totalBytes(inputs: readonly Input[]): number {
  return inputs.reduce((sum, { size_bytes }) => sum + size_bytes, 0);
}
