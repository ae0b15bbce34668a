import { createReadStream, createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type RawFile, sniff } from './raw-files.ts';

const CR = 0x0d;

/** Files as DuckDB can read them, and what could not be read to its end. */
export interface SoundFiles {
  files: RawFile[];
  unreadable: { log_object: string; reason: string }[];
}

/**
 * Sorts out what is no log and saves what a broken `.gz` still holds into `folder`: DuckDB reads a truncated one
 * without a word, so each is inflated once to see whether it ends as it should.
 */
export async function soundFiles(files: readonly RawFile[], folder: string): Promise<SoundFiles> {
  const sound: SoundFiles = { files: [], unreadable: [] };
  for (const file of files) {
    const reason = (await sniff(file.path)) ?? (await gzipFault(file.path));
    if (reason) sound.unreadable.push({ log_object: file.log_object, reason });
    if (!reason) sound.files.push(file);
    else if (reason.startsWith('ends early')) sound.files.push({ ...file, path: await salvage(file.path, folder) });
  }
  return sound;
}

async function gzipFault(path: string): Promise<string | undefined> {
  if (!path.endsWith('.gz')) return undefined;
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  return pipeline(createReadStream(path), createGunzip(), nowhere).then(
    () => undefined,
    (error: Error) => `ends early: ${error.message}; the lines before that were read`,
  );
}

/** Writes what can be inflated to a plain file below `folder` and returns its path. */
async function salvage(path: string, folder: string): Promise<string> {
  // Without .gz at the end of its name, since it is plain now.
  const target = `${join(folder, resolve(path))}.plain`;
  mkdirSync(dirname(target), { recursive: true });
  const out = createWriteStream(target);
  const gunzip = createGunzip();
  createReadStream(path).pipe(gunzip);
  try {
    for await (const chunk of gunzip) out.write(chunk);
  } catch {
    // The fault is known; what came before it is what is wanted.
  }
  await new Promise<void>((done) => {
    out.end(done);
  });
  return target;
}

/** The same files, with a copy in `folder` for each that holds a carriage return: there every line ends in LF. */
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
            // Of a pair the first becomes an empty line, which counts for nothing.
            yield Buffer.from(chunk.toString('latin1').replaceAll('\r', '\n'), 'latin1');
          }
        },
        createWriteStream(target),
      );
      return hasReturn ? { ...file, path: target } : file;
    }),
  );
}
