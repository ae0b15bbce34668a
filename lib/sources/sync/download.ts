import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store, StoredObject } from '../../store/store.ts';

export interface DownloadOptions {
  store: Store;
  /** Where the file goes, and where it grows until it is whole: on the same disk. */
  path: string;
  part: string;
  /** So long without a byte is a broken connection. */
  stall_ms: number;
  /** The wait before the second attempt; it doubles from one to the next. */
  retry_ms: number;
  /** Ends the download. */
  signal: AbortSignal;
  /** Told of bytes as they arrive. */
  onBytes(bytes: number): void;
}

/** An object is given up after so many attempts in a row that brought no byte. */
const FRUITLESS_ATTEMPTS = 5;

/**
 * Brings an object to a file, going on from what a part of it holds, through connections that break or stall. The file is
 * there whole or not at all, with the time of the object. Errors of the store are thrown when they persist, those of
 * this machine (with a `code`) at once.
 */
export async function download(object: StoredObject, options: DownloadOptions): Promise<void> {
  const { path, part, retry_ms, signal } = options;
  const { size_bytes } = object;
  await mkdir(dirname(path), { recursive: true });
  for (let fruitless = 0; ; ) {
    const before = await partSize(part, size_bytes);
    if (before === size_bytes) {
      if (await place(object, part, path)) return;
      continue;
    }
    try {
      await appendRest(object, before ?? 0, options);
      if ((await partSize(part, size_bytes)) === size_bytes) continue;
      throw new Error(`${options.store.root}${object.key}: the body ended early`);
    } catch (error) {
      if (isOfThisMachine(error) || signal.aborted) throw error;
      const after = await partSize(part, size_bytes);
      // The store found fault with a body that came in whole.
      if (after === size_bytes) await rm(part, { force: true });
      fruitless = after !== undefined && after > (before ?? 0) && after < size_bytes ? 0 : fruitless + 1;
      if (fruitless === FRUITLESS_ATTEMPTS) throw error;
      await sleep(retry_ms * 2 ** fruitless, undefined, { signal });
    }
  }
}

/** Gives a whole part its name and the time of its object. False when another run has taken the part away and left no file. */
async function place({ size_bytes, last_modified }: StoredObject, part: string, path: string): Promise<boolean> {
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

/** How much of an object its part holds; undefined when there is none. One that holds too much is no part of it. */
async function partSize(part: string, size_bytes: number): Promise<number | undefined> {
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
      // At its position, so that two runs at the same object write the same.
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
