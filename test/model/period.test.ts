import { describe, expect, test } from '@jest/globals';
import {
  addDays,
  dateRange,
  daysOf,
  type Frequency,
  isDay,
  type Period,
  periodBefore,
  periodOf,
  periodOfRequest,
  today,
} from '../../lib/model/period.ts';

const span = ({ from, to }: Period) => `${from} ${to}`;

describe('the last complete period', () => {
  test.each<[string, Frequency, string, string]>([
    ['on a Monday, the week that ended the day before', 'weekly', '2026-11-02', '2026-10-26 2026-11-01'],
    ['on a Sunday, not the week that is still running', 'weekly', '2026-11-01', '2026-10-19 2026-10-25'],
    ['in the middle of a week', 'weekly', '2026-11-05', '2026-10-26 2026-11-01'],
    ['ISO week 53, which spans the year end', 'weekly', '2021-01-05', '2020-12-28 2021-01-03'],
    ['ISO week 1, which begins in the old year', 'weekly', '2026-01-06', '2025-12-29 2026-01-04'],
    ['on 1 January in the middle of a week', 'weekly', '2026-01-01', '2025-12-22 2025-12-28'],
    ['the week of a leap day', 'weekly', '2024-03-04', '2024-02-26 2024-03-03'],
    ['on the first of a month', 'monthly', '2026-11-01', '2026-10-01 2026-10-31'],
    ['on the last of a month', 'monthly', '2026-10-31', '2026-09-01 2026-09-30'],
    ['a month across the year end', 'monthly', '2026-01-03', '2025-12-01 2025-12-31'],
    ['February of a leap year', 'monthly', '2024-03-31', '2024-02-01 2024-02-29'],
    ['February of a common year', 'monthly', '2026-03-31', '2026-02-01 2026-02-28'],
    ['February 2000, a leap year after all', 'monthly', '2000-03-01', '2000-02-01 2000-02-29'],
    ['on the first day of a quarter', 'quarterly', '2026-10-01', '2026-07-01 2026-09-30'],
    ['on the last day of a quarter', 'quarterly', '2026-09-30', '2026-04-01 2026-06-30'],
    ['the quarter with a leap day', 'quarterly', '2024-04-03', '2024-01-01 2024-03-31'],
    ['a quarter across the year end', 'quarterly', '2026-01-03', '2025-10-01 2025-12-31'],
    ['on the last day of a year', 'quarterly', '2026-12-31', '2026-07-01 2026-09-30'],
  ])('%s', (_, frequency, day, expected) => {
    const period = periodOf(frequency, day);
    expect(span(period)).toBe(expected);
    expect(period.kind).toBe(frequency);
  });

  test.each<[Frequency, string, string]>([
    ['weekly', '2026-11-03', '2026-11-08'],
    ['monthly', '2026-11-03', '2026-11-30'],
    ['quarterly', '2026-10-03', '2026-12-31'],
  ])('is the same for a %s schedule due on %s, however late in the period it starts', (frequency, due, last) => {
    expect(periodOf(frequency, last)).toEqual(periodOf(frequency, due));
  });
});

describe('the period before', () => {
  test.each<[Frequency, string, string]>([
    ['weekly', '2021-01-05', '2020-12-21 2020-12-27'],
    ['monthly', '2024-04-03', '2024-02-01 2024-02-29'],
    ['monthly', '2026-02-03', '2025-12-01 2025-12-31'],
    ['quarterly', '2026-04-03', '2025-10-01 2025-12-31'],
  ])('of the %s period before %s', (frequency, day, expected) => {
    const before = periodBefore(periodOf(frequency, day));
    expect(span(before)).toBe(expected);
    expect(before.kind).toBe(frequency);
  });

  test.each([
    ['2024-02-29', '2024-03-01', '2024-02-27 2024-02-28'],
    ['2026-01-01', '2026-01-01', '2025-12-31 2025-12-31'],
    ['2026-01-01', '2026-12-31', '2025-01-01 2025-12-31'],
  ])('of the range %s to %s has as many days', (from, to, expected) => {
    expect(periodBefore(dateRange(from, to))).toEqual({
      kind: 'date_range',
      from: expected.slice(0, 10),
      to: expected.slice(11),
    });
  });
});

