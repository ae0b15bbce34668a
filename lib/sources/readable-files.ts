import { createReadStream, createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type RawFile, sniff } from './raw-files.ts';

const CR = 0x0d;

/** Files that DuckDB can read, and the files that cannot be read, or not to their end. */
export interface ReadableFiles {
  files: RawFile[];
  unreadable: { log_object: string; reason: string }[];
}

/**
 * Leaves out files that are not logs, and recovers the readable part of truncated `.gz` files into `folder`. Each `.gz`
 * file is decompressed once to check it, because DuckDB reads truncated ones without an error.
 */
export async function readableFiles(files: readonly RawFile[], folder: string): Promise<ReadableFiles> {
  const readable: ReadableFiles = { files: [], unreadable: [] };
  for (const file of files) {
    const reason = (await sniff(file.path)) ?? (await gzipFault(file.path));
    if (reason) readable.unreadable.push({ log_object: file.log_object, reason });
    if (!reason) readable.files.push(file);
    else if (reason.startsWith('ends early')) readable.files.push({ ...file, path: await recover(file.path, folder) });
  }
  return readable;
}

async function gzipFault(path: string): Promise<string | undefined> {
  if (!path.endsWith('.gz')) return undefined;
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  return pipeline(createReadStream(path), createGunzip(), nowhere).then(
    () => undefined,
    (error: Error) => `ends early: ${error.message}; the lines before that were read`,
  );
}

/** Writes what can be decompressed to a plain file in `folder` and returns its path. */
async function recover(path: string, folder: string): Promise<string> {
  // The name does not end in .gz, because the file is not compressed.
  const target = `${join(folder, resolve(path))}.plain`;
  mkdirSync(dirname(target), { recursive: true });
  const out = createWriteStream(target);
  const gunzip = createGunzip();
  createReadStream(path).pipe(gunzip);
  try {
    for await (const chunk of gunzip) out.write(chunk);
  } catch {
    // The error is known already; the bytes before it are what is wanted.
  }
  await new Promise<void>((done) => {
    out.end(done);
  });
  return target;
}

/** The same files; each that has carriage returns is replaced by a copy in `folder` in which every line ends in LF. */
export async function withoutReturns(files: readonly RawFile[], folder: string): Promise<RawFile[]> {
  return Promise.all(
    files.map(async (file) => {
      const target = `${join(folder, resolve(file.path))}.lines`;
      mkdirSync(dirname(target), { recursive: true });
      let hasReturn = false;
      const source = createReadStream(file.path);
      const bytes = file.path.endsWith('.gz') ? source.pipe(createGunzip()) : source;
      await pipeline(
        bytes,
        async function* (chunks: AsyncIterable<Buffer>) {
          for await (const chunk of chunks) {
            if (!chunk.includes(CR)) {
              yield chunk;
              continue;
            }
            hasReturn = true;
            // The CR of a CRLF becomes an empty line, which is ignored.
            yield Buffer.from(chunk.toString('latin1').replaceAll('\r', '\n'), 'latin1');
          }
        },
        createWriteStream(target),
      );
      return hasReturn ? { ...file, path: target } : file;
    }),
  );
}
