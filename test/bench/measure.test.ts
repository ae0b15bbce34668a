import { existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { printFigures } from '../../bench/figures.ts';
import { measure, median } from '../../bench/measure.ts';
import { testUnless } from '../missing.ts';

const MiB = 1024 ** 2;
const runScript = (script: string) => measure(process.execPath, ['-e', script]);

describe('a measured process', () => {
  test('returns its output and duration', async () => {
    const { stdout, duration_ms } = await runScript('setTimeout(() => process.stdout.write("done"), 300)');
    expect(stdout).toBe('done');
    expect(duration_ms).toBeGreaterThan(300);
  });

  const hasPeak = existsSync('/proc/self/status');

  testUnless(hasPeak ? undefined : 'the system has no /proc')('reports the most memory that it held', async () => {
    const frugal = await runScript('setTimeout(() => {}, 200)');
    const greedy = await runScript('globalThis.held = Buffer.alloc(300 * 1024 * 1024, 1); setTimeout(() => {}, 200)');
    expect((greedy.peak_bytes ?? 0) - (frugal.peak_bytes ?? 0)).toBeGreaterThan(250 * MiB);
  });

  test('is an error with its last output when it fails', async () => {
    await expect(runScript('process.stderr.write("no lake here"); process.exitCode = 3')).rejects.toThrow(
      /code 3:\nno lake here/,
    );
    await expect(measure('no-such-command', [])).rejects.toThrow('ENOENT');
  });
});

test.each([
  [[3], 3],
  [[9, 1, 5], 5],
  [[4, 1, 2, 9], 3],
])('the median of %j is %d', (values, middle) => {
  expect(median(values)).toBe(middle);
});

test('figures are printed with their unit and against their target', () => {
  const text = printFigures('2,000,000 lines', [
    { name: 'raw → lake', value: 412_345.6, unit: 'lines_per_s', target: '≥ 400,000 lines/s', met: true },
    { name: 'to GoAccess', value: 0.5, unit: 'ratio', target: '≤ 1/3', met: false },
    { name: 'peak memory', value: 3 * 1024 ** 3, unit: 'bytes' },
  ]);
  expect(text.split('\n')).toEqual([
    '2,000,000 lines',
    '  raw → lake   412,346 lines/s  met: ≥ 400,000 lines/s',
    '  to GoAccess            1/2.0  MISSED: ≤ 1/3',
    '  peak memory          3.00 GB',
    '',
  ]);
});
