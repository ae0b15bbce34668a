import { randomUUID } from 'node:crypto';
import { type Dirent, rmSync } from 'node:fs';
import {
  type FileHandle,
  link,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  unlink,
} from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { withDigest } from './digest.ts';
import { errorCode, explainFileError, isAbsent } from './file-error.ts';
import { checkKey } from './key.ts';
import type { Store, StoredObject, Written } from './store.ts';

/** Prefix of files that are still being written, with the machine and the process that write them. */
const UNFINISHED = '.unfinished-';
const WRITER = `${hostname().replace(/[^\w.]/g, '_')}-${process.pid}`;

/** After a day, a temporary file is no longer being written. */
const STALE_MS = 24 * 60 * 60 * 1000;

/** Files that are being written now: they are deleted if the process exits. */
const unfinishedFiles = new Set<string>();
process.on('exit', () => {
  for (const path of unfinishedFiles) rmSync(path, { force: true });
});

/**
 * A folder on this machine as a store. A file is written under a hidden name first, so that no reader sees half of it;
 * hidden files are never listed. Nothing is written or deleted through a symbolic link that leads out of the folder.
 */
export function folderStore(folder: string): Store {
  const root = resolve(folder);

  function pathOf(key: string): string {
    checkKey(key);
    return join(root, key);
  }

  /** Writes a file next to its path and moves it there. Undefined if `if_absent` is set and the path exists. */
  async function write(
    key: string,
    chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    if_absent = false,
  ): Promise<Written | undefined> {
    const path = pathOf(key);
    const unfinished = join(dirname(path), `${UNFINISHED}${WRITER}-${randomUUID()}`);
    unfinishedFiles.add(unfinished);
    try {
      await checkInside(root, path);
      await mkdir(dirname(path), { recursive: true });
      const written = await writeFile(unfinished, chunks);
      const placed = await place(unfinished, path, if_absent);
      return placed ? written : undefined;
    } catch (error) {
      throw explainFileError(error, path);
    } finally {
      // A hidden file that stays does no harm; the error that is thrown is the one to report.
      await rm(unfinished, { force: true }).catch(() => {});
      unfinishedFiles.delete(unfinished);
    }
  }

  return {
    root: root + sep,
    list: (prefix) => list(root, prefix),
    async get(key) {
      const path = pathOf(key);
      try {
        return await readFile(path);
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw explainFileError(error, path);
      }
    },
    async read(key, { start_byte = 0, etag, signal } = {}) {
      const path = pathOf(key);
      const file = await openFile(path);
      if (etag !== undefined && (await storedObject(path, key))?.etag !== etag) {
        await file.close();
        throw new Error(`${path}: the file has been replaced since it was listed`);
      }
      return file.createReadStream({ start: start_byte, signal });
    },
    async put(key, body, { if_absent } = {}) {
      const bytes = typeof body === 'string' ? Buffer.from(body) : body;
      return (await write(key, [bytes], if_absent)) !== undefined;
    },
    async write(key, chunks) {
      return (await write(key, chunks)) as Written;
    },
    async copy(from_key, to_key) {
      await write(to_key, contents(pathOf(from_key)));
    },
    async delete(keys) {
      for (const path of keys.map(pathOf)) {
        try {
          await checkInside(root, path);
          await unlink(path);
        } catch (error) {
          if (!isAbsent(error)) throw explainFileError(error, path);
        }
      }
    },
  };
}

/** Deletes unfinished files below a folder whose process on this machine has ended, and those that are older than a day. */
export async function removeUnfinished(folder: string, now_ms: number): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((): Dirent[] => []);
  for (const { name, parentPath } of entries.filter((entry) => entry.isFile() && entry.name.startsWith(UNFINISHED))) {
    const path = join(parentPath, name);
    const changed = await stat(path).catch(() => undefined);
    if (changed && (isAbandoned(name) || now_ms - changed.mtimeMs > STALE_MS)) await rm(path, { force: true });
  }
}

function isAbandoned(name: string): boolean {
  const [machine, pid] = name.slice(UNFINISHED.length).split('-');
  if (machine !== WRITER.split('-')[0] || !/^\d+$/.test(pid ?? '')) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return errorCode(error) === 'ESRCH';
  }
}

/** Walks the folders that may contain the prefix; one listing per level is in memory. */
async function* list(root: string, prefix: string, parent = ''): AsyncGenerator<StoredObject> {
  // A prefix may end in the middle of a name, so it is checked as a key with one more character.
  if (parent === '') checkKey(`${prefix}_`);
  for (const { key, isFolder } of inKeyOrder(await entriesOf(join(root, parent)), parent)) {
    if (isFolder && (key.startsWith(prefix) || prefix.startsWith(key))) yield* list(root, prefix, key);
    if (isFolder || !key.startsWith(prefix)) continue;
    const object = await storedObject(join(root, key), key);
    if (object) yield object;
  }
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isAbsent(error)) return [];
    throw explainFileError(error, folder);
  }
}

/** The keys of a folder's files and folders, without hidden ones, in the order of all keys below them. */
function inKeyOrder(entries: readonly Dirent[], parent: string): { key: string; isFolder: boolean }[] {
  return entries
    .filter((entry) => !entry.name.startsWith('.') && (entry.isFile() || entry.isDirectory()))
    .map((entry) => {
      const isFolder = entry.isDirectory();
      const key = `${parent}${entry.name}${isFolder ? '/' : ''}`;
      return { key, isFolder, bytes: Buffer.from(key) };
    })
    .sort((a, b) => Buffer.compare(a.bytes, b.bytes));
}

/** Undefined if the file was deleted after its folder was listed. */
async function storedObject(path: string, key: string): Promise<StoredObject | undefined> {
  try {
    const { size, mtime, mtimeNs, ino } = await stat(path, { bigint: true });
    // A file system's clock may tick in milliseconds; two writes in the same tick still differ by inode.
    return { key, size_bytes: Number(size), etag: `${size}-${mtimeNs}-${ino}`, last_modified: mtime };
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw explainFileError(error, path);
  }
}

async function openFile(path: string): Promise<FileHandle> {
  return open(path).catch((error) => {
    throw explainFileError(error, path);
  });
}

async function* contents(path: string): AsyncGenerator<Uint8Array> {
  yield* (await openFile(path)).createReadStream();
}

async function writeFile(path: string, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Written> {
  const body = withDigest(chunks);
  const file = await open(path, 'wx');
  try {
    for await (const chunk of body.chunks) await file.writeFile(chunk);
    await file.sync();
  } finally {
    await file.close();
  }
  return body.written();
}

/** Moves a file to its path. With `if_absent` by a link, which unlike a rename fails if the path exists: then false. */
async function place(unfinished: string, path: string, if_absent: boolean): Promise<boolean> {
  if (!if_absent) {
    await rename(unfinished, path);
    return true;
  }
  try {
    await link(unfinished, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** An Error if a symbolic link leads the file's folder, or its nearest existing parent, out of the root. */
async function checkInside(root: string, path: string): Promise<void> {
  const [realRoot, realFolder] = [await existing(root), await existing(dirname(path))];
  if (realFolder === realRoot || realFolder.startsWith(join(realRoot, sep))) return;
  throw new Error(`${path}: a symbolic link leads out of ${root}${sep}; replace it by a folder`);
}

/** The real path of a folder, or of its nearest parent that exists. */
async function existing(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (error) {
    if (isAbsent(error)) return existing(dirname(folder));
    throw error;
  }
}
