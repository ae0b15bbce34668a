import type { Period } from '../model/period.ts';
import { s3Location } from '../store/s3-location.ts';
import type { Store, StoredObject } from '../store/store.ts';
import { namedDay } from './file-day.ts';
import { FILED_PREFIX, readLocation } from './layout.ts';
import { filedKey } from './partitioned-key.ts';
import type { Source } from './source.ts';

/** Where a flat source's logs arrive in their bucket, and where their copies go. */
export interface FilingPlace {
  prefix: string;
  filed_prefix: string;
}

/** What became of an object: copied; nothing to do, since its copy is there; or it is no log of the source. */
export type Filed = 'filed' | 'there' | 'no log';

export function filingPlace(source: Source): FilingPlace {
  return { prefix: s3Location(source).prefix, filed_prefix: readLocation(source).prefix };
}

/** The key of an object's copy; undefined when it is no log of the source, such as a copy. */
export function copyKey({ prefix, filed_prefix }: FilingPlace, object: StoredObject): string | undefined {
  if (!object.key.startsWith(prefix) || object.key.startsWith(FILED_PREFIX)) return undefined;
  const key = filedKey(object.key.slice(prefix.length), object.last_modified);
  return key && `${filed_prefix}${key}`;
}

/** Files an object of a bucket under its day. Done again, it comes to the same. */
export async function fileLog(bucket: Store, place: FilingPlace, object: StoredObject): Promise<Filed> {
  const key = copyKey(place, object);
  if (key === undefined) return 'no log';
  if (isCopy(await objectAt(bucket, key), object)) return 'there';
  await bucket.copy(object.key, key);
  return 'filed';
}

/** The object under just this key. */
export async function objectAt(bucket: Store, key: string): Promise<StoredObject | undefined> {
  // A key comes before all that start with it.
  for await (const object of bucket.list(key)) return object.key === key ? object : undefined;
  return undefined;
}

/** An encrypted copy, or one of an object that came in parts, has an ETag of its own. */
function isCopy(copy: StoredObject | undefined, { size_bytes, etag, last_modified }: StoredObject): boolean {
  return copy?.size_bytes === size_bytes && (copy.etag === etag || copy.last_modified > last_modified);
}

export interface BackfillOptions {
  /** Only logs that are filed under these days. */
  period?: Period | undefined;
  /** Copies nothing. */
  dry_run: boolean;
  /** Told before each copy, of both keys and how far the work is. */
  onCopy(from_key: string, to_key: string, done: number, total: number): void;
}

/** What a back-fill found and did. With `dry_run`, `filed` is what it would copy. */
export interface Backfilled {
  objects: number;
  filed: number;
  there: number;
  bytes: number;
}

const COPIES_AT_A_TIME = 16;

/** Files what lay in a bucket before logs were filed on arrival. Done again, it copies what is not there yet. */
export async function backfill(bucket: Store, place: FilingPlace, options: BackfillOptions): Promise<Backfilled> {
  const { period, dry_run, onCopy } = options;
  const copies = new Map<string, StoredObject>();
  for await (const copy of bucket.list(place.filed_prefix)) copies.set(copy.key, copy);
  const found: { object: StoredObject; key: string }[] = [];
  for await (const object of bucket.list(place.prefix)) {
    const key = copyKey(place, object);
    if (key !== undefined && (!period || isWithin(key.slice(place.filed_prefix.length), period))) {
      found.push({ object, key });
    }
  }
  const missing = found.filter(({ object, key }) => !isCopy(copies.get(key), object));
  const filing = missing.entries();
  const work = async () => {
    for (const [done, { object, key }] of filing) {
      onCopy(object.key, key, done, missing.length);
      if (!dry_run) await bucket.copy(object.key, key);
    }
  };
  await Promise.all(Array.from({ length: COPIES_AT_A_TIME }, work));
  return {
    objects: found.length,
    filed: missing.length,
    there: found.length - missing.length,
    bytes: missing.reduce((total, { object }) => total + object.size_bytes, 0),
  };
}

function isWithin(key: string, { from, to }: Period): boolean {
  const day = namedDay(key.slice(0, 'YYYY/MM/DD'.length)) ?? '';
  return day >= from && day <= to;
}
