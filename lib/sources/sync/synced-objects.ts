import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { StoredObject } from '../../store/store.ts';
import { distinctPath, filePath } from './file-path.ts';

/** The objects of a location that are in a folder. A hidden file in the folder records each object once its file is complete. */
export interface SyncedObjects {
  /** Path of an object's file, relative to the folder. It never changes, and no other object has it. */
  pathOf(key: string): string;
  /** True if the folder holds exactly this object. */
  has(object: StoredObject): Promise<boolean>;
  add(object: StoredObject): Promise<void>;
}

interface Note {
  key: string;
  path: string;
  size_bytes: number;
  etag: string;
}

/** Opens the record of a folder for `root`, the root of a store. */
export async function openSyncedObjects(folder: string, root: string): Promise<SyncedObjects> {
  const name = createHash('sha256').update(root).digest('hex').slice(0, 16);
  const file = join(folder, `.logtally-sync-${name}.jsonl`);
  const notes = new Map<string, Note>();
  /** Keys by path, as a file system that ignores case sees them. */
  const keys = new Map<string, string>();
  for await (const note of notesIn(file)) {
    notes.set(note.key, note);
    keys.set(folded(note.path), note.key);
  }
  // A killed run may have left half a line; the next one must not be appended to it.
  await appendFile(file, '\n');

  function pathOf(key: string): string {
    const path = notes.get(key)?.path ?? filePath(key);
    const holder = keys.get(folded(path));
    if (holder !== undefined && holder !== key) return distinctPath(path);
    keys.set(folded(path), key);
    return path;
  }

  return {
    pathOf,
    async has({ key, size_bytes, etag }) {
      const note = notes.get(key);
      if (note?.etag !== etag || note.size_bytes !== size_bytes) return false;
      const status = await stat(join(folder, note.path)).catch(() => undefined);
      return status?.size === size_bytes;
    },
    async add({ key, size_bytes, etag }) {
      const note = { key, path: pathOf(key), size_bytes, etag };
      notes.set(key, note);
      await appendFile(file, `${JSON.stringify(note)}\n`);
    },
  };
}

async function* notesIn(file: string): AsyncGenerator<Note> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
  try {
    for await (const line of lines) {
      const note = parsed(line);
      if (note) yield note;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Ignores malformed lines; their objects are downloaded again. */
function parsed(line: string): Note | undefined {
  try {
    const { key, path, size_bytes, etag } = JSON.parse(line);
    return typeof key === 'string' && path === filePathOf(key, path) ? { key, path, size_bytes, etag } : undefined;
  } catch {
    return undefined;
  }
}

/** The path that a note may have: one of the two of its key. */
function filePathOf(key: string, noted: unknown): string {
  const path = filePath(key);
  return noted === path ? path : distinctPath(path);
}

function folded(path: string): string {
  return path.normalize('NFC').toLowerCase();
}
