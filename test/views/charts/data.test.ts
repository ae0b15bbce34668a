import { describe, expect, test } from '@jest/globals';
import type { Chart } from '../../../lib/model/chart.ts';
import type { Column } from '../../../lib/model/columns.ts';
import { type ChartMaterial, type ChartRow, chartData } from '../../../lib/views/charts/data.ts';

const DAYS: Pick<ChartMaterial, 'period' | 'period_before'> = {
  period: { kind: 'date_range', from: '2026-10-01', to: '2026-10-03' },
  period_before: { kind: 'date_range', from: '2026-09-28', to: '2026-09-30' },
};
const day: Column = { name: 'day', type: 'date', title: 'Day', unit: 'day' };
const hour: Column = { name: 'hour', type: 'timestamp', title: 'Hour' };
const name: Column = { name: 'requester', type: 'varchar', title: 'Requester' };
const requests: Column = { name: 'requests', type: 'bigint', title: 'Requests', unit: 'count' };
const p95: Column = { name: 'p95_ms', type: 'double', title: '95th percentile', unit: 'ms' };
const status: Column = { name: 'status', type: 'integer', title: 'Status' };

function drawn(chart: Omit<Chart, 'title'>, columns: Column[], rows: ChartRow[], more: Partial<ChartMaterial> = {}) {
  return chartData({ title: 'A chart', ...chart }, { columns, rows, ...DAYS, ...more });
}

describe('a chart over time', () => {
  const line = { kind: 'line', x: ['day'], y: ['requests'] } as const;

  test('has a label for every day of the period, and null for a day without lines', () => {
    const data = drawn(
      line,
      [day, requests],
      [
        { day: Date.UTC(2026, 9, 1), requests: 5n },
        { day: Date.UTC(2026, 9, 3), requests: 0n },
      ],
    );
    expect(data).toMatchObject({ x_domain: 'day', unit: 'count', labels: ['2026-10-01', '2026-10-02', '2026-10-03'] });
    expect(data?.series.map(({ values }) => values)).toEqual([[5, null, 0]]);
  });

  test('shows the previous period day by day if it has rows', () => {
    const rows = [
      { day: '2026-10-01', requests: 2 },
      { day: '2026-10-02', requests: 5 },
    ];
    const before = [{ day: '2026-09-29', requests: 4 }];
    const data = drawn({ ...line, compare: 'previous_period' }, [day, requests], rows, { before });
    expect(data?.series).toEqual([
      { name: '1–3 October 2026', color: 'primary', values: [2, 5, null] },
      { name: '28–30 September 2026', color: 'previous', values: [null, 4, null] },
    ]);
    expect(data?.labels_before).toEqual(['2026-09-28', '2026-09-29', '2026-09-30']);
    expect(drawn({ ...line, compare: 'previous_period' }, [day, requests], rows, { before: [] })?.series).toHaveLength(
      1,
    );
  });

  test('has 24 hours per day if its column is a timestamp', () => {
    const chart = { kind: 'line', x: ['hour'], y: ['requests'] } as const;
    const rows = [
      { hour: Date.UTC(2026, 9, 2, 14), requests: 7 },
      { hour: Date.UTC(2026, 9, 2, 15), requests: 8 },
    ];
    const data = drawn(chart, [hour, requests], rows);
    expect(data?.x_domain).toBe('hour');
    expect(data?.labels).toHaveLength(72);
    expect(data?.labels[38]).toBe('2026-10-02T14');
    expect(data?.series[0]?.values[38]).toBe(7);
    const year = { period: { kind: 'date_range', from: '2026-01-01', to: '2026-12-31' } } as const;
    expect(drawn(chart, [hour, requests], rows, year)).toBeUndefined();
  });

  test('is not drawn for a single day, unless the previous period has a day to compare with', () => {
    const rows = [{ day: '2026-10-01', requests: 5 }];
    expect(drawn(line, [day, requests], rows)).toBeUndefined();
    const before = [{ day: '2026-09-29', requests: 4 }];
    expect(drawn({ ...line, compare: 'previous_period' }, [day, requests], rows, { before })).toBeDefined();
  });
});

describe('a chart by name', () => {
  const bars = { kind: 'bars', x: ['requester'], y: ['requests'] } as const;

  test('adds up the rows of one owner, and takes the longest of their times', () => {
    const rows = [
      { requester: 'a', requests: 3, p95_ms: 20 },
      { requester: 'b', requests: 4, p95_ms: 90 },
      { requester: 'c', requests: 5, p95_ms: 50 },
    ];
    const owners = { requester: { a: 'Web team', b: 'Web team' } };
    const sums = drawn(bars, [name, requests], rows, { owners });
    expect(sums?.labels).toEqual(['Web team', 'c']);
    expect(sums?.series[0]?.values).toEqual([7, 5]);
    const times = drawn({ kind: 'percentiles', x: ['requester'], y: ['p95_ms'] }, [name, p95], rows, { owners });
    expect(times?.series[0]?.values).toEqual([90, 50]);
  });

  test('shows the ten largest, and says how many there are', () => {
    const rows = Array.from({ length: 12 }, (_, index) => ({ requester: `r${index}`, requests: index }));
    const data = drawn(bars, [name, requests], rows);
    expect(data?.labels).toHaveLength(10);
    expect([data?.labels[0], data?.name_count]).toEqual(['r11', 11]);
  });

  test('is not drawn without rows, with zeros only, or with a single name', () => {
    expect(drawn(bars, [name, requests], [])).toBeUndefined();
    expect(drawn(bars, [name, requests], [{ requester: 'a', requests: 0 }])).toBeUndefined();
    expect(drawn(bars, [name, requests], [{ requester: 'a', requests: 9 }])).toBeUndefined();
  });

  test('colours statuses by class', () => {
    const rows = [200, 404, 503, null].map((value, index) => ({ status: value, requests: 10 - index }));
    const data = drawn({ kind: 'bars', x: ['status'], y: ['requests'], split: 'status' }, [status, requests], rows);
    expect(data?.labels).toEqual(['200', '404', '503', '(none)']);
    expect(data?.series.map(({ name: title, color }) => [title, color])).toEqual([
      ['2xx', 'primary'],
      ['4xx', 'warning'],
      ['5xx', 'error'],
      ['no status', 'neutral'],
    ]);
  });

  test('makes text from a log visible and short', () => {
    const rows = [
      { requester: `a\u202eb${'x'.repeat(4000)}`, requests: 2 },
      { requester: 'c', requests: 1 },
    ];
    const label = drawn(bars, [name, requests], rows)?.labels[0] ?? '';
    expect(label).toMatch(/^a\[U\+202E\]bxx/);
    expect(label.length).toBeLessThan(140);
  });
});
