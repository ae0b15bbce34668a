import { createHash } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Period } from '../../model/period.ts';
import { explained } from '../../store/folder.ts';
import type { Store, StoredObject } from '../../store/store.ts';
import type { Source } from '../source.ts';
import { download } from './download.ts';
import { type Found, objectsOf } from './objects.ts';
import { openSyncedObjects } from './synced-objects.ts';

export interface SyncOptions {
  store: Store;
  folder: string;
  /** How many days after its event a line may still arrive. */
  late_days: number;
  /** Told for each object and as bytes arrive. */
  onProgress(found: Found, bytes: number): void;
  stall_ms?: number;
  retry_ms?: number;
}

/** What a sync did; bytes are those that came in. */
export interface Synced {
  objects: number;
  brought: number;
  present: number;
  bytes: number;
  /** Files that stand under another name than their key. */
  renamed: number;
  failed: { log_object: string; reason: string }[];
}

const DOWNLOADS_AT_A_TIME = 16;
/** When so many objects have failed, the others will as well. */
const MOST_FAILURES = 20;
/** What a file system says of one name: a file where a folder is needed, a path that is too long. */
const OF_ONE_FILE = ['EEXIST', 'EISDIR', 'ENOTDIR', 'ENAMETOOLONG', 'EILSEQ', 'EINVAL'];
const STALL_MS = 30_000;
const RETRY_MS = 500;
const PART = '.logtally-part-';

/**
 * Brings the objects of a source that may hold lines of a period to a folder: those that are not there, several at a time.
 * Done again, after it was killed as well, it goes on where it was. An Error when the store cannot be listed, the
 * disk is full, or too many objects fail.
 */
export async function syncSource(source: Source, period: Period, options: SyncOptions): Promise<Synced> {
  const { store, folder, late_days, onProgress, stall_ms = STALL_MS, retry_ms = RETRY_MS } = options;
  const synced: Synced = { objects: 0, brought: 0, present: 0, bytes: 0, renamed: 0, failed: [] };
  const stop = new AbortController();
  const found = objectsOf(store, source, period, late_days);
  try {
    await mkdir(folder, { recursive: true });
    const there = await openSyncedObjects(folder, store.root);

    const bring = async (one: Found) => {
      const { object } = one;
      const path = there.pathOf(object.key);
      synced.objects++;
      if (path !== object.key) synced.renamed++;
      onProgress(one, 0);
      if (await there.has(object)) {
        synced.present++;
        return;
      }
      const onBytes = (bytes: number) => {
        synced.bytes += bytes;
        onProgress(one, bytes);
      };
      const part = join(folder, partName(store.root, object));
      await download(object, {
        store,
        path: join(folder, path),
        part,
        stall_ms,
        retry_ms,
        signal: stop.signal,
        onBytes,
      });
      await there.add(object);
      synced.brought++;
    };

    const work = async () => {
      for (let next = await found.next(); !next.done && !stop.signal.aborted; next = await found.next()) {
        const { key } = next.value.object;
        try {
          await bring(next.value);
        } catch (error) {
          if (stop.signal.aborted) return;
          const { code } = error as NodeJS.ErrnoException;
          if (code !== undefined && !OF_ONE_FILE.includes(code)) throw error;
          const { message } = explained(error, join(folder, there.pathOf(key))) as Error;
          synced.failed.push({ log_object: `${store.root}${key}`, reason: message });
          if (synced.failed.length === MOST_FAILURES)
            throw new Error(`${MOST_FAILURES} objects failed, the last: ${message}`);
        }
      }
    };
    const stopping = () =>
      work().catch((error) => {
        stop.abort();
        throw error;
      });
    const ended = await Promise.allSettled(Array.from({ length: DOWNLOADS_AT_A_TIME }, stopping));
    for (const one of ended) if (one.status === 'rejected') throw one.reason;
    if (synced.failed.length === 0) await removeParts(folder);
    return synced;
  } catch (error) {
    throw explained(error, folder);
  }
}

/** The same for the same object, so that the next run finds it, and another for the next object under its key. */
function partName(root: string, { key, etag }: StoredObject): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([root, key, etag]))
    .digest('hex');
  return `${PART}${hash.slice(0, 32)}`;
}

/** What runs that were killed left of objects that have changed since. */
async function removeParts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith(PART)) await rm(join(folder, name), { force: true });
  }
}
