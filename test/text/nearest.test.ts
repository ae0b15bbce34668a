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
])('did you mean: for %.20s it is %s', (word, meant) => {
  expect(nearest(word, ['sources', 'sections', 'frequency', 'recipients'])).toBe(meant);
});
