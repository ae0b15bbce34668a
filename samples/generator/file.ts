import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { generateLines, type SampleOptions } from './entries.ts';

/** Writes a sample as one file, in the memory of some thousand lines. */
export function writeFile(file: string, options: Partial<SampleOptions> = {}): Promise<void> {
  return writeLines(file, generateLines(options));
}

export async function writeLines(file: string, lines: Iterable<string>): Promise<void> {
  await pipeline(Readable.from(blocks(lines)), createWriteStream(file));
}

/** Whole blocks of text, because a write for each line would take longer than making it. */
function* blocks(lines: Iterable<string>, size = 5_000): Generator<string> {
  let block: string[] = [];
  for (const line of lines) {
    block.push(line);
    if (block.length === size) {
      yield `${block.join('\n')}\n`;
      block = [];
    }
  }
  if (block.length > 0) yield `${block.join('\n')}\n`;
}
