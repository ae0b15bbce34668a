import { glob, lstat, open, readdir, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { HIDDEN } from './hidden.ts';
import type { Input } from './input.ts';

/** A file of raw lines on this machine. `log_object` is its name in the lake: its path relative to the folder that was searched. */
export interface RawFile extends Input {
  path: string;
  modified: Date;
}

/** A path has no log files; the message names it and the way out. */
export class NoFilesError extends Error {
  override readonly name = 'NoFilesError';
}

/** A file as a manifest records it. */
export function inputOf({ log_object, size_bytes, etag }: RawFile): Input {
  return { log_object, size_bytes, etag };
}

/**
 * The files of paths, folders (any depth) and globs, sorted by name, each once. Files that start with a dot or an
 * underscore are ignored, as in Athena. Throws an Error with the path if a path has no log file.
 */
export async function findRawFiles(paths: readonly string[]): Promise<RawFile[]> {
  const found = new Map<string, RawFile>();
  for (const path of paths) {
    const files = await filesOf(path);
    if (files.length === 0)
      throw new NoFilesError(`${path} has no log files; name a file, a folder with logs or a glob`);
    for (const file of files) found.set(resolve(file.path), file);
  }
  return [...found.values()].sort((a, b) => (a.log_object < b.log_object ? -1 : 1));
}

async function filesOf(path: string): Promise<RawFile[]> {
  const status = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new Error(`${path} cannot be read: ${error.message}; check its permissions`, { cause: error });
  });
  if (status?.isFile()) return [await rawFile(path, path)];
  if (status?.isDirectory()) return folderFiles(path);
  const matches: string[] = [];
  if (/[*?[{]/.test(path)) for await (const match of glob(path)) matches.push(match);
  if (matches.length === 0)
    throw new NoFilesError(`${path} does not exist; check the path given to --input or the source's folder`);
  const lists = await Promise.all(matches.map(filesOf));
  return lists.flat();
}

async function folderFiles(folder: string): Promise<RawFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      throw new Error(`${folder} cannot be read: ${error.message}; check its permissions`, { cause: error });
    },
  );
  const files = entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
  const named = files.map((file) => ({ file, name: relative(folder, file).replaceAll('\\', '/') }));
  return Promise.all(named.filter(({ name }) => !HIDDEN.test(name)).map(({ file, name }) => rawFile(file, name)));
}

async function rawFile(path: string, log_object: string): Promise<RawFile> {
  const status = await stat(path, { bigint: true }).catch(() => lstat(path, { bigint: true }));
  return {
    path,
    log_object,
    size_bytes: Number(status.size),
    etag: `${status.size}-${status.mtimeNs}`,
    modified: status.mtime,
  };
}

const SNIFF_BYTES = 4096;
const GZIP = [0x1f, 0x8b];

/** The reason why a file cannot be a log, from its first bytes; undefined if it may be one. */
export async function sniff(path: string): Promise<string | undefined> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => error);
  if (file instanceof Error) return `cannot be opened: ${file.code === 'EACCES' ? 'permission denied' : file.message}`;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
    const zipped = buffer[0] === GZIP[0] && buffer[1] === GZIP[1];
    if (path.endsWith('.gz')) return zipped || bytesRead === 0 ? undefined : 'is named .gz but is not a gzip file';
    if (zipped) return 'is a gzip file without .gz in its name; rename it';
    return buffer.subarray(0, bytesRead).includes(0) ? 'is binary, not a log' : undefined;
  } finally {
    await file.close();
  }
}
