import { expect, test } from '@jest/globals';
import { RepeatedRows } from '../../../lib/lake/duckdb/repeated-rows.ts';

test('rows that have the key of an earlier one are found, whenever that came', () => {
  const rows = new RepeatedRows();
  rows.add(Float64Array.of(7, Number.NaN, 2 ** 52 - 1, 7, Number.NaN));
  // Enough keys to enlarge the set several times; they differ in the same low bits.
  rows.add(Float64Array.from({ length: 10_000 }, (_, index) => 1000 + index * 2 ** 36));
  rows.add(Float64Array.of(0, 2 ** 52 - 1, 7, 0));
  expect(rows.repeats).toEqual([
    { row: 3, first_row: 0 },
    { row: 10_006, first_row: 2 },
    { row: 10_007, first_row: 0 },
    { row: 10_008, first_row: 10_005 },
  ]);
});
