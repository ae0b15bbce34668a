import { describe, expect, test } from '@jest/globals';
import { reportRequest } from '../../lambdas/report-request.ts';
import { parseConfig } from '../../lib/config/config.ts';

const MAIL = 'mail: { from: reports@example.com, recipients: [team@example.com] }';
const now = new Date('2026-11-20T12:00:00Z');

function configOf({ reports = 'website: {}', mail = MAIL }) {
  const text = `
time_zone: Europe/Berlin
sources: { website: { folder: logs } }
reports: { ${reports} }
${mail}`;
  return parseConfig(text, 'logtally.yaml', { section_ids: ['overview'] });
}

describe('a scheduled event', () => {
  const config = configOf({ reports: 'website: { select_all: true, remove_meta: false }' });

  test('means the period that was complete when it was due, and does what the config says', () => {
    const request = reportRequest(config, { report: 'website', scheduled_time: '2026-09-03T04:00:00Z' }, now);
    expect(request).toEqual({
      report: config.reports.website,
      period: { kind: 'monthly', from: '2026-08-01', to: '2026-08-31' },
      select_all: true,
      email: true,
      remove_meta: false,
      remove_original_logs: false,
    });
  });

  test("is due on the day of the config's time zone", () => {
    const { period } = reportRequest(config, { scheduled_time: '2026-08-31T22:30:00Z' }, now);
    expect(period.from).toBe('2026-08-01');
  });
});

describe('an event by hand', () => {
  test('may say nothing at all: the last period, without mail', () => {
    const { period, email } = reportRequest(configOf({}), {}, now);
    expect(period).toEqual({ kind: 'monthly', from: '2026-10-01', to: '2026-10-31' });
    expect(email).toBe(false);
  });

  test('chooses days, and everything else', () => {
    const event = {
      date_range: ['2024-02-29', '2024-03-01'],
      select_all: true,
      email: true,
      remove_meta: false,
      remove_original_logs: true,
    };
    expect(reportRequest(configOf({}), event, now)).toMatchObject({
      period: { kind: 'date_range', from: '2024-02-29', to: '2024-03-01' },
      select_all: true,
      email: true,
      remove_meta: false,
      remove_original_logs: true,
    });
  });

  test('chooses another frequency', () => {
    expect(reportRequest(configOf({}), { frequency: 'quarterly' }, now).period.from).toBe('2026-07-01');
  });
});

describe('an event is refused', () => {
  test.each([
    ['an unknown key', { dates: ['2026-10-01', '2026-10-31'] }, /"dates"/],
    ['an unknown report', { report: 'websit' }, /unknown report "websit".*website/],
    ['a frequency and a date range', { frequency: 'weekly', date_range: ['2026-10-01', '2026-10-02'] }, /exclude/],
    ['an unknown frequency', { frequency: 'daily' }, /"weekly".*\n.*at frequency/],
    ['a date that is none', { date_range: ['2026-02-30', '2026-03-01'] }, /"2026-02-30" is not a date/],
    ['dates the wrong way round', { date_range: ['2026-03-02', '2026-03-01'] }, /ends before it starts/],
    ['half a range', { date_range: ['2026-10-01'] }, /at date_range/],
    ['a word for a boolean', { email: 'false' }, /at email/],
    ['a time that is none', { scheduled_time: '<aws.scheduler.scheduled-time>' }, /at scheduled_time/],
    ['no object', 'website', /expected object/],
  ])('for %s', (_, event, reason) => {
    expect(() => reportRequest(configOf({}), event, now)).toThrow(reason);
  });

  test('when it names none of several reports', () => {
    expect(() => reportRequest(configOf({ reports: 'a: {}, b: {}' }), {}, now)).toThrow(/name one of a, b/);
  });
});
