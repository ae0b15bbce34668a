import { describe, expect, test } from '@jest/globals';
import { addDays, type Frequency, periodOf } from '../../lib/model/period.ts';
import { DELAY_DAYS, scheduleCron } from '../../lib/model/schedule.ts';

describe('a schedule', () => {
  test.each<[Frequency, number, number, string]>([
    ['weekly', 6, 2, 'cron(0 6 ? * TUE *)'],
    ['weekly', 0, 1, 'cron(0 0 ? * MON *)'],
    ['weekly', 23, 7, 'cron(0 23 ? * SUN *)'],
    ['monthly', 6, 3, 'cron(0 6 3 * ? *)'],
    ['monthly', 5, 28, 'cron(0 5 28 * ? *)'],
    ['quarterly', 6, 3, 'cron(0 6 3 1,4,7,10 ? *)'],
  ])('%s at %d o’clock, %d days after the period', (frequency, hour, delay_days, cron) => {
    expect(scheduleCron(frequency, { hour, delay_days })).toBe(cron);
  });

  test.each<[Frequency, string]>([
    ['weekly', '2026-11-01'],
    ['monthly', '2026-01-31'],
    ['quarterly', '2025-12-31'],
  ])('of the longest delay still reports the %s period that ended on %s', (frequency, last) => {
    expect(periodOf(frequency, addDays(last, DELAY_DAYS[frequency].longest)).to).toBe(last);
  });
});
