import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, lstatSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { RawFile } from '../sources/raw-files.ts';
import { UsageError } from './usage-error.ts';

/** Logs that can be read once only, as files that were copied from them, and the other paths. */
export interface Spooled {
  files: RawFile[];
  paths: string[];
  /** Deletes the copies. */
  close(): void;
}

/** When nothing has come from a stream for so long, it is named: it may wait for something that was forgotten. */
const HINT_AFTER_MS = 3_000;

/**
 * Copies what comes from standard input (`-`), FIFOs and `<(command)` to files, since logs are read more than once. `print`
 * gets the name of a stream that is waited for.
 */
export async function spoolStreams(paths: readonly string[], print: (line: string) => void): Promise<Spooled> {
  const streams = [...new Set(paths.filter(isStream))];
  const spooled: Spooled = { files: [], paths: paths.filter((path) => !isStream(path)), close: () => {} };
  if (streams.length === 0) return spooled;
  const folder = mkdtempSync(join(tmpdir(), 'logtally-input-'));
  spooled.close = () => rmSync(folder, { recursive: true, force: true });
  try {
    for (const [index, path] of streams.entries()) {
      spooled.files.push(await spooledFile(openStream(path, print), join(folder, `${index}.log`)));
    }
  } catch (error) {
    spooled.close();
    throw error;
  }
  return spooled;
}

function isStandardInput(path: string): boolean {
  return ['-', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0'].includes(path);
}

/** True for standard input, open files of the shell, and FIFOs. */
export function isStream(path: string): boolean {
  if (isStandardInput(path) || /^(\/dev|\/proc\/self)\/fd\/\d+$/.test(path)) return true;
  // A link to a FIFO does not count: it may be the standard output of a container.
  return lstatSync(path, { throwIfNoEntry: false })?.isFIFO() ?? false;
}

/** What comes from a stream, under the name of the log. `print` gets the name if nothing comes. */
export interface Stream {
  log_object: string;
  bytes: AsyncGenerator<Buffer>;
  /** Stops reading, also while nothing comes. */
  close(): void;
}

export function openStream(path: string, print: (line: string) => void): Stream {
  const log_object = isStandardInput(path) ? 'standard input' : path;
  const stream = isStandardInput(path) ? standardInput() : createReadStream(path);
  async function* bytes(): AsyncGenerator<Buffer> {
    const hint = setTimeout(() => print(`waiting for ${log_object}`), HINT_AFTER_MS);
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        clearTimeout(hint);
        yield chunk;
      }
    } finally {
      clearTimeout(hint);
    }
  }
  return { log_object, bytes: bytes(), close: () => void stream.destroy() };
}

/** Copies a stream to a file. The etag is computed from the content, so that the same content is up to date. */
export async function spooledFile({ log_object, bytes }: Omit<Stream, 'close'>, copy: string): Promise<RawFile> {
  const hash = createHash('sha256');
  async function* hashed(): AsyncGenerator<Buffer> {
    for await (const chunk of bytes) {
      hash.update(chunk);
      yield chunk;
    }
  }
  try {
    await pipeline(hashed, createWriteStream(copy));
  } catch (error) {
    throw new Error(`${log_object} could not be copied to ${copy}: ${(error as Error).message}`, { cause: error });
  }
  const { size, mtime } = statSync(copy);
  return { path: copy, log_object, size_bytes: size, etag: hash.digest('hex'), modified: mtime };
}

function standardInput(): Readable {
  if (process.stdin.isTTY) throw new UsageError('- is standard input, which is a terminal here; pipe a log into it');
  return process.stdin;
}
