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
import { dirname, join, resolve, sep } from 'node:path';
import { checkKey } from './key.ts';
import { measured } from './measured.ts';
import type { Store, StoredObject, Written } from './store.ts';

/** Prefix of files that are still being written; a run that was killed may leave some. */
const UNFINISHED = '.unfinished-';

/** Files that are being written now: a process that is told to end takes them along. */
const unfinishedFiles = new Set<string>();
process.on('exit', () => {
  for (const path of unfinishedFiles) rmSync(path, { force: true });
});

/**
 * A folder of this machine as a store. A file is written under a hidden name first, so that nobody sees half of one;
 * hidden files are never listed. Nothing is written or deleted through a symbolic link that leads out of the folder.
 */
export function folderStore(folder: string): Store {
  const root = resolve(folder);

  function pathOf(key: string): string {
    checkKey(key);
    return join(root, key);
  }

  /** Writes a file beside its place and moves it there; undefined when it may only be new and the place is taken. */
  async function write(
    key: string,
    chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    if_absent = false,
  ): Promise<Written | undefined> {
    const path = pathOf(key);
    const unfinished = join(dirname(path), `${UNFINISHED}${randomUUID()}`);
    unfinishedFiles.add(unfinished);
    try {
      await checkInside(root, path);
      await mkdir(dirname(path), { recursive: true });
      const written = await writeFile(unfinished, chunks);
      const placed = await place(unfinished, path, if_absent);
      return placed ? written : undefined;
    } catch (error) {
      throw explained(error, path);
    } finally {
      // It is hidden: what matters is the error that left it there.
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
        throw explained(error, path);
      }
    },
    async read(key, { start_byte = 0, etag, signal } = {}) {
      const path = pathOf(key);
      const file = await openFile(path);
      if (etag !== undefined && (await storedObject(path, key))?.etag !== etag) {
        await file.close();
        throw new Error(`${path}: another file has taken its place`);
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
          if (!isAbsent(error)) throw explained(error, path);
        }
      }
    },
  };
}

/** Walks the folders that can hold the prefix, one listing in memory for each level. */
async function* list(root: string, prefix: string, parent = ''): AsyncGenerator<StoredObject> {
  // Any character completes the prefix to a key: only whole parts of it can lead elsewhere.
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
    throw explained(error, folder);
  }
}

/** Keys of a folder's files and folders, in the order that all keys below them have; hidden ones left out. */
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

/** Undefined when the file has gone since its folder was read. */
async function storedObject(path: string, key: string): Promise<StoredObject | undefined> {
  try {
    const { size, mtime, mtimeNs, ino } = await stat(path, { bigint: true });
    // Clocks of file systems tick in milliseconds; two writes within a tick still differ by inode.
    return { key, size_bytes: Number(size), etag: `${size}-${mtimeNs}-${ino}`, last_modified: mtime };
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw explained(error, path);
  }
}

async function openFile(path: string): Promise<FileHandle> {
  return open(path).catch((error) => {
    throw explained(error, path);
  });
}

async function* contents(path: string): AsyncGenerator<Uint8Array> {
  yield* (await openFile(path)).createReadStream();
}

async function writeFile(path: string, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Written> {
  const body = measured(chunks);
  const file = await open(path, 'wx');
  try {
    for await (const chunk of body.chunks) await file.writeFile(chunk);
    await file.sync();
  } finally {
    await file.close();
  }
  return body.written();
}

/** A link, unlike a rename, fails when the name is taken: that makes it a claim. False when it is. */
async function place(unfinished: string, path: string, if_absent: boolean): Promise<boolean> {
  if (!if_absent) {
    await rename(unfinished, path);
    return true;
  }
  try {
    await link(unfinished, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Throws when a symbolic link leads the file's folder, or what exists of it, out of the root. */
async function checkInside(root: string, path: string): Promise<void> {
  const [realRoot, realFolder] = [await existing(root), await existing(dirname(path))];
  if (realFolder === realRoot || realFolder.startsWith(join(realRoot, sep))) return;
  throw new Error(`${path}: a symbolic link leads out of ${root}${sep}; replace it by a folder`);
}

/** Where a folder really is; of one that does not exist, the nearest that does. */
async function existing(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (error) {
    if (isAbsent(error)) return existing(dirname(folder));
    throw error;
  }
}

/** A path through a file, or to a folder, holds no object either. */
function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(error) ?? '');
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

const WAYS_OUT: Record<string, string> = {
  ENOSPC: 'the disk is full; free some space or choose another folder',
  EDQUOT: 'the disk quota is used up; free some space or choose another folder',
  EACCES: 'permission denied; change its permissions or choose another folder',
  EPERM: 'the operation is not permitted; choose another folder',
  EROFS: 'the disk is read-only; choose another folder',
  ENOENT: 'there is no such file',
  ENOTDIR: 'a file stands where a folder is needed; remove it or choose another folder',
  EEXIST: 'a file stands where a folder is needed; remove it or choose another folder',
  EISDIR: 'a folder stands where the file is to be; remove it or choose another folder',
};

/** A known error of the file system with its path and the way out; any other as it is. */
export function explained(error: unknown, path: string): unknown {
  const wayOut = WAYS_OUT[codeOf(error) ?? ''];
  return wayOut ? new Error(`${path}: ${wayOut}`, { cause: error }) : error;
}
