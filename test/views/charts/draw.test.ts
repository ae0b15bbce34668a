import { describe, expect, test } from '@jest/globals';
import { valueScale } from '../../../lib/views/charts/axis.ts';
import type { ChartData } from '../../../lib/views/charts/chart.ts';
import { drawChart } from '../../../lib/views/charts/draw.ts';
import { drawPicture } from '../../../lib/views/charts/picture.ts';
import { chartSummary } from '../../../lib/views/charts/summary.ts';
import { PICTURE_THEMES } from '../../../lib/views/charts/theme.ts';

const requests: ChartData = {
  kind: 'line',
  title: 'Requests',
  unit: 'count',
  x_domain: 'hour',
  labels: ['2026-10-01', '2026-10-02'].flatMap((day) =>
    Array.from({ length: 24 }, (_, hour) => `${day}T${String(hour).padStart(2, '0')}`),
  ),
  series: [{ name: '1–2 October 2026', color: 'primary', values: Array.from({ length: 48 }, (_, at) => at * 100) }],
};
const sizes: ChartData = {
  kind: 'percentiles',
  title: 'Sizes',
  unit: 'bytes',
  x_domain: 'name',
  labels: ['2xx', '4xx'],
  series: [
    { name: 'Median', color: 'primary', values: [2000, 500] },
    { name: '95th percentile', color: 'secondary', values: [9_000_000, 700] },
  ],
};

/** The texts of a chart's SVG, in order. */
function texts(data: ChartData, width = 460): string[] {
  const svg = drawChart(data, PICTURE_THEMES.light, width, 'test');
  return [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/gs)].map(([, text = '']) => text.trim());
}

describe('the SVG of a chart', () => {
  test('has ticks at whole days and round figures', () => {
    expect(texts(requests).toSorted()).toEqual(['0', '1 Oct', '2 Oct', '2K', '4K', '6K']);
  });

  test('has ticks in powers of 1024 for bytes, and shows each name with its highest figure', () => {
    expect(texts(sizes)).toEqual(
      expect.arrayContaining(['32 B', '1 KiB', '32 KiB', '1 MiB', '32 MiB', '2xx', '4xx', '8.58 MiB', '700 B']),
    );
  });

  test('contains no NaN, Infinity or undefined for any values', () => {
    const same: ChartData = { ...sizes, series: [{ name: 'Median', color: 'primary', values: [1, 1] }] };
    const gone: ChartData = {
      ...sizes,
      kind: 'bars',
      series: [{ name: 'Difference', color: 'primary', values: [-5, null] }],
    };
    const zeros: ChartData = {
      ...requests,
      series: [{ name: 'Requests', color: 'primary', values: Array(48).fill(0) }],
    };
    for (const data of [requests, sizes, same, gone, zeros]) {
      expect(drawChart(data, PICTURE_THEMES.light, 320, 'test')).not.toMatch(/NaN|Infinity|undefined/);
    }
  });

  test('shows an isolated value between two gaps as a dot', () => {
    const values = Array.from({ length: 48 }, (_, at) => (at === 29 || at === 31 ? null : at));
    const dots = (data: ChartData) =>
      drawChart(data, PICTURE_THEMES.light, 460, 'test').match(/<path d="M1 0A1 1/g)?.length ?? 0;
    const [line] = requests.series;
    const gapped = { ...requests, series: [{ name: 'Requests', color: 'primary' as const, values }] };
    expect(dots({ ...requests, series: line ? [line] : [] })).toBe(0);
    expect(dots(gapped)).toBe(1);
  });

  test('is the same text each time, regardless of what was drawn before', () => {
    expect(drawChart(sizes, PICTURE_THEMES.light, 460, 'a')).toBe(drawChart(sizes, PICTURE_THEMES.light, 460, 'a'));
  });
});

test('a value axis has round steps in its unit', () => {
  expect(valueScale([0, 87], 'count')).toEqual({ min: 0, max: 100, interval: 25 });
  expect(valueScale([3 * 1024 ** 3], 'bytes').interval).toBe(1024 ** 3);
  expect(valueScale([-30, 60], 'count')).toEqual({ min: -50, max: 75, interval: 25 });
  expect(valueScale([1], 'count')).toMatchObject({ min: 0, interval: 1 });
});

test('a summary says in words what the highest values are and where', () => {
  expect(chartSummary(requests)).toBe(
    'Requests by hour (UTC). 1–2 October 2026: most 4,700, Fri, 2 October 2026, 23:00 UTC.',
  );
  expect(chartSummary(sizes)).toBe('Sizes. Median: most 1.95 KiB, 2xx. 95th percentile: most 8.58 MiB, 2xx.');
});

test('a picture is a PNG with 2.5 device pixels per CSS pixel, and the same for the same data', async () => {
  const png = await drawPicture(sizes, PICTURE_THEMES.dark, 440);
  const header = new DataView(png.buffer, png.byteOffset);
  expect([...png.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
  expect(header.getUint32(16)).toBe(1100);
  expect(Buffer.compare(png, await drawPicture(sizes, PICTURE_THEMES.dark, 440))).toBe(0);
});
