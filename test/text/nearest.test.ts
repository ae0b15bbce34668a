import { expect, test } from '@jest/globals';
import { nearest } from '../../lib/text/nearest.ts';

test.each([
  ['frequncy', 'frequency'],
  ['Frequency', 'frequency'],
  ['recipient', 'recipients'],
  ['sorces', 'sources'],
  ['colour', undefined],
  ['', undefined],
  ['x'.repeat(100_000), undefined],
])('%.20s may have meant %s', (word, meant) => {
  expect(nearest(word, ['sources', 'sections', 'frequency', 'recipients'])).toBe(meant);
});
