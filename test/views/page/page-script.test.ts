import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { PAGE_SCRIPT } from '../../../lib/views/page/page-script.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

test('the script of pages is made from what lies in lib/views/page/script; npm run page-script makes it anew', () => {
  const folder = mkdtempSync(join(tmpdir(), 'logtally-script-'));
  const file = join(folder, 'page-script.ts');
  execFileSync(process.execPath, [join(ROOT, 'bin', 'page-script.ts'), file]);
  const isCurrent =
    readFileSync(file, 'utf8') === readFileSync(join(ROOT, 'lib', 'views', 'page', 'page-script.ts'), 'utf8');
  rmSync(folder, { recursive: true });
  expect(isCurrent).toBe(true);
});

test('it can stand in a script element', () => {
  expect(PAGE_SCRIPT).not.toMatch(/<\/script|<!--|<script/i);
  expect(Buffer.byteLength(PAGE_SCRIPT)).toBeLessThan(650_000);
});
