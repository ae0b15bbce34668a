import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store, StoredObject } from '../../store/store.ts';

export interface DownloadOptions {
  store: Store;
  /** The final path of the file, and the path where it grows until it is complete: on the same disk. */
  path: string;
  part: string;
  /** A connection without a byte for this long counts as broken. */
  stall_ms: number;
  /** The wait before the second attempt; it doubles with each further one. */
  retry_ms: number;
  /** Ends the download. */
  signal: AbortSignal;
  /** Called as bytes arrive. */
  onBytes(bytes: number): void;
}

/** A download fails after this many attempts in a row that received nothing. */
const MOST_FRUITLESS_ATTEMPTS = 5;

/**
 * Downloads an object to a file. It continues from an earlier part, also after connections that break or stall. The file
 * appears only when complete, with the time of the object. Errors of the store are thrown if they persist, errors of
 * this machine (they have a `code`) at once.
 */
export async function download(object: StoredObject, options: DownloadOptions): Promise<void> {
  const { path, part } = options;
  await mkdir(dirname(path), { recursive: true });
  for (let fruitless_attempts = 0; ; ) {
    const present_bytes = await partSize(part, object);
    if (present_bytes !== object.size_bytes) {
      fruitless_attempts = await attempt(object, present_bytes ?? 0, fruitless_attempts, options);
    } else if (await moveToPath(object, part, path)) return;
  }
}

/** Tries once to complete the part. Returns the number of attempts in a row that received nothing, so far. */
async function attempt(
  object: StoredObject,
  start_byte: number,
  fruitless_before: number,
  options: DownloadOptions,
): Promise<number> {
  const { store, part, retry_ms, signal } = options;
  try {
    await appendRest(object, start_byte, options);
    if ((await partSize(part, object)) === object.size_bytes) return fruitless_before;
    throw new Error(`${store.root}${object.key}: the connection ended before the object was complete`);
  } catch (error) {
    if (isOfThisMachine(error) || signal.aborted) throw error;
    const fruitless_attempts = (await hasGrown(part, start_byte, object)) ? 0 : fruitless_before + 1;
    if (fruitless_attempts === MOST_FRUITLESS_ATTEMPTS) throw error;
    await sleep(retry_ms * 2 ** fruitless_attempts, undefined, { signal });
    return fruitless_attempts;
  }
}

/** True if a failed attempt left more of the object than before. Deletes a complete part: the store reported it corrupt. */
async function hasGrown(part: string, size_before: number, object: StoredObject): Promise<boolean> {
  const present_bytes = await partSize(part, object);
  if (present_bytes === undefined) return false;
  if (present_bytes < object.size_bytes) return present_bytes > size_before;
  await rm(part, { force: true });
  return false;
}

/** Gives a complete part its final name and the time of its object. False if another run has moved it, but not to `path`. */
async function moveToPath({ size_bytes, last_modified }: StoredObject, part: string, path: string): Promise<boolean> {
  try {
    const file = await open(part, 'r+');
    try {
      await file.utimes(last_modified, last_modified);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return (await stat(path).catch(() => undefined))?.size === size_bytes;
  }
}

/** Size of an object's part; undefined if there is none. A part larger than the object is stale and is deleted. */
async function partSize(part: string, { size_bytes }: StoredObject): Promise<number | undefined> {
  const status = await stat(part).catch(() => undefined);
  if (!status || status.size <= size_bytes) return status?.size;
  await rm(part, { force: true });
  return undefined;
}

async function appendRest(object: StoredObject, start_byte: number, options: DownloadOptions): Promise<void> {
  const { store, part, stall_ms, signal, onBytes } = options;
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(), stall_ms);
  let file: FileHandle | undefined;
  try {
    file = await open(part, constants.O_RDWR | constants.O_CREAT);
    if (object.size_bytes === 0) return;
    let position = start_byte;
    const reading = { start_byte, etag: object.etag, signal: AbortSignal.any([signal, stalled.signal]) };
    for await (const chunk of await store.read(object.key, reading)) {
      timer.refresh();
      // At its position, so that two runs that download the same object write the same bytes.
      await writeAt(file, chunk, position);
      position += chunk.length;
      onBytes(chunk.length);
    }
  } finally {
    clearTimeout(timer);
    await file?.close();
  }
}

async function writeAt(file: FileHandle, chunk: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < chunk.length; ) {
    const { bytesWritten } = await file.write(chunk, written, chunk.length - written, position + written);
    written += bytesWritten;
  }
}

/** Errors of a store name the object and have no code; those of the file system have one. */
function isOfThisMachine(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code !== undefined;
}
