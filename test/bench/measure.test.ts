import { existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { measure } from '../../bench/measure.ts';
import { measureRounds, median } from '../../bench/rounds.ts';
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

  test('reports what all of its threads used', async () => {
    const busy = 'const end = Date.now() + 400; while (Date.now() < end);';
    const script = `new (require('node:worker_threads').Worker)(${JSON.stringify(busy)}, { eval: true }); ${busy}`;
    const { cpu_ms, duration_ms } = await runScript(script);
    const idle = await runScript('setTimeout(() => {}, 400)');
    expect(cpu_ms - idle.cpu_ms).toBeGreaterThan(150);
    expect(cpu_ms).toBeLessThan(4 * duration_ms);
  });

  test('may end with a code that is expected', async () => {
    expect(await measure(process.execPath, ['-e', 'process.exitCode = 2'], { exit_code: 2 })).toMatchObject({
      stdout: '',
    });
  });

  test('can do without its output', async () => {
    const measured = await measure(process.execPath, ['-e', 'console.log("record")'], { discard: true });
    expect(measured.stdout).toBe('');
  });

  test('is an error with its last output when it fails', async () => {
    await expect(runScript('process.stderr.write("no lake here"); process.exitCode = 3')).rejects.toThrow(
      /code 3:\nno lake here/,
    );
    await expect(measure('no-such-command', [])).rejects.toThrow(/code 127:\n.*no-such-command/);
  });
});

test.each([
  [[3], 3],
  [[9, 1, 5], 5],
  [[4, 1, 2, 9], 3],
])('the median of %j is %d', (values, middle) => {
  expect(median(values)).toBe(middle);
});

test('rounds run every task in turn, each after what it needs', async () => {
  const order: string[] = [];
  const task = (name: string) => ({ command: 'echo', args: [name], before: () => void order.push(name) });
  const measured = await measureRounds(2, { first: task('first'), second: task('second') });
  expect(order).toEqual(['first', 'second', 'first', 'second']);
  expect(measured.second.map(({ stdout }) => stdout)).toEqual(['second\n', 'second\n']);
});
