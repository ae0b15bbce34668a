import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const FOLDER = join(import.meta.dirname, '..', '..', 'docs', 'decisions');
const records = globSync('*.md', { cwd: FOLDER })
  .filter((file) => file !== 'README.md')
  .sort();

test('every record is in the index, once', () => {
  const index = readFileSync(join(FOLDER, 'README.md'), 'utf8');
  expect([...index.matchAll(/\]\(([^)]+\.md)\)/g)].map(([, file]) => file).sort()).toEqual(records);
});

test.each(records)('%s starts with its title and its status', (file) => {
  const [title, status] = readFileSync(join(FOLDER, file), 'utf8').split('\n');
  expect(title).toMatch(/^# \S/);
  expect(status).toMatch(/^Status: (accepted|superseded by \[[^\]]+\]\([^)]+\)) · \d{4}-\d{2}-\d{2}$/);
});
