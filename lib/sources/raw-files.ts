import { glob, lstat, stat } from 'node:fs/promises';
import { type Found, fileAt, filesIn, nothingFound, unreadableReason } from './found-files.ts';
import type { Input, Unreadable } from './input.ts';

/** A file of raw lines on this machine. `log_object` is its name in the lake: its path relative to the folder that was searched. */
export interface RawFile extends Input {
  path: string;
  modified: Date;
}

/** True if a file is still as it was when it was found. */
export async function isUnchanged({ path, size_bytes, etag }: RawFile): Promise<boolean> {
  const status = await stat(path, { bigint: true }).catch(() => undefined);
  return status !== undefined && Number(status.size) === size_bytes && etagOf(status) === etag;
}

function etagOf({ size, mtimeNs }: { size: bigint; mtimeNs: bigint }): string {
  return `${size}-${mtimeNs}`;
}

/** A path has no log files; the message names it and the way out. */
export class NoFilesError extends Error {
  override readonly name = 'NoFilesError';
}

/** How many faults the error names if there is no file at all. */
const MOST_NAMED = 5;
const NO_FILES = 'has no log files; name a file, a folder with logs or a glob';

/** A file as a manifest records it. */
export function inputOf({ log_object, size_bytes, etag }: RawFile): Input {
  return { log_object, size_bytes, etag };
}

/**
 * The files of paths, folders (any depth) and globs, sorted by name, each once. Left out without a word are files and folders
 * that start with a dot or an underscore, as in Athena, and the results of earlier runs. `onUnreadable` gets what is no file
 * or cannot be opened. Throws a NoFilesError if a path does not exist, or if there is no file at all.
 */
export async function findRawFiles(
  paths: readonly string[],
  onUnreadable: (unreadable: Unreadable) => void = () => {},
): Promise<RawFile[]> {
  const found = nothingFound();
  for (const path of paths) {
    const { files, faults } = await filesOf(path);
    const isEmpty = files.length + faults.length === 0;
    found.files.push(...files);
    found.faults.push(...(isEmpty ? [{ log_object: path, reason: NO_FILES }] : faults));
  }
  if (found.files.length === 0) {
    const named = found.faults.slice(0, MOST_NAMED).map(({ log_object, reason }) => `${log_object} ${reason}`);
    throw new NoFilesError(named.join('\n'));
  }
  for (const one of found.faults) onUnreadable(one);
  return eachOnce(found).sort((a, b) => (a.log_object < b.log_object ? -1 : 1));
}

async function filesOf(path: string): Promise<Found> {
  const entry = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    return error.code === 'ENOENT' || error.code === 'ENOTDIR' ? undefined : error;
  });
  if (entry instanceof Error)
    return { files: [], faults: [{ log_object: path, reason: unreadableReason(path, entry) }] };
  const status = entry && (await stat(path).catch(() => undefined));
  if (status?.isDirectory()) return filesIn(path);
  if (entry) return fileAt(path);
  const matches: string[] = [];
  if (/[*?[{]/.test(path)) for await (const match of glob(path)) matches.push(match);
  if (matches.length === 0) {
    throw new NoFilesError(`${path} does not exist; check the path given to --input or the source's folder`);
  }
  const found = nothingFound();
  for (const { files, faults } of await Promise.all(matches.map(filesOf))) {
    found.files.push(...files);
    found.faults.push(...faults);
  }
  return found;
}

/** The files, of several names for one file the first that is no link. */
function eachOnce({ files }: Found): RawFile[] {
  const kept = new Map<string, RawFile>();
  for (const { identity, path, log_object, status } of files.sort((a, b) => Number(a.is_link) - Number(b.is_link))) {
    if (kept.has(identity)) continue;
    kept.set(identity, {
      path,
      log_object,
      size_bytes: Number(status.size),
      etag: etagOf(status),
      modified: status.mtime,
    });
  }
  return [...kept.values()];
}
