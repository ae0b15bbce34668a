import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const ROOT = join(import.meta.dirname, '..', '..', '..');

test('lib/views/charts/echarts.js is bundled from echarts-parts.ts; npm run echarts writes it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'logtally-echarts-'));
  const file = join(folder, 'echarts.js');
  execFileSync(process.execPath, [join(ROOT, 'bin', 'echarts.ts'), file]);
  const isCurrent =
    readFileSync(file, 'utf8') === readFileSync(join(ROOT, 'lib', 'views', 'charts', 'echarts.js'), 'utf8');
  rmSync(folder, { recursive: true });
  expect(isCurrent).toBe(true);
});
