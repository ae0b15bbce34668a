import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Store, StoredObject } from './store.ts';

/** Prefix of files that are still being written; a run that was killed may leave some, and they are never listed. */
const UNFINISHED = '.unfinished-';

/**
 * A folder of this machine as a store. A file is written under another name first, so that nobody sees half of one. An
 * Error names the path and the way out; a key that would leave the folder is refused.
 */
export function folderStore(folder: string): Store {
  const root = resolve(folder) + sep;

  function pathOf(key: string): string {
    const path = resolve(root, key);
    if (!path.startsWith(root) || key.includes('\0') || key.includes('\\')) {
      throw new Error(`the key ${JSON.stringify(key)} leads out of ${root}`);
    }
    return path;
  }

  async function write(key: string, chunks: AsyncIterable<Uint8Array>, if_absent = false) {
    const path = pathOf(key);
    const unfinished = join(dirname(path), `${UNFINISHED}${randomUUID()}`);
    const hash = createHash('sha256');
    let size_bytes = 0;
    try {
      await mkdir(dirname(path), { recursive: true });
      const file = await open(unfinished, 'wx');
      try {
        for await (const chunk of chunks) {
          await file.writeFile(chunk);
          hash.update(chunk);
          size_bytes += chunk.length;
        }
        await file.sync();
      } finally {
        await file.close();
      }
      // A link, unlike a rename, fails when the name is taken: that makes it a claim.
      if (if_absent) await link(unfinished, path);
      else await rename(unfinished, path);
    } catch (error) {
      throw explained(error as NodeJS.ErrnoException, path);
    } finally {
      await rm(unfinished, { force: true });
    }
    return { size_bytes, sha256: hash.digest('hex') };
  }

  return {
    root,
    async *list(prefix) {
      const from = pathOf(prefix.slice(0, prefix.lastIndexOf('/') + 1) || '.');
      for (const path of await filesBelow(from)) {
        const key = relative(root, path).split(sep).join('/');
        if (key.startsWith(prefix)) yield await storedObject(path, key);
      }
    },
    async get(key) {
      const path = pathOf(key);
      try {
        return await readFile(path);
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw explained(error as NodeJS.ErrnoException, path);
      }
    },
    async read(key) {
      const path = pathOf(key);
      await stat(path).catch((error) => {
        throw explained(error, path);
      });
      return createReadStream(path);
    },
    async put(key, body, options = {}) {
      try {
        await write(key, once(typeof body === 'string' ? Buffer.from(body) : body), options.if_absent);
        return true;
      } catch (error) {
        if (options.if_absent && ((error as Error).cause as NodeJS.ErrnoException)?.code === 'EEXIST') return false;
        throw error;
      }
    },
    write: (key, chunks, options = {}) => write(key, chunks, options.if_absent),
    async copy(from_key, to_key) {
      const to = pathOf(to_key);
      const unfinished = join(dirname(to), `${UNFINISHED}${randomUUID()}`);
      try {
        await mkdir(dirname(to), { recursive: true });
        await copyFile(pathOf(from_key), unfinished);
        await rename(unfinished, to);
      } catch (error) {
        await rm(unfinished, { force: true });
        throw explained(error as NodeJS.ErrnoException, pathOf(from_key));
      }
    },
    async delete(keys) {
      for (const key of keys) await rm(pathOf(key), { force: true });
    },
  };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Files below a folder in key order, without hidden ones; none when there is no such folder. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error) => {
    if (isAbsent(error)) return [];
    throw explained(error, folder);
  });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function storedObject(path: string, key: string): Promise<StoredObject> {
  const found = await stat(path, { bigint: true });
  return {
    key,
    size_bytes: Number(found.size),
    etag: `${found.size}-${found.mtimeNs}`,
    last_modified: found.mtime,
  };
}

function isAbsent(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function explained(error: NodeJS.ErrnoException, path: string): Error {
  const way: Record<string, string> = {
    ENOSPC: 'the disk is full; free some space or choose another folder with --out',
    EACCES: 'permission denied; choose another folder or change its permissions',
    EROFS: 'the disk is read-only; choose another folder with --out',
    ENOENT: 'there is no such file',
    EEXIST: 'it exists already',
  };
  return new Error(`${path}: ${way[error.code ?? ''] ?? error.message}`, { cause: error });
}
