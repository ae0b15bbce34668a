import { describe, expect, test } from '@jest/globals';
import { formatFigure, formatValue, isFigure } from '../../lib/text/format-value.ts';

describe('figures', () => {
  test.each([
    [0n, 'bytes', '0 B', '0 bytes'],
    [1n, 'bytes', '1 B', '1 byte'],
    [1023n, 'bytes', '1,023 B', '1,023 bytes'],
    [1024n, 'bytes', '1 KiB', '1,024 bytes'],
    [1_048_575n, 'bytes', '1 MiB', '1,048,575 bytes'],
    [1_234_567n, 'bytes', '1.18 MiB', '1,234,567 bytes'],
    [-1536n, 'bytes', '-1.5 KiB', '-1,536 bytes'],
    [9_223_372_036_854_775_807n, 'bytes', '8 EiB', '9,223,372,036,854,775,807 bytes'],
    [1234567, 'count', '1,234,567', '1,234,567'],
    [9_007_199_254_740_993n, 'count', '9,007,199,254,740,993', '9,007,199,254,740,993'],
    [2.345678, 'count', '2.35', '2.345678'],
    [0.1234, 'ms', '0.12 ms', '0.1234 ms'],
    [999.4, 'ms', '999 ms', '999.4 ms'],
    [1352.4, 'ms', '1.35 s', '1,352.4 ms'],
    [90_000, 'ms', '1.5 min', '90,000 ms'],
    [7_200_000, 'ms', '2 h', '7,200,000 ms'],
    [0, 'usd', '$0.00', '0 USD'],
    [0.0042316, 'usd', '$0.004232', '0.0042316 USD'],
    [0.00000001, 'usd', '<$0.000001', '0.00000001 USD'],
    [1234.567, 'usd', '$1,234.57', '1,234.567 USD'],
    [-1.2, 'usd', '-$1.20', '-1.2 USD'],
    [0, 'percent', '0%', '0%'],
    [0.001, 'percent', '<0.01%', '0.001%'],
    [12.3456, 'percent', '12.3%', '12.3456%'],
  ] as const)('%s %s reads %s', (value, unit, text, exact) => {
    expect(formatFigure(value, unit)).toEqual({ text, exact });
  });
});

describe('values by column', () => {
  test('times are in UTC, to the second, and exact to the millisecond', () => {
    expect(formatValue(Date.UTC(2026, 1, 28, 23, 59, 59, 7), { type: 'timestamp' })).toEqual({
      text: '2026-02-28 23:59:59',
      exact: '2026-02-28T23:59:59.007Z',
    });
    expect(formatValue(Number.NaN, { type: 'timestamp' }).text).toBe('invalid time');
  });

  test('days and hours', () => {
    expect(formatValue(Date.UTC(2026, 9, 1), { type: 'date', unit: 'day' }).text).toBe('2026-10-01');
    expect(formatValue('2026-10-01', { type: 'varchar', unit: 'day' }).text).toBe('2026-10-01');
    expect(formatValue(7, { type: 'integer', unit: 'hour' }).text).toBe('07:00');
  });

  test('NULL and empty text look different', () => {
    expect(formatValue(null, { type: 'varchar' }).text).toBe('–');
    expect(formatValue('', { type: 'varchar' }).text).toBe('(empty)');
  });

  test('integers beyond 2^53 that JSON holds as digits are exact', () => {
    expect(formatValue('9007199254740993', { type: 'bigint', unit: 'count' }).text).toBe('9,007,199,254,740,993');
  });

  test('a number without a unit, such as a status code, is a label', () => {
    expect(isFigure({ type: 'integer' })).toBe(false);
    expect(formatValue(1403, { type: 'integer' }).text).toBe('1403');
    expect(isFigure({ type: 'integer', unit: 'hour' })).toBe(false);
    expect(isFigure({ type: 'bigint', unit: 'count' })).toBe(true);
    expect(isFigure({ type: 'double' })).toBe(true);
    expect(formatValue(1.5796703296703296, { type: 'double' }).text).toBe('1.58');
  });

  test('booleans', () => {
    expect(formatValue(false, { type: 'boolean' }).text).toBe('no');
  });
});
