import type { Period } from '../model/period.ts';
import { s3Location } from '../store/s3-location.ts';
import type { Store, StoredObject } from '../store/store.ts';
import { concurrently } from './concurrently.ts';
import { namedDay } from './file-day.ts';
import { PARTITIONED_PREFIX, readLocation } from './layout.ts';
import { partitionedKey } from './partitioned-key.ts';
import type { Source } from './source.ts';

/** Prefixes of a flat source in its bucket: where its logs arrive, and where their copies by day are. */
export interface PartitionPrefixes {
  arrival: string;
  partitioned: string;
}

/** What happened to an object: it was copied, its copy is up to date, or it is not a log of the source. */
export type PartitionOutcome = 'copied' | 'up_to_date' | 'not_a_log';

export function partitionPrefixes(source: Source): PartitionPrefixes {
  return { arrival: s3Location(source).prefix, partitioned: readLocation(source).prefix };
}

/** The key of an object's copy; undefined if the object is not a log of the source, for example a copy. */
export function copyKey({ arrival, partitioned }: PartitionPrefixes, object: StoredObject): string | undefined {
  if (!object.key.startsWith(arrival) || object.key.startsWith(PARTITIONED_PREFIX)) return undefined;
  const key = partitionedKey(object.key.slice(arrival.length), object.last_modified);
  return key && `${partitioned}${key}`;
}

/** Copies an object of a bucket to the folder of its day. Repeating it changes nothing. */
export async function partitionObject(
  bucket: Store,
  prefixes: PartitionPrefixes,
  object: StoredObject,
): Promise<PartitionOutcome> {
  const key = copyKey(prefixes, object);
  if (key === undefined) return 'not_a_log';
  if (isCopy(await objectAt(bucket, key), object)) return 'up_to_date';
  await bucket.copy(object.key, key);
  return 'copied';
}

/** The object with exactly this key. */
export async function objectAt(bucket: Store, key: string): Promise<StoredObject | undefined> {
  // A key sorts before all keys that it is a prefix of.
  for await (const object of bucket.list(key)) return object.key === key ? object : undefined;
  return undefined;
}

/** The copy of an encrypted or multipart object has a different ETag; then a copy that is newer than the object counts. */
function isCopy(copy: StoredObject | undefined, { size_bytes, etag, last_modified }: StoredObject): boolean {
  return copy?.size_bytes === size_bytes && (copy.etag === etag || copy.last_modified > last_modified);
}

export interface BackfillOptions {
  /** Only logs of these days. */
  period?: Period | undefined;
  /** Copies nothing. */
  dry_run: boolean;
  /** Called before each copy with both keys and the progress. */
  onCopy(from_key: string, to_key: string, done: number, total: number): void;
}

/** What a backfill found and did. With `dry_run`, `copied` is the number of logs that it would copy. */
export interface Backfilled {
  objects: number;
  copied: number;
  up_to_date: number;
  /** Size of the logs that were copied. */
  bytes: number;
}

const CONCURRENT_COPIES = 16;

/** Partitions the logs that arrived before the stack did so. Repeating it copies only what is missing. */
export async function backfill(
  bucket: Store,
  prefixes: PartitionPrefixes,
  { period, dry_run, onCopy }: BackfillOptions,
): Promise<Backfilled> {
  const copies = new Map<string, StoredObject>();
  for await (const copy of bucket.list(prefixes.partitioned)) copies.set(copy.key, copy);
  const found: { object: StoredObject; key: string }[] = [];
  for await (const object of bucket.list(prefixes.arrival)) {
    const key = copyKey(prefixes, object);
    if (key !== undefined && (!period || isWithin(key.slice(prefixes.partitioned.length), period))) {
      found.push({ object, key });
    }
  }
  const missing = found.filter(({ object, key }) => !isCopy(copies.get(key), object));
  await concurrently(missing.entries(), CONCURRENT_COPIES, async ([done, { object, key }]) => {
    onCopy(object.key, key, done, missing.length);
    if (!dry_run) await bucket.copy(object.key, key);
  });
  return {
    objects: found.length,
    copied: missing.length,
    up_to_date: found.length - missing.length,
    bytes: missing.reduce((total, { object }) => total + object.size_bytes, 0),
  };
}

function isWithin(key: string, { from, to }: Period): boolean {
  const day = namedDay(key.slice(0, 'YYYY/MM/DD'.length)) ?? '';
  return day >= from && day <= to;
}
