import { LAKE_PREFIX, STAGING_PREFIX } from '../../model/bucket-prefixes.ts';
import type { Day } from '../../model/period.ts';
import { REJECTED_TABLE, REQUESTS_TABLE } from '../../model/table-names.ts';
import type { Source } from '../../sources/source.ts';
import { dayPrefix, manifestKey } from '../manifest.ts';
import type { AthenaLake } from './lake.ts';

/**
 * Replaces a day in the lake by the files that a query unloaded to a prefix of the staging store. The manifest goes before
 * the old rows, so that a run that dies here leaves a day to refresh again, never a wrong one. Safe to repeat.
 */
export async function replaceDay(
  { store, staging, results }: AthenaLake,
  source: Source,
  day: Day,
  unloaded: string,
): Promise<void> {
  await store.delete([manifestKey(source.name, day)]);
  for (const table of [REQUESTS_TABLE, REJECTED_TABLE]) {
    const prefix = dayPrefix(table, source.name, day);
    const copied = new Set<string>();
    for await (const { key } of staging.list(`${unloaded}kind=${table}/`)) {
      const name = `${key.slice(key.lastIndexOf('/') + 1)}${key.endsWith('.parquet') ? '' : '.parquet'}`;
      copied.add(`${prefix}${name}`);
      await results.copy(`${STAGING_PREFIX}${key}`, `${LAKE_PREFIX}${prefix}${name}`);
    }
    const old: string[] = [];
    for await (const { key } of store.list(prefix)) if (!copied.has(key)) old.push(key);
    await store.delete(old);
  }
}

/** The prefix of the staging store for a day, or for a range that starts with it. */
export function stagingPrefix({ run_id }: AthenaLake, source: Source, day: Day): string {
  return `${source.name}/${day}/${run_id}/`;
}

export async function removeStaged({ staging }: AthenaLake, prefix: string): Promise<void> {
  const keys: string[] = [];
  for await (const { key } of staging.list(prefix)) keys.push(key);
  await staging.delete(keys);
}
