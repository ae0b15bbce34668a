import { expect, test } from '@jest/globals';
import { jsonValue, numberOrZero, toNumber } from '../../lib/model/value.ts';

const LARGE = 2n ** 53n + 1n;

test.each([
  [5n, 5],
  [LARGE, String(LARGE)],
  [-LARGE, String(-LARGE)],
  [1.5, 1.5],
  ['', ''],
  [false, false],
  [null, null],
])('%p is %p in JSON', (value, expected) => {
  expect(jsonValue(value)).toBe(expected);
});

test.each([5, 0, -1.5])('%d is the same after JSON', (value) => {
  expect(Number(toNumber(jsonValue(value) ?? 0))).toBe(value);
});

test('an integer beyond 2^53 is exact after JSON', () => {
  expect(toNumber(jsonValue(LARGE) ?? 0)).toBe(LARGE);
  expect(toNumber('1.5')).toBe(1.5);
});

test('NULL and a missing value count as 0', () => {
  expect([null, undefined, 7n, '12', 1.5].map(numberOrZero)).toEqual([0, 0, 7, 12, 1.5]);
});
