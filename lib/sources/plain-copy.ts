import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { FileFault } from './bytes/file-fault.ts';
import { plainBytes } from './bytes/plain-bytes.ts';
import { LONG_LINE_BYTES } from './line-lengths.ts';

const LF = 0x0a;
const CR = 0x0d;

/** A small file may unpack to so much, a larger one to so many times its size; logs shrink to a twelfth, seldom to less. */
const MOST_UNPACKED_BYTES = 1024 ** 3;
const MOST_UNPACKED_RATIO = 250;

/** What was written of a file, and what is wrong with it. */
export interface PlainCopy {
  bytes: number;
  /** Numbers of lines that are longer than `LONG_LINE_BYTES`, from 1; they are empty lines of the copy. */
  long_lines: number[];
  fault?: string;
}

/** Copies the text of a raw file to `target`, each line ended by LF. A file without text leaves no copy. */
export async function plainCopy(path: string, size_bytes: number, target: string): Promise<PlainCopy> {
  const copy: PlainCopy = { bytes: 0, long_lines: [] };
  const limit = Math.max(MOST_UNPACKED_BYTES, size_bytes * MOST_UNPACKED_RATIO);
  async function* lines(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of withoutLongLines(withoutReturns(plainBytes(path)), copy.long_lines)) {
        copy.bytes += chunk.length;
        if (copy.bytes > limit)
          throw new FileFault('unpacks to far more than a log does; the lines before that were read');
        yield chunk;
      }
    } catch (error) {
      if (!(error instanceof FileFault)) throw error;
      copy.fault = error.message;
    }
  }
  await pipeline(lines, createWriteStream(target));
  if (copy.bytes === 0 && copy.long_lines.length === 0) await rm(target);
  return copy;
}

/** True if a line of the file ends in CR. */
export async function hasReturns(path: string): Promise<boolean> {
  try {
    for await (const chunk of plainBytes(path)) if (chunk.includes(CR)) return true;
  } catch (error) {
    // It was reported when the file was checked.
    if (!(error instanceof FileFault)) throw error;
  }
  return false;
}

/** CRLF and CR as LF, so that lines keep their numbers. */
async function* withoutReturns(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let endsInReturn = false;
  for await (const chunk of chunks) {
    const text: Buffer = endsInReturn && chunk[0] === LF ? chunk.subarray(1) : chunk;
    endsInReturn = text.at(-1) === CR;
    yield text.includes(CR) ? Buffer.from(text.toString('latin1').replace(/\r\n?/g, '\n'), 'latin1') : text;
  }
}

/** Empties lines that are too long for DuckDB, and adds their numbers to `long_lines`. A chunk is shorter than such a line. */
async function* withoutLongLines(chunks: AsyncIterable<Buffer>, long_lines: number[]): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  let begun_bytes = 0;
  let number = 1;
  const begin = (part: Buffer) => {
    begun_bytes += part.length;
    if (begun_bytes > LONG_LINE_BYTES) begun = [];
    else if (part.length > 0) begun.push(part);
  };
  function* end(): Generator<Buffer> {
    if (begun_bytes > LONG_LINE_BYTES) long_lines.push(number);
    else yield* begun;
    begun = [];
    begun_bytes = 0;
  }
  let fault: unknown;
  try {
    for await (const chunk of chunks) {
      const first = chunk.indexOf(LF);
      begin(first === -1 ? chunk : chunk.subarray(0, first));
      if (first === -1) continue;
      yield* end();
      const last = chunk.lastIndexOf(LF);
      yield chunk.subarray(first, last + 1);
      number += lineEnds(chunk);
      begin(chunk.subarray(last + 1));
    }
  } catch (error) {
    fault = error;
  }
  yield* end();
  if (fault) throw fault;
}

function lineEnds(chunk: Buffer): number {
  let count = 0;
  for (let at = chunk.indexOf(LF); at !== -1; at = chunk.indexOf(LF, at + 1)) count++;
  return count;
}
