import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { PAGE_SCRIPT } from '../../../lib/views/page/page-script.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

test('page-script.ts is up to date with lib/views/page/script; npm run page-script builds it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'logtally-script-'));
  const file = join(folder, 'page-script.ts');
  execFileSync(process.execPath, [join(ROOT, 'bin', 'page-script.ts'), file]);
  const isCurrent =
    readFileSync(file, 'utf8') === readFileSync(join(ROOT, 'lib', 'views', 'page', 'page-script.ts'), 'utf8');
  rmSync(folder, { recursive: true });
  expect(isCurrent).toBe(true);
});

test('the script cannot end its own script element', () => {
  expect(PAGE_SCRIPT).not.toMatch(/<\/script|<!--|<script/i);
  expect(Buffer.byteLength(PAGE_SCRIPT)).toBeLessThan(650_000);
});
