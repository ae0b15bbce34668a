import { type BigIntStats, type Dirent, fstatSync } from 'node:fs';
import { lstat, readdir, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { HIDDEN } from './hidden.ts';
import type { Unreadable } from './input.ts';
import { isOwnResult } from './own-results.ts';

/** What paths lead to: files, and entries that are not files or cannot be opened. */
export interface Found {
  files: FoundFile[];
  faults: Unreadable[];
}

export interface FoundFile {
  path: string;
  log_object: string;
  status: BigIntStats;
  /** The same for all names of one file. */
  identity: string;
  is_link: boolean;
}

/** A search below a folder. Folders behind links are searched last, so that files keep the names that they have without. */
interface Search extends Found {
  /** Real paths of the folders that were searched, so that a cycle of links ends. */
  seen: Set<string>;
  links: { path: string; log_object: string }[];
}

const MOST_LINKS = 40;

export function nothingFound(): Found {
  return { files: [], faults: [] };
}

/** The one file at a path that is no folder. */
export async function fileAt(path: string): Promise<Found> {
  const search: Search = { ...nothingFound(), seen: new Set(), links: [] };
  await lookAt(search, path, path, await realpath(path).catch(() => path));
  return search;
}

/** The files below a folder at any depth, through links, each folder once. */
export async function filesIn(folder: string): Promise<Found> {
  const search: Search = { ...nothingFound(), seen: new Set(), links: [] };
  await searchFolder(search, folder, '');
  // The folder itself has no name below it.
  search.faults = search.faults.map((fault) => (fault.log_object === '' ? { ...fault, log_object: folder } : fault));
  // More links are found meanwhile. The order decides the names of files that several links lead to.
  while (search.links.length > 0) {
    const links = search.links.splice(0).sort((a, b) => (a.log_object < b.log_object ? -1 : 1));
    for (const link of links) await searchFolder(search, link.path, link.log_object);
  }
  return search;
}

async function searchFolder(search: Search, folder: string, log_object: string): Promise<void> {
  const cannotRead = (error: NodeJS.ErrnoException) => {
    search.faults.push({ log_object, reason: unreadableReason(folder, error) });
    return undefined;
  };
  const real = await realpath(folder).catch(cannotRead);
  if (real === undefined || search.seen.has(real)) return;
  search.seen.add(real);
  const entries = await readdir(folder, { withFileTypes: true }).catch(cannotRead);
  if (!entries || (await isOwnResult(folder, entries))) return;
  const visible = entries.filter(({ name }) => !HIDDEN.test(name));
  const nameOf = ({ name }: Dirent) => (log_object === '' ? name : `${log_object}/${name}`);
  const [folders, others] = [visible.filter(isFolder), visible.filter((entry) => !isFolder(entry))];
  await Promise.all(
    others.map((entry) =>
      lookAt(search, join(folder, entry.name), nameOf(entry), join(real, entry.name), !entry.isFile()),
    ),
  );
  for (const entry of folders) await searchFolder(search, join(folder, entry.name), nameOf(entry));
}

function isFolder(entry: Dirent): boolean {
  return entry.isDirectory();
}

/** Adds what is at a path that is no folder itself. `real` is the path without links in its folders. */
async function lookAt(
  search: Search,
  path: string,
  log_object: string,
  real: string,
  may_be_link = true,
): Promise<void> {
  const fail = (reason: string) => void search.faults.push({ log_object, reason });
  const target = may_be_link ? await linkTarget(path) : undefined;
  if (target !== undefined && isDevice(target)) return fail(`is a link to ${target}, not a log`);
  try {
    const status = await stat(path, { bigint: true });
    const fault = faultOf(status);
    if (fault) fail(fault);
    else if (status.isFile()) {
      const isShared = status.nlink > 1n;
      const identity = isShared ? `${status.dev}:${status.ino}` : target === undefined ? real : await realpath(path);
      search.files.push({ path, log_object, status, identity, is_link: target !== undefined });
    } else if (isAround(await realpath(path), real)) fail('is a link to a folder that holds it');
    else search.links.push({ path, log_object });
  } catch (error) {
    fail(unreadableReason(path, error as NodeJS.ErrnoException, target));
  }
}

/** Where a link leads to in the end, as far as it exists; undefined if the path is no link. */
async function linkTarget(path: string): Promise<string | undefined> {
  let target: string | undefined;
  for (let links = 0; links < MOST_LINKS; links++) {
    const at: string = target ?? path;
    if (target !== undefined && isDevice(target)) return target;
    const status = await lstat(at).catch(() => undefined);
    if (!status?.isSymbolicLink()) return target;
    target = resolve(dirname(at), await readlink(at));
  }
  return target;
}

/** True for what stands for a device or an open file of a process, such as /dev/stdout in the folder of a container. */
function isDevice(target: string): boolean {
  return target.startsWith('/dev/') || target.startsWith('/proc/');
}

function isAround(folder: string, path: string): boolean {
  return path.startsWith(folder === sep ? sep : `${folder}${sep}`);
}

/** Why something that exists is no log; undefined for files and folders. */
function faultOf(status: BigIntStats): string | undefined {
  if (status.isFile()) return isOutput(status) ? 'is what this run writes to' : undefined;
  if (status.isDirectory()) return undefined;
  if (status.isFIFO()) return 'is a FIFO; name it itself to read it';
  return `is a ${status.isSocket() ? 'socket' : 'device'}, not a log`;
}

/** True for the file that standard output or standard error was redirected to. */
function isOutput({ dev, ino }: BigIntStats): boolean {
  return [1, 2].some((descriptor) => {
    const output = fstatSync(descriptor, { bigint: true });
    return output.isFile() && output.dev === dev && output.ino === ino;
  });
}

/** Why a path cannot be read. */
export function unreadableReason(path: string, { code, message }: NodeJS.ErrnoException, target?: string): string {
  if (basename(path).includes('\ufffd')) return 'has a name that is not UTF-8; rename it';
  if (target !== undefined && code === 'ENOENT') return `is a link to ${target}, which does not exist`;
  if (target !== undefined && code === 'ELOOP') return 'is a link that leads to itself';
  return `cannot be read: ${code === 'EACCES' ? 'permission denied' : message}; check its permissions`;
}
