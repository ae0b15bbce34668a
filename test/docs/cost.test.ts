import { describe, expect, test } from '@jest/globals';
import { costTable, type Measured, measuredIn, measuredTable, monthlyCost } from '../../bench/aws-cost.ts';
import { PAGES } from './pages.ts';

const page = PAGES.get('docs/cost.md') ?? '';

describe('docs/cost.md', () => {
  const measured = measuredIn(page);

  test('has a row for each kind of log that is measured', () => {
    expect(measured.map(({ log }) => log)).toEqual(['s3-access', 'cloudfront', 'alb']);
    expect(page).toContain(measuredTable(measured));
  });

  test('computes what it costs from what was measured', () => expect(page).toContain(costTable(measured)));
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
