import { createWriteStream, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { folderStore } from '../store/folder.ts';

/**
 * Writes text, as strings or as UTF-8, to standard output, or to a file, which appears under its name only when it is complete. Errors name the
 * file and the way out.
 */
export async function writeOutput(text: AsyncIterable<string | Uint8Array>, file?: string): Promise<void> {
  if (file === undefined) return writeTo(process.stdout, text);
  const path = resolve(file);
  // A pipe or device is written to, not replaced by a file.
  if (isSpecial(path)) return writeTo(createWriteStream(path), text);
  await folderStore(dirname(path)).write(basename(path), bytesOf(text));
}

function isSpecial(path: string): boolean {
  const status = statSync(path, { throwIfNoEntry: false });
  return status !== undefined && !status.isFile() && !status.isDirectory();
}

/**
 * Writes each part before the next one is asked for, because the memory of the first may then be used again. Throws what the
 * stream emits as an error.
 */
async function writeTo(out: Writable, text: AsyncIterable<string | Uint8Array>): Promise<void> {
  const failed = new Promise<never>((_resolve, reject) => out.once('error', reject));
  // Nobody may be waiting when it fails.
  failed.catch(() => {});
  const unlessFailed = (act: (done: (error?: Error | null) => void) => void) =>
    Promise.race([failed, new Promise<void>((resolve) => act((error) => void (error || resolve())))]);
  for await (const part of text) await unlessFailed((done) => out.write(part, done));
  if (out !== process.stdout) await unlessFailed((done) => out.end(done));
}

async function* bytesOf(text: AsyncIterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const part of text) yield Buffer.from(part);
}
