import { DuckDBDateValue, DuckDBTimestampValue } from '@duckdb/node-api';
import { describe, expect, test } from '@jest/globals';
import { plainValue } from '../../../lib/engine/duckdb/values.ts';

describe('a value of DuckDB', () => {
  test.each([
    ['varchar', '', ''],
    ['varchar', 'a', 'a'],
    ['boolean', false, false],
    ['integer', 0, 0],
    ['bigint', 0n, 0n],
    ['bigint', 7, 7n],
    ['bigint', -(2n ** 63n), -(2n ** 63n)],
    ['double', 0.5, 0.5],
    ['double', Number.NaN, Number.NaN],
    ['timestamp', new DuckDBTimestampValue(1_791_244_838_123_456n), 1_791_244_838_123],
    ['date', new DuckDBDateValue(20_732), 1_791_244_800_000],
    ['date', null, null],
    ['bigint', null, null],
  ] as const)('of a column of type %s: %p is %p', (type, value, plain) => {
    expect(plainValue(value, type)).toBe(plain);
  });

  test.each([
    ['varchar', 1, 'the number 1 in a column of type varchar'],
    ['boolean', 'true', 'the string true in a column of type boolean'],
    ['integer', 1n, 'the bigint 1 in a column of type integer'],
    ['bigint', 2n ** 63n, 'the bigint 9223372036854775808 in a column of type bigint'],
    ['bigint', 0.5, 'the number 0.5 in a column of type bigint'],
    ['double', 1n, 'the bigint 1 in a column of type double'],
    ['timestamp', 1, 'the number 1 in a column of type timestamp'],
    ['date', new DuckDBTimestampValue(0n), 'the object 1970-01-01 00:00:00 in a column of type date'],
  ] as const)('that is none of a column of type %s is an error: %p', (type, value, message) => {
    expect(() => plainValue(value, type)).toThrow(message);
  });
});
