import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const ROOT = join(import.meta.dirname, '..', '..');
/** The only file that may ask the machine for the time. */
const CLOCK = 'lib/run/clock.ts';
/** Third-party code, bundled for the browser. */
const GENERATED = ['lib/views/page/page-script.ts'];

const ASKS_FOR_TIME = /\bDate\.now\b|\bnew Date\(\s*\)|(?<!new )\bDate\(\s*\)/;

describe('the clock', () => {
  const files = globSync(['lib/**/*.ts', 'lambdas/*.ts'], { cwd: ROOT }).filter((file) => !GENERATED.includes(file));

  test(`only ${CLOCK} asks for the time: everything else gets a Clock passed in`, () => {
    const asking = files.filter((file) => ASKS_FOR_TIME.test(readFileSync(join(ROOT, file), 'utf8')));
    expect(files.length).toBeGreaterThan(200);
    expect(asking).toEqual([CLOCK]);
  });

  test.each([
    ['const now = Date.now();', true],
    ['clock: Date.now,', true],
    ['new Date()', true],
    ['new Date( ).toISOString()', true],
    ['new Date(clock())', false],
    ['Date.parse(text)', false],
  ])('%s is found: %s', (code, asks) => {
    expect(ASKS_FOR_TIME.test(code)).toBe(asks);
  });
});
