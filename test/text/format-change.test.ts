import { expect, test } from '@jest/globals';
import type { Unit } from '../../lib/model/columns.ts';
import { changeBetween, formatChange } from '../../lib/text/format-change.ts';

test.each<[number | bigint, number | bigint, Unit, string]>([
  [1123, 1000, 'count', '▲ 12.3% (+123)'],
  [500, 1000, 'count', '▼ 50% (-500)'],
  [7, 7, 'count', '= no change'],
  [5, 0, 'count', '▲ +5'],
  [0, 5, 'count', '▼ 100% (-5)'],
  [100_001, 100_000, 'count', '▲ <0.1% (+1)'],
  [50_000, 100, 'count', '▲ 49,900% (+49,900)'],
  [9_007_199_254_740_994n, 9_007_199_254_740_993n, 'count', '▲ <0.1% (+1)'],
  [2_147_483_648n, 1_073_741_824n, 'bytes', '▲ 100% (+1 GiB)'],
  [0.99, 0.58, 'percent', '▲ +0.41 points'],
  [0.5, 1.5, 'percent', '▼ -1 points'],
  [36.1, 34.5, 'ms', '▲ 4.6% (+1.6 ms)'],
])('%s after %s %s reads %s', (now, before, unit, text) => {
  expect(formatChange(changeBetween(now, before, unit))).toBe(text);
});
