import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const ROOT = join(import.meta.dirname, '..', '..');
const notice = readFileSync(join(ROOT, 'NOTICE'), 'utf8');

test('NOTICE lists every package that a bundle contains; npm run notice writes it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'logtally-notice-'));
  const file = join(folder, 'NOTICE');
  execFileSync(process.execPath, [join(ROOT, 'bin', 'notice.ts'), file]);
  const written = readFileSync(file, 'utf8');
  rmSync(folder, { recursive: true });
  expect(written.split('\n').filter((line) => !notice.split('\n').includes(line))).toEqual([]);
  expect(written === notice).toBe(true);
});

test.each([
  ['bowser', 'MIT'],
  ['isbot', 'Unlicense'],
  ['echarts', 'Apache-2.0'],
  ['zrender', 'BSD-3-Clause'],
  ['@expo-google-fonts/inter', 'MIT AND OFL-1.1'],
  ['@resvg/resvg-wasm', 'MPL-2.0'],
  ['apache-arrow', 'Apache-2.0'],
])('NOTICE names %s with its licence', (name, licence) => {
  expect(notice).toMatch(new RegExp(`^  ${name} \\d+\\.\\d+\\.\\d+: ${licence}$`, 'm'));
});

test('the rules for user agents are those of the versions in NOTICE', () => {
  const rules = readFileSync(join(ROOT, 'sql', 'user-agents.sql'), 'utf8');
  for (const name of ['bowser', 'isbot']) {
    const [label = ''] = new RegExp(`${name} [\\d.]+\\d`).exec(notice) ?? [];
    expect(rules).toContain(label);
  }
});
