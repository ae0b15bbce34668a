import { PassThrough } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { openProgress } from '../../lib/cli/progress.ts';

/** What is written to a stream of so many columns, or to a pipe, while the clock is moved by hand. */
function watch(columns: number | undefined, env: NodeJS.ProcessEnv = {}) {
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), columns ? { isTTY: true, columns } : {});
  const clock = { ms: 0 };
  const progress = openProgress(stream as unknown as NodeJS.WriteStream, () => clock.ms, { env });
  const at = (ms: number, done: number, lines = 0) => {
    clock.ms = ms;
    progress.update('website', { at: `2026-10-0${done}`, done, total: 8, unit: 'days', lines });
    return stream.read() as string | null;
  };
  const start = (ms: number, phase: string) => {
    clock.ms = ms;
    progress.start(phase);
    return stream.read() as string | null;
  };
  return { at, start, clear: () => [progress.clear(), stream.read()][1] };
}

describe('on a terminal', () => {
  test('one line is redrawn, with rate and time left after the first second', () => {
    const { at, clear } = watch(100);
    expect(at(0, 1, 10)).toBe('\r\x1b[2K██▌░░░░░░░░░░░░░░░░░ website: 2026-10-01, 1 of 8 days');
    expect(at(10_000, 2, 2_000_000)).toBe(
      '\r\x1b[2K█████░░░░░░░░░░░░░░░ website: 2026-10-02, 2 of 8 days, 200K lines/s, 30 s left',
    );
    expect(at(300_000, 4)).toMatch(/5 min left$/);
    expect(at(30_000_000, 5)).toMatch(/5 h 0 min left$/);
    expect(at(31_000_000, 8)).toMatch(/8 of 8 days, [\d.]+ lines\/s$/);
    expect(clear()).toBe('\r\x1b[2K');
    expect(clear()).toBeNull();
  });

  test('it is redrawn at most every 100 ms, and never wraps', () => {
    const { at } = watch(40);
    expect(at(0, 1)?.length).toBe('\r\x1b[2K'.length + 39);
    expect(at(50, 2)).toBeNull();
    expect(at(150, 3)).not.toBeNull();
  });
});

test.each([
  ['in a pipe', undefined, {}],
  ['on a dumb terminal', 100, { TERM: 'dumb' }],
  ['without colours', 100, { NO_COLOR: '1' }],
])('%s a plain line is printed after a second and then every few seconds', (_name, columns, env) => {
  const { at, start, clear } = watch(columns, env);
  expect(start(0, 'looking for logs')).toBeNull();
  expect(at(900, 1)).toBeNull();
  expect(at(1000, 2)).toBe('website: 2026-10-02, 2 of 8 days\n');
  expect(at(5900, 3)).toBeNull();
  expect(at(6900, 4)).toBe('website: 2026-10-04, 4 of 8 days, 6 s left\n');
  expect(clear()).toBeNull();
});

test('work of unknown length shows what it is, and for how long it has been going on', () => {
  const { start } = watch(100);
  expect(start(0, 'looking for logs')).toBe('\r\x1b[2K░░░░░░░░░░░░░░░░░░░░ looking for logs');
  expect(start(2500, 'looking for logs')).toBe('\r\x1b[2K░░░░░░░░░░░░░░░░░░░░ looking for logs, 3 s');
});

test('work without news is shown again by itself', async () => {
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY: true, columns: 100 });
  const progress = openProgress(stream as unknown as NodeJS.WriteStream, Date.now, { env: {} });
  progress.start('reading');
  const begun = stream.read() as string;
  await setTimeout(1700);
  expect([begun, stream.read()]).toEqual([expect.stringMatching(/reading$/), expect.stringMatching(/reading, \d s$/)]);
  progress.clear();
  await setTimeout(700);
  expect(stream.read()).toBe('\r\x1b[2K');
});

test('silent progress prints only lines that remain', () => {
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY: true, columns: 100 });
  const progress = openProgress(stream as unknown as NodeJS.WriteStream, () => 0, { is_silent: true, env: {} });
  progress.start('looking for logs');
  progress.update('website', { at: '2026-10-01', done: 1, total: 8, unit: 'days' });
  progress.print('access.log.gz: ends early');
  progress.clear();
  expect(stream.read()).toBe('access.log.gz: ends early\n');
});
