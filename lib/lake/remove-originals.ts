import { daysOf, type Period } from '../model/period.ts';
import type { Input } from '../sources/input.ts';
import type { Source } from '../sources/source.ts';
import type { Store } from '../store/store.ts';
import { listManifests } from './manifest.ts';

export interface Removal {
  objects: Input[];
  size_bytes: number;
}

/**
 * The raw objects of a period that may be deleted: the lake contains all their lines, they are unchanged since they were
 * read, and they contain no line of a day outside the period. Throws an Error if the source does not allow it, or if one of
 * `ours`, the places that Logtally writes to, overlaps with the raw logs.
 */
export async function removableOriginals(
  lake: Store,
  source: Source,
  period: Period,
  present: readonly Input[],
  raw_root: string,
  ours: readonly string[],
): Promise<Removal> {
  if (!source.remove_original_logs) {
    throw new Error(
      `source ${source.name}: its logs must not be removed; set sources.${source.name}.remove_original_logs: true to allow it`,
    );
  }
  const within = ours.find((root) => root.startsWith(raw_root) || raw_root.startsWith(root));
  if (within)
    throw new Error(`source ${source.name}: ${within} and the raw logs in ${raw_root} overlap; nothing is removed`);
  const days = new Set(daysOf(period));
  const manifests = await listManifests(lake, source.name);
  const counted = new Map<string, Input>();
  for (const manifest of manifests.filter(({ day }) => days.has(day))) {
    for (const input of manifest.inputs) counted.set(input.log_object, input);
  }
  for (const manifest of manifests) {
    if (!days.has(manifest.day)) for (const { log_object } of manifest.inputs) counted.delete(log_object);
    for (const { log_object } of manifest.unreadable) counted.delete(log_object);
  }
  const objects = present.filter(({ log_object, etag, size_bytes }) => {
    const input = counted.get(log_object);
    return input?.etag === etag && input.size_bytes === size_bytes;
  });
  return { objects, size_bytes: objects.reduce((total, { size_bytes }) => total + size_bytes, 0) };
}
