import { describe, expect, test } from '@jest/globals';
import { costTable, type Measured, measuredIn, measuredTable, monthlyCost } from '../../bench/aws-cost.ts';
import { fillCost, fillTable, freshTable, WAYS } from '../../bench/fresh-cost.ts';
import { PAGES } from './pages.ts';

const page = PAGES.get('docs/cost.md') ?? '';

describe('docs/cost.md', () => {
  const measured = measuredIn(page);

  test('has a row for each kind of log that is measured', () => {
    expect(measured.map(({ log }) => log)).toEqual(['s3-access', 'cloudfront', 'alb']);
    expect(page).toContain(measuredTable(measured));
  });

  test('computes what it costs from what was measured', () => expect(page).toContain(costTable(measured)));

  test('computes what fresher lines cost, as their decision does', () => {
    const [s3] = measured;
    if (!s3) throw new Error('no row of S3');
    expect(page).toContain(freshTable(s3));
    const decision = PAGES.get('docs/decisions/fresh-lines.md');
    expect(decision).toContain(fillTable(s3, { lines: 1e9, lines_per_object: 200 }));
  });
});

describe('the cost of a month', () => {
  const log: Measured = { log: 's3-access', stored: 500, lake: 50, queries: 40, read: 200, operations: 100 };

  test('of many lines is the price of the scanned bytes, USD 5 per TB', () => {
    const cost = monthlyCost(log, 1e9);
    expect(cost.raw).toBeCloseTo(2.5, 10);
    expect(cost.lake).toBeCloseTo(1, 10);
    expect(cost.storage).toBeCloseTo(((50e9 * 12) / 2 ** 30) * 0.023, 10);
  });

  test('of few lines is 10 MB for each query', () => {
    const cost = monthlyCost(log, 1000);
    expect(cost.raw).toBeCloseTo((30 * 10e6 * 5) / 1e12, 10);
    expect(cost.lake).toBeCloseTo((70 * 10e6 * 5) / 1e12, 10);
  });

  test('reads folders that contain other days again', () => {
    expect(monthlyCost({ ...log, log: 'alb' }, 1e9).raw).toBeCloseTo(2.5 * 1.13, 10);
  });

  test('adds up', () => {
    const { total, ...parts } = monthlyCost(log, 1e8);
    expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBeCloseTo(total, 10);
  });
});

describe('the cost of filling the lake', () => {
  const log: Measured = { log: 's3-access', stored: 500, lake: 20, queries: 40, read: 200, operations: 100 };
  const [daily, hourly, timer, arrival] = WAYS;
  const costs = (lines: number, lines_per_object: number) =>
    [daily, hourly, timer, arrival].map((way) => way && fillCost(way, log, { lines, lines_per_object }));

  test('by Athena is the scan of every raw byte, and a GET per object', () => {
    const [by_day] = costs(1e9, 1_000);
    expect(by_day?.athena).toBeCloseTo(2.5, 2);
    // 1,000,000 objects are read once and listed twice.
    expect(by_day?.s3).toBeCloseTo(0.4 + 0.01, 2);
    expect([by_day?.lambda, by_day?.events]).toEqual([0, 0]);
  });

  test('by a function scans no raw line, but closes each day', () => {
    const [, , by_timer] = costs(1e9, 1_000);
    expect(by_timer?.athena).toBeCloseTo((1.5 * 20e9 * 5) / 1e12, 2);
  });

  test('grows with the objects where each is an event', () => {
    const [small, large] = [costs(1e9, 200), costs(1e9, 20_000)].map(([, , , by_arrival]) => by_arrival);
    const objects = [5e6, 5e4];
    // An event, its message, and the receipts and deletions of ten messages each.
    expect((small?.events ?? 0) - (large?.events ?? 0)).toBeCloseTo(
      (((objects[0] ?? 0) - (objects[1] ?? 0)) / 1e6) * 1.48,
      6,
    );
  });

  test('adds up', () => {
    for (const cost of costs(1e8, 200)) {
      const { total, ...parts } = cost ?? { total: Number.NaN };
      expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBeCloseTo(total, 10);
    }
  });
});
