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

  test('means the period that was complete when it was due, with the settings of the configuration', () => {
    const request = reportRequest(config, { report: 'website', scheduled_time: '2026-09-03T04:00:00Z' }, now);
    expect(request).toEqual({
      report: config.reports.website,
      period: { kind: 'monthly', from: '2026-08-01', to: '2026-08-31' },
      select_all: true,
      email: true,
      remove_meta: false,
      remove_original_logs: false,
      publish_empty: true,
      whole_input: false,
    });
  });

  test("is due on the day in the configuration's time zone", () => {
    const { period } = reportRequest(config, { scheduled_time: '2026-08-31T22:30:00Z' }, now);
    expect(period.from).toBe('2026-08-01');
  });
});

describe('an event that is sent by hand', () => {
  test('may be empty: then the last period is reported, without mail', () => {
    const { period, email } = reportRequest(configOf({}), {}, now);
    expect(period).toEqual({ kind: 'monthly', from: '2026-10-01', to: '2026-10-31' });
    expect(email).toBe(false);
  });

  test('can choose days and all other settings', () => {
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

  test('can choose another frequency', () => {
    expect(reportRequest(configOf({}), { frequency: 'quarterly' }, now).period.from).toBe('2026-07-01');
  });
});

describe('an event is refused', () => {
  test.each([
    ['an unknown key', { dates: ['2026-10-01', '2026-10-31'] }, /"dates"/],
    ['an unknown report', { report: 'websit' }, /unknown report "websit".*website/],
    ['a frequency and a date range', { frequency: 'weekly', date_range: ['2026-10-01', '2026-10-02'] }, /exclude/],
    ['an unknown frequency', { frequency: 'daily' }, /"weekly".*\n.*at frequency/],
    ['a date that does not exist', { date_range: ['2026-02-30', '2026-03-01'] }, /"2026-02-30" is not a date/],
    ['dates in the wrong order', { date_range: ['2026-03-02', '2026-03-01'] }, /ends before it starts/],
    ['half a range', { date_range: ['2026-10-01'] }, /at date_range/],
    ['text instead of a boolean', { email: 'false' }, /at email/],
    ['a time that is not valid', { scheduled_time: '<aws.scheduler.scheduled-time>' }, /at scheduled_time/],
    ['text instead of an object', 'website', /expected object/],
  ])('for %s', (_, event, reason) => {
    expect(() => reportRequest(configOf({}), event, now)).toThrow(reason);
  });

  test('if it names none of several reports', () => {
    expect(() => reportRequest(configOf({ reports: 'a: {}, b: {}' }), {}, now)).toThrow(/name one of a, b/);
  });
});
