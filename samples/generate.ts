import { parseArgs } from 'node:util';
import { writeFolder } from './generator/delivery.ts';
import { SAMPLE } from './generator/entries.ts';
import { writeFile } from './generator/file.ts';

const USAGE = 'usage: node samples/generate.ts [--lines N] [--seed S] (--out FILE | --folder DIR)';

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
else if (values.out) await writeFile(values.out, options);
else throw new Error(USAGE);
