import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import manifest from '../../package.json' with { type: 'json' };
import { PAGES, ROOT } from './pages.ts';

/* test/README.md is the map of the tests. */
const page = PAGES.get('test/README.md') ?? '';
/** Folders with a file in them; test/fixtures, which holds data, as a whole. */
const folders = new Set(
  globSync('**/*.*', { cwd: join(ROOT, 'test') })
    .map((file) => dirname(file).replace(/^fixtures\/.*/, 'fixtures'))
    .filter((folder) => folder !== '.'),
);

test('it names every folder once, in the order of their names', () => {
  const [, table = ''] = page.split('## Folders\n');
  const named = [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, folder = '']) => folder);
  expect(named).toEqual([...folders].sort());
});

test('it names every lane, with the files that run in it', () => {
  const lanes = Object.keys(manifest.scripts).filter((name) => /^test(:|$)/.test(name) && name !== 'test:coverage');
  const named = [...page.matchAll(/^\| `npm (?:run )?(test[:a-z]*)` \|/gm)].map(([, lane = '']) => lane);
  expect(named.sort()).toEqual(lanes.sort());
});

test('it names helpers that are there', () => {
  const helpers = [...page.matchAll(/`((?:[a-z-]+\/)?[a-z.-]+\.(?:ts|js))`/g)].map(([, file = '']) => file);
  const missing = helpers.filter(
    (file) => globSync([`test/${file}`, `test/**/${file}`, `lib/${file}`], { cwd: ROOT }).length === 0,
  );
  expect(helpers.length).toBeGreaterThan(5);
  expect(missing).toEqual([]);
});

test('every file that a lane names is read by Jest', () => {
  const specs = globSync('test/**/*.spec.ts', { cwd: ROOT }).map((file) => dirname(file).replace('test/', ''));
  const lanes = [...page.matchAll(/`([a-z]+)\/\*\.spec\.ts`/g)].map(([, folder = '']) => folder);
  expect([...new Set(specs)].sort()).toEqual(lanes.sort());
});
