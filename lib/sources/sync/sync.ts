import { createHash } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Period } from '../../model/period.ts';
import { explainFileError } from '../../store/file-error.ts';
import type { Store, StoredObject } from '../../store/store.ts';
import { concurrently } from '../concurrently.ts';
import type { Source } from '../source.ts';
import { download } from './download.ts';
import { type Found, objectsOf } from './objects.ts';
import { openSyncedObjects, type SyncedObjects } from './synced-objects.ts';

export interface SyncOptions {
  store: Store;
  folder: string;
  /** How many days after its event a line may still arrive. */
  late_days: number;
  /** Called for each object, and as bytes arrive. */
  onProgress(found: Found, bytes: number): void;
  stall_ms?: number;
  retry_ms?: number;
}

/** What a sync did. */
export interface Synced {
  /** Objects that may hold lines of the period. */
  objects: number;
  downloaded: number;
  up_to_date: number;
  /** Bytes received, also those of downloads that failed. */
  bytes: number;
  /** Files whose name differs from the object's key. */
  renamed: number;
  failed: { log_object: string; reason: string }[];
}

const CONCURRENT_DOWNLOADS = 16;
/** After this many failures the other objects would most likely fail too. */
const MOST_FAILURES = 20;
/** Errors of the file system that concern one name only: a file in place of a folder, a path that is too long. */
const ERRORS_OF_ONE_FILE = ['EEXIST', 'EISDIR', 'ENOTDIR', 'ENAMETOOLONG', 'EILSEQ', 'EINVAL'];
const STALL_MS = 30_000;
const RETRY_MS = 500;
const PART = '.logtally-part-';

/**
 * Downloads the objects of a source that may hold lines of a period to a folder, unless they are there. Repeating it, also
 * after it was killed, continues where it stopped. Throws an Error if the store cannot be listed, the disk is full, or
 * too many objects fail.
 */
export async function syncSource(source: Source, period: Period, options: SyncOptions): Promise<Synced> {
  const { store, folder, late_days } = options;
  const synced: Synced = { objects: 0, downloaded: 0, up_to_date: 0, bytes: 0, renamed: 0, failed: [] };
  try {
    await mkdir(folder, { recursive: true });
    const present = await openSyncedObjects(folder, store.root);
    const objects = objectsOf(store, source, period, late_days);
    await concurrently(objects, CONCURRENT_DOWNLOADS, async (found, signal) => {
      try {
        await syncObject(found, synced, present, options, signal);
      } catch (error) {
        if (signal.aborted) throw error;
        recordFailure(error, found.object, synced, present, options);
      }
    });
    if (synced.failed.length === 0) await removeParts(folder);
    return synced;
  } catch (error) {
    throw explainFileError(error, folder);
  }
}

async function syncObject(
  found: Found,
  synced: Synced,
  present: SyncedObjects,
  { store, folder, onProgress, stall_ms = STALL_MS, retry_ms = RETRY_MS }: SyncOptions,
  signal: AbortSignal,
): Promise<void> {
  const { object } = found;
  const path = present.pathOf(object.key);
  synced.objects++;
  if (path !== object.key) synced.renamed++;
  onProgress(found, 0);
  if (await present.has(object)) {
    synced.up_to_date++;
    return;
  }
  await download(object, {
    store,
    path: join(folder, path),
    part: join(folder, partName(store.root, object)),
    stall_ms,
    retry_ms,
    signal,
    onBytes(bytes) {
      synced.bytes += bytes;
      onProgress(found, bytes);
    },
  });
  await present.add(object);
  synced.downloaded++;
}

/** Records that one object failed. Throws an error that other objects would meet too, and after too many failures. */
function recordFailure(
  error: unknown,
  { key }: StoredObject,
  { failed }: Synced,
  present: SyncedObjects,
  { store, folder }: SyncOptions,
): void {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== undefined && !ERRORS_OF_ONE_FILE.includes(code)) throw error;
  const { message } = explainFileError(error, join(folder, present.pathOf(key))) as Error;
  failed.push({ log_object: `${store.root}${key}`, reason: message });
  if (failed.length === MOST_FAILURES) throw new Error(`${MOST_FAILURES} objects failed, the last: ${message}`);
}

/** The same name for the same object, so that the next run finds it, and another one for a new object under its key. */
function partName(root: string, { key, etag }: StoredObject): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([root, key, etag]))
    .digest('hex');
  return `${PART}${hash.slice(0, 32)}`;
}

/** Deletes parts that killed runs left of objects that have changed since. */
async function removeParts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith(PART)) await rm(join(folder, name), { force: true });
  }
}
