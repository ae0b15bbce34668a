import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { printFigures, wholeNumber } from './figures.ts';
import { findGoAccess } from './goaccess.ts';
import { clean } from './logs.ts';
import { describeLoad, describeMachine } from './machine.ts';
import { type Measured, withBlocks } from './page.ts';
import { formatPart } from './parts/format.ts';
import { objects } from './parts/objects.ts';
import { oneFile } from './parts/one-file.ts';
import { parse } from './parts/parse.ts';
import type { MeasurePart } from './parts/part.ts';
import { start } from './parts/start.ts';
import { tenMillion } from './parts/ten-million.ts';
import { unlike } from './parts/unlike.ts';
import { WEB_FORMATS } from './web-lines.ts';

/**
 * npm run bench [-- --only PART,PART --lines N --runs N --goaccess PROGRAM --page --json --clean]
 * How fast lines become a report, beside GoAccess on the same file where it is installed. Every figure is the median of
 * fresh processes, and peak memory the highest; the operating system has the log in its cache, because it was read before.
 * `--page` puts the figures into docs/performance.md.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    lines: { type: 'string' },
    runs: { type: 'string', default: '3' },
    goaccess: { type: 'string', default: 'goaccess' },
    page: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    clean: { type: 'boolean', default: false },
  },
});
const PARTS: Readonly<Record<string, MeasurePart>> = {
  'one-file': oneFile,
  objects,
  unlike,
  ...Object.fromEntries(WEB_FORMATS.map((format) => [format, formatPart(format)])),
  parse,
  start,
  'ten-million': tenMillion,
};
/** Takes minutes, and 6 GB of disk. */
const ONLY_IF_NAMED = 'ten-million';
const PAGE = join(import.meta.dirname, '..', 'docs', 'performance.md');

if (values.clean) clean();
else await bench();

async function bench(): Promise<void> {
  const runs = aboveZero('runs', values.runs);
  const goaccess = findGoAccess(values.goaccess);
  const names = values.only?.split(',') ?? Object.keys(PARTS).filter((name) => name !== ONLY_IF_NAMED);
  const chosen = names.map((id) => ({ id, measurePart: partNamed(id) }));
  const machine = `${describeMachine()}, ${describeLoad()}`;
  const programs = goaccess ? `GoAccess ${goaccess.version}` : 'GoAccess is not installed';
  const parts: Measured[] = [];
  for (const { id, measurePart } of chosen) {
    const lines = values.lines ? aboveZero('lines', values.lines) : usualLines(id);
    const part = { id, lines, runs, ...(await measurePart({ lines, runs, goaccess })) };
    const counted = part.lines > 0 ? `, ${wholeNumber(part.lines)} lines` : '';
    parts.push(part);
    if (!values.json) process.stdout.write(`${printFigures({ ...part, title: part.title + counted })}\n`);
    if (values.page) {
      const day = new Date().toISOString().slice(0, 10);
      writeFileSync(PAGE, withBlocks(readFileSync(PAGE, 'utf8'), [part], { day, machine, programs }));
    }
  }
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ machine, programs, parts }, null, 2)}\n`
      : `measured on ${machine}; ${programs}; medians of ${runs}\n`,
  );
}

/** Half as many of the formats, because there are fifteen. */
function usualLines(part: string): number {
  return WEB_FORMATS.includes(part) ? 1_000_000 : 2_000_000;
}

function partNamed(name: string): MeasurePart {
  const part = PARTS[name];
  if (!part) throw new Error(`--only takes some of ${Object.keys(PARTS).join(', ')}, not '${name}'`);
  return part;
}

function aboveZero(option: string, text: string): number {
  if (!/^[1-9][0-9]{0,9}$/.test(text)) throw new Error(`--${option} takes a whole number above 0, not '${text}'`);
  return Number(text);
}
