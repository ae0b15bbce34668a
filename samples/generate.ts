import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { writeFolder } from './generator/delivery.ts';
import { generateLines, SAMPLE } from './generator/entries.ts';

const USAGE = 'usage: node samples/generate.ts [--lines N] [--seed S] (--out FILE | --folder DIR)';

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

function wholeNumber(option: string, text: string): number {
  if (!/^[0-9]{1,10}$/.test(text)) throw new Error(`--${option} takes a whole number, not '${text}'; ${USAGE}`);
  return Number(text);
}

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: String(SAMPLE.lines) },
    seed: { type: 'string', default: String(SAMPLE.seed) },
    out: { type: 'string' },
    folder: { type: 'string' },
  },
});
const options = { lines: wholeNumber('lines', values.lines), seed: wholeNumber('seed', values.seed) };
if (values.folder) writeFolder(values.folder, options);
else if (values.out) await pipeline(Readable.from(blocks(generateLines(options))), createWriteStream(values.out));
else throw new Error(USAGE);