describe('a date range', () => {
  test('includes both ends', () => {
    expect(daysOf(dateRange('2024-02-28', '2024-03-01'))).toEqual(['2024-02-28', '2024-02-29', '2024-03-01']);
    expect(daysOf(dateRange('2026-05-05', '2026-05-05'))).toEqual(['2026-05-05']);
  });

  test.each([
    '2026-02-30',
    '2026-02-29',
    '2026-13-01',
    '2026-04-31',
    '2026-00-10',
    '26-01-01',
    '2026-1-1',
    '20260101',
    '',
  ])('refuses %j as a date, by its value', (text) => {
    expect(isDay(text)).toBe(false);
    expect(() => dateRange(text, '2026-12-31')).toThrow(JSON.stringify(text));
    expect(() => dateRange('2026-01-01', text)).toThrow(JSON.stringify(text));
  });

  test.each(['2026-01-01T00:00:00Z', ' 2026-01-01', '2026-01-01\n', "2026-01-01' OR '1'='1"])(
    'refuses %j, which is more than a date',
    (text) => {
      expect(() => dateRange(text, '2026-12-31')).toThrow(RangeError);
    },
  );

  test('refuses the wrong order and a mistyped year', () => {
    expect(() => dateRange('2026-03-02', '2026-03-01')).toThrow('2026-03-02 to 2026-03-01 ends before it starts');
    expect(() => dateRange('1026-03-01', '2026-03-01')).toThrow('longer than ten years');
    expect(daysOf(dateRange('2016-01-01', '2025-12-31'))).toHaveLength(3653);
  });
});

describe('a request', () => {
  test('is monthly by default, or the frequency of the report', () => {
    expect(periodOfRequest({}, '2026-11-03')).toEqual({ kind: 'monthly', from: '2026-10-01', to: '2026-10-31' });
    expect(periodOfRequest({}, '2026-11-03', 'weekly')).toEqual({
      kind: 'weekly',
      from: '2026-10-26',
      to: '2026-11-01',
    });
  });

  test('names a frequency or a range', () => {
    expect(periodOfRequest({ frequency: 'quarterly' }, '2026-11-03', 'weekly').kind).toBe('quarterly');
    expect(periodOfRequest({ date_range: ['2026-10-01', '2026-10-02'] }, '2026-11-03')).toEqual({
      kind: 'date_range',
      from: '2026-10-01',
      to: '2026-10-02',
    });
  });

  test('is refused when it names both', () => {
    const request = { frequency: 'weekly', date_range: ['2026-10-01', '2026-10-02'] } as const;
    expect(() => periodOfRequest(request, '2026-11-03')).toThrow(
      'the frequency weekly and the date range 2026-10-01 to 2026-10-02 exclude each other',
    );
  });
});

describe('days', () => {
  test('are counted across a change of clocks, months and years', () => {
    expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2024-03-01', -1)).toBe('2024-02-29');
  });

  test.each([
    ['UTC', '2026-10-31T23:59:59.999Z', '2026-10-31'],
    ['Europe/Berlin, summer time, is two hours ahead', '2026-10-24T22:00:00Z', '2026-10-25'],
    ['Europe/Berlin, the minute before', '2026-10-24T21:59:00Z', '2026-10-24'],
    ['Europe/Berlin, winter time, is one hour ahead', '2026-10-25T22:59:00Z', '2026-10-25'],
    ['Europe/Berlin, an hour later the next day begins', '2026-10-25T23:00:00Z', '2026-10-26'],
    ['America/New_York, the day before its clocks change', '2026-03-08T04:59:00Z', '2026-03-07'],
    ['America/New_York, after its clocks changed', '2026-03-09T03:59:00Z', '2026-03-08'],
    ['Pacific/Kiritimati is a day ahead', '2026-10-31T10:00:00Z', '2026-11-01'],
    ['Asia/Kathmandu is 5:45 ahead', '2026-10-31T18:15:00Z', '2026-11-01'],
  ])('today in %s', (zone, now, expected) => {
    expect(today(new Date(now), zone.replace(/[, ].*/, ''))).toBe(expected);
  });

  test('today in no known time zone is refused by its name', () => {
    expect(() => today(new Date(0), 'Europe/Atlantis')).toThrow('Europe/Atlantis');
  });
});
