import { describe, expect, test } from '@jest/globals';
import { duration, type Figure, printFigures, rate, share } from '../../bench/figures.ts';
import type { Measurement } from '../../bench/measure.ts';
import { withBlocks } from '../../bench/page.ts';

const FIGURES: Figure[] = [
  {
    name: 'raw → lake',
    value: 412_345.6,
    unit: 'lines_per_s',
    cpu_s: 2.5,
    lines_per_cpu_s: 800_000,
    target: '≥ 400,000 lines/s',
    met: true,
  },
  { name: 'to GoAccess', value: 0.5, unit: 'ratio', target: '≤ 1/3', met: false },
  { name: 'peak memory', value: 3 * 1024 ** 3, unit: 'bytes' },
];

test('figures are printed with their unit and against their target', () => {
  expect(printFigures({ title: '2,000,000 lines', figures: FIGURES }).split('\n')).toEqual([
    '2,000,000 lines',
    '  raw → lake   412,346 lines/s  2.50 CPU s  800,000 lines/CPU s  met: ≥ 400,000 lines/s',
    '  to GoAccess            1/2.0                                   MISSED: ≤ 1/3',
    '  peak memory          3.00 GB',
    '',
  ]);
});

describe('a figure', () => {
  const run = (duration_ms: number, cpu_ms: number): Measurement => ({
    duration_ms,
    cpu_ms,
    peak_bytes: null,
    stdout: '',
  });

  test('is the middle of the runs, and says what a second of CPU is worth', () => {
    const measured = [run(4_000, 7_000), run(2_000, 5_000), run(9_000, 5_500)];
    expect(duration('whole report', 1_100_000, measured, 3)).toEqual({
      name: 'whole report',
      value: 4,
      unit: 's',
      cpu_s: 5.5,
      lines_per_cpu_s: 200_000,
      target: '≤ 3 s',
      met: false,
    });
  });

  test('meets its target at the target itself', () => {
    expect(rate('lake', 400_000, 1, 1, 400_000).met).toBe(true);
    expect(rate('lake', 399_999, 1, 1, 400_000).met).toBe(false);
    expect(share('report', 1, 5, 5).met).toBe(true);
    expect(share('report', 1.01, 5, 5).met).toBe(false);
  });

  test('of a program that used too little to be counted has no rate per second of CPU', () => {
    const text = printFigures({ title: 'floor', figures: [duration('wc -l', 1_000, [run(10, 0)])] });
    expect(text.split('\n')[1]).toBe('  wc -l  0.01 s  0.00 CPU s');
  });
});

describe('the page of figures', () => {
  const circumstances = { day: '2026-11-27', machine: 'Example CPU, 2 cores', programs: 'GoAccess 1.11' };
  const part = { id: 'nginx', title: 'nginx, 4 MB', lines: 20_000, runs: 3, figures: FIGURES };

  test('gets a block per part, and a later run takes its place', () => {
    const first = withBlocks('# Speed\n', [part], circumstances);
    expect(first).toContain(
      '20,000 lines, medians of 3 runs in turn, 2026-11-27. Example CPU, 2 cores; GoAccess 1.11.',
    );
    expect(first).toContain(
      '| raw → lake | 412,346 lines/s | 2.50 CPU s | 800,000 lines/CPU s | met: ≥ 400,000 lines/s |',
    );
    const both = withBlocks(
      first,
      [{ ...part, id: 'start', title: 'start', lines: 0, runs: 1, figures: FIGURES.slice(1) }],
      circumstances,
    );
    const again = withBlocks(both, [{ ...part, figures: FIGURES.slice(1) }], circumstances);
    expect(again).not.toContain('412,346');
    expect(again.match(/^<!-- .* -->$/gm)).toEqual([
      '<!-- bench nginx -->',
      '<!-- end nginx -->',
      '<!-- bench start -->',
      '<!-- end start -->',
    ]);
    expect(again.startsWith('# Speed\n')).toBe(true);
  });
});
