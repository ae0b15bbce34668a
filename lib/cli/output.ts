import { createWriteStream, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
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

async function writeTo(out: Writable, text: AsyncIterable<string | Uint8Array>): Promise<void> {
  await pipeline(Readable.from(text, { highWaterMark: 1 }), out, { end: out !== process.stdout });
}

async function* bytesOf(text: AsyncIterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const part of text) yield Buffer.from(part);
}
