import { expect, test } from '@jest/globals';
import type { Period } from '../../lib/model/period.ts';
import { periodDays, periodName } from '../../lib/text/format-period.ts';

test.each<[Period['kind'], string, string, string]>([
  ['monthly', '2026-02-01', '2026-02-28', 'February 2026'],
  ['quarterly', '2026-10-01', '2026-12-31', 'Q4 2026'],
  ['weekly', '2026-10-05', '2026-10-11', '5–11 October 2026'],
  ['weekly', '2026-09-28', '2026-10-04', '28 September – 4 October 2026'],
  ['weekly', '2026-12-28', '2027-01-03', '28 December 2026 – 3 January 2027'],
  ['date_range', '2026-10-05', '2026-10-05', '5 October 2026'],
])('%s %s to %s is %s', (kind, from, to, name) => {
  expect(periodName({ kind, from, to })).toBe(name);
});

test('first and last day', () => {
  expect(periodDays({ kind: 'date_range', from: '2026-10-05', to: '2026-10-06' })).toBe('2026-10-05 to 2026-10-06');
  expect(periodDays({ kind: 'date_range', from: '2026-10-05', to: '2026-10-05' })).toBe('2026-10-05');
});
