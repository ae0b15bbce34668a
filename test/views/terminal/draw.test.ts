import { describe, expect, test } from '@jest/globals';
import { bar, sparkline } from '../../../lib/views/terminal/draw.ts';

describe('a sparkline', () => {
  test('grows from zero to the largest value, with a dot for a missing value', () => {
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7, 8, null], 20)).toBe('▁▁▂▃▄▅▆▇█·');
  });

  test('averages values to fit the width', () => {
    expect(sparkline([1, 3, 4, 4, 8, 8, null, 8], 4)).toBe('▂▄██');
    expect(
      sparkline(
        Array.from({ length: 92 }, (_, index) => index),
        31,
      ),
    ).toHaveLength(31);
  });

  test.each([[[]], [[0, 0]], [[null]], [[1e300, 1]]])('draws %j', (values) => {
    expect(sparkline(values, 10)).toHaveLength(values.length);
  });
});

test('a bar is as long as its share, and any share above 0 is visible', () => {
  expect([1, 0.5, 0.0625, 0.0001, 0, 2, -1].map((share) => bar(share, 4))).toEqual([
    '████',
    '██',
    '▎',
    '▏',
    '',
    '████',
    '',
  ]);
});
