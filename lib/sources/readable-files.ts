import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { FileFault } from './bytes/file-fault.ts';
import { concurrently } from './concurrently.ts';
import type { Unreadable } from './input.ts';
import { hasReturns, plainCopy } from './plain-copy.ts';
import type { RawFile } from './raw-files.ts';
import { type SoundEncoding, soundEncoding } from './sound-file.ts';

/** A file whose lines DuckDB can read. */
export interface ReadableFile extends RawFile {
  /** What DuckDB opens: the file itself, a link to it with a name that shows its compression, or a plain copy. */
  readable_path: string;
  /** Numbers of the lines that are too long for DuckDB, and empty in the copy. */
  long_lines: readonly number[];
}

/** Files that DuckDB can read, and the files that cannot be read, or not to their end. */
export interface ReadableFiles {
  files: ReadableFile[];
  unreadable: Unreadable[];
}

const FILES_AT_ONCE = 4;
/** After so many small files, others get their turn: the lease of the run must be renewed. */
const FILES_PER_TURN = 64;

const SUFFIXES: Record<SoundEncoding, string> = { plain: '', gzip: '.gz', zstd: '.zst' };

/**
 * Checks files and leaves out those that are not logs. What DuckDB would not read whole is copied into `folder` as plain
 * text: damaged files to their damage, UTF-16, files with lines that are too long for it.
 */
export async function readableFiles(files: readonly RawFile[], folder: string): Promise<ReadableFiles> {
  const made: (ReadableFile | undefined)[] = [];
  const unreadable = new Map<number, Unreadable>();
  await concurrently(files.entries(), FILES_AT_ONCE, async ([index, file]) => {
    if (index % FILES_PER_TURN === 0) await setImmediate();
    const { readable, fault } = await madeReadable(file, folder);
    made[index] = readable;
    if (fault !== undefined) unreadable.set(index, { log_object: file.log_object, reason: fault });
  });
  return {
    files: made.filter((file) => file !== undefined),
    unreadable: [...unreadable].sort(([a], [b]) => a - b).map(([, one]) => one),
  };
}

/** The same files; plain copies of those that have CR as a line end, which DuckDB does not read beside LF. */
export async function withoutReturns(files: readonly ReadableFile[], folder: string): Promise<ReadableFile[]> {
  const made: ReadableFile[] = [];
  await concurrently(files.entries(), FILES_AT_ONCE, async ([index, file]) => {
    made[index] = (await hasReturns(file.readable_path)) ? ((await copied(file, folder)).readable ?? file) : file;
  });
  return made;
}

/** The same files; plain copies of the compressed ones. */
export async function unpacked(files: readonly ReadableFile[], folder: string): Promise<ReadableFile[]> {
  const made: ReadableFile[] = [];
  await concurrently(files.entries(), FILES_AT_ONCE, async ([index, file]) => {
    const isPacked = /\.(gz|zst)$/.test(file.readable_path);
    made[index] = isPacked ? ((await copied(file, folder)).readable ?? file) : file;
  });
  return made;
}

interface Made {
  readable?: ReadableFile | undefined;
  fault?: string | undefined;
}

async function madeReadable(file: RawFile, folder: string): Promise<Made> {
  try {
    const encoding = await soundEncoding(file.path, file.size_bytes);
    if (encoding === undefined) return await copied(file, folder);
    return { readable: { ...file, readable_path: await namedPath(file.path, encoding, folder), long_lines: [] } };
  } catch (error) {
    const { message, syscall } = error as NodeJS.ErrnoException;
    if (error instanceof FileFault) return { fault: message };
    // One file of a folder may have vanished, or be on a broken disk; to write must succeed.
    if (syscall === 'open' || syscall === 'read') return { fault: `cannot be read: ${message}` };
    throw error;
  }
}

async function copied(file: RawFile, folder: string): Promise<Made> {
  await mkdir(folder, { recursive: true });
  const readable_path = join(folder, `${randomUUID()}.log`);
  const { bytes, long_lines, fault } = await plainCopy(file.path, file.size_bytes, readable_path);
  const isEmpty = bytes === 0 && long_lines.length === 0;
  return { fault, readable: isEmpty ? undefined : { ...file, readable_path, long_lines } };
}

/** A path of the file whose end shows its encoding, as DuckDB goes by it. */
async function namedPath(path: string, encoding: SoundEncoding, folder: string): Promise<string> {
  const named = resolve(path);
  const shown = /\.(gz|zst)$/i.exec(named)?.[0] ?? '';
  // DuckDB takes some names for a glob, in which a backslash cannot be written.
  const isGlob = /[*?[]/.test(named) && named.includes('\\');
  if (shown === SUFFIXES[encoding] && !isGlob) return named;
  await mkdir(folder, { recursive: true });
  const link = join(resolve(folder), `${randomUUID()}.log${SUFFIXES[encoding]}`);
  await symlink(named, link).catch(() => copyFile(named, link));
  return link;
}
