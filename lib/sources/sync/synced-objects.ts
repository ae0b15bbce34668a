import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { StoredObject } from '../../store/store.ts';
import { distinctPath, filePath } from './file-path.ts';

/** What a folder holds of a location: a hidden file in it notes each object when its file is complete. */
export interface SyncedObjects {
  /** Path of an object's file, relative to the folder: always the same, and no other object's. */
  pathOf(key: string): string;
  /** True when the file is there, of just this object. */
  has(object: StoredObject): Promise<boolean>;
  add(object: StoredObject): Promise<void>;
}

interface Note {
  key: string;
  path: string;
  size_bytes: number;
  etag: string;
}

/** Opens what a folder holds of `root`, a store's root. */
export async function openSyncedObjects(folder: string, root: string): Promise<SyncedObjects> {
  const name = createHash('sha256').update(root).digest('hex').slice(0, 16);
  const file = join(folder, `.logtally-sync-${name}.jsonl`);
  const notes = new Map<string, Note>();
  /** Keys by path, as a file system sees them that does not tell case. */
  const keys = new Map<string, string>();
  for await (const note of notesIn(file)) {
    notes.set(note.key, note);
    keys.set(folded(note.path), note.key);
  }
  // What a run that was killed left of its last line must not be the start of the next.
  await appendFile(file, '\n');

  function pathOf(key: string): string {
    const path = notes.get(key)?.path ?? filePath(key);
    const owner = keys.get(folded(path));
    if (owner !== undefined && owner !== key) return distinctPath(path);
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

/** A line that is none counts for nothing: its object is brought again. */
function parsed(line: string): Note | undefined {
  try {
    const { key, path, size_bytes, etag } = JSON.parse(line);
    return typeof key === 'string' && path === filePathOf(key, path) ? { key, path, size_bytes, etag } : undefined;
  } catch {
    return undefined;
  }
}

/** The one of a key's two paths that is noted: nothing else is believed. */
function filePathOf(key: string, noted: unknown): string {
  const path = filePath(key);
  return noted === path ? path : distinctPath(path);
}

function folded(path: string): string {
  return path.normalize('NFC').toLowerCase();
}
