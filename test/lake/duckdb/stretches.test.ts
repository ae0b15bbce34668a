import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from '@jest/globals';
import { formatOf } from '../../../lib/formats/formats.ts';
import { stretchesOf } from '../../../lib/lake/duckdb/stretches.ts';
import { findRawFiles } from '../../../lib/sources/raw-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'logtally-stretches-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const STRETCH_BYTES = 1000;
const text = (bytes: number) => 'x'.repeat(bytes);
const FILES = {
  '0.log': '',
  'a.log': text(400),
  'b.log': text(500),
  'c.log': text(200),
  'd.log': text(2500),
  'e.log': text(100),
  'f.log.gz': gzipSync(text(20_000)),
  'g.log': Buffer.from(`\ufeff${text(1500)}`, 'utf16le'),
};

/** The stretches of the files: of each piece the name, and the bytes if it is a part of its file. */
async function named(format: string): Promise<string[]> {
  for (const [name, content] of Object.entries(FILES)) writeFileSync(join(folder, name), content);
  const stretches = stretchesOf(await findRawFiles([folder]), formatOf(format), STRETCH_BYTES);
  return stretches.map((pieces) =>
    pieces.map(({ file, within }) => `${file.log_object}${within ? ` ${within.from}-${within.to}` : ''}`).join(', '),
  );
}

test('are small files together, parts of a plain file, and other large files alone', async () => {
  expect(await named('s3-access')).toEqual([
    '0.log, a.log, b.log',
    'c.log',
    'd.log 0-1000',
    'd.log 1000-2000',
    'd.log 2000-2500',
    'e.log, f.log.gz',
    'g.log',
  ]);
});

test('have all lines of a file if a header holds for the lines after it', async () => {
  expect(await named('w3c')).toEqual(['0.log, a.log, b.log', 'c.log', 'd.log', 'e.log, f.log.gz', 'g.log']);
});
