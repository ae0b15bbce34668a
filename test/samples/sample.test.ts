import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { deliverObjects } from '../../samples/generator/delivery.ts';
import { generateEntries } from '../../samples/generator/entries.ts';
import { createTally } from '../../samples/generator/totals.ts';

const samples = join(import.meta.dirname, '../../samples');
const folder = join(samples, 's3-access');
const filesOf = (path: string) =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.gz'))
    .sort();

describe('the committed sample', () => {
  const objects = new Map([...deliverObjects(generateEntries())].map(({ key, text }) => [key, text]));

  // Decompressed, because deflate may choose other bytes for the same text from one Node to the next.
  test('is what the generator writes', () => {
    expect(filesOf(folder)).toEqual([...objects.keys()].sort());
    const different = [...objects].filter(
      ([key, text]) => gunzipSync(readFileSync(join(folder, key))).toString() !== text,
    );
    expect(different.map(([key]) => key)).toEqual([]);
  });

  test('states the totals that the generator counted, and that its files have', () => {
    const tally = createTally();
    for (const entry of generateEntries()) tally.add(entry);
    const { months } = JSON.parse(readFileSync(`${folder}.expected.json`, 'utf8'));
    expect(months).toEqual(tally.months());
    for (const [month, { lines, requests, not_requests, duplicates, rejected }] of Object.entries(tally.months())) {
      const ofMonth = [...objects]
        .filter(([key]) => key.includes(`/${month}-`))
        .map(([, text]) => text.split('\n').length - 1);
      expect(ofMonth.reduce((sum, some) => sum + some, 0)).toBe(lines);
      const others = Object.values(not_requests).reduce((sum, some) => sum + some, 0);
      expect(requests + others + duplicates + rejected).toBe(lines);
    }
  });

  test('is small', () => {
    const size_bytes = filesOf(folder).reduce((sum, file) => sum + readFileSync(join(folder, file)).length, 0);
    expect(size_bytes).toBeLessThan(4_000_000);
  });
});

describe('samples/generate.ts', () => {
  let scratch: string;
  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), 'logtally-sample-'));
  });
  afterAll(() => rmSync(scratch, { recursive: true }));
  const generate = (...options: string[]) => execFileSync(process.execPath, [join(samples, 'generate.ts'), ...options]);

  test('writes one file of so many lines', () => {
    const file = join(scratch, 'one.log');
    generate('--lines', '12345', '--out', file);
    const text = readFileSync(file, 'utf8');
    expect(text.split('\n')).toHaveLength(12_346);
    expect(text.endsWith('\n')).toBe(true);
  });

  test('writes a folder of log objects, in place of the one before', () => {
    const target = join(scratch, 'logs');
    generate('--lines', '3000', '--folder', target);
    generate('--lines', '100', '--folder', target);
    const lines = filesOf(target).map(
      (file) =>
        gunzipSync(readFileSync(join(target, file)))
          .toString()
          .split('\n').length - 1,
    );
    expect(lines.reduce((sum, some) => sum + some, 0)).toBe(100);
  });

  test.each([
    ['no target', []],
    ['no number', ['--lines', 'many', '--out', 'x']],
  ])('refuses %s', (_, options) => {
    const run = spawnSync(process.execPath, [join(samples, 'generate.ts'), ...options], { encoding: 'utf8' });
    expect(run.status).toBe(1);
    expect(run.stderr).toContain('usage: node samples/generate.ts');
  });
});
