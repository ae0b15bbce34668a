import { describe, expect, test } from '@jest/globals';
import { answerRows, MARCH, openRequests, type RequestRow, sectionOf } from './database.ts';

/** The hours of three days, with about 100 requests each that take about 100 ms; hours in `empty` have none. */
function threeDays(empty: readonly number[], source = 'site'): RequestRow[] {
  return Array.from({ length: 72 }, (_, hour) => hour)
    .filter((hour) => !empty.includes(hour))
    .flatMap((hour) => Array.from({ length: 100 + ((hour * 7) % 11) - 5 }, () => requestAt(hour, source)));
}

function requestAt(hour: number, source: string): RequestRow {
  return {
    source,
    day: `2026-03-0${1 + Math.floor(hour / 24)}`,
    time: `${nameOf(hour)}:30`,
    duration_ms: 100,
    status: 200,
    bytes_sent: 10,
  };
}

/** `2026-03-02 06:00` for hour 30. */
function nameOf(hour: number): string {
  return `2026-03-0${1 + Math.floor(hour / 24)} ${String(hour % 24).padStart(2, '0')}:00`;
}

describe('an hour without a request between the first and the last one counts as 0', () => {
  test('an outage of an hour is an unusual hour', async () => {
    const rows = await answerRows(await openRequests(threeDays([30])), sectionOf('unusual-hours'));
    expect(rows).toMatchObject([{ hour: nameOf(30), measure: 'requests', figure: 0, usual: 100 }]);
    // 71 hours of 95 to 105 and one of 0: the mean is near 98.6, the standard deviation near 12.
    expect(rows[0]?.z_score).toBeCloseTo(-8.1, 0);
    // The median deviation is 3.
    expect(rows[0]?.robust_score).toBeCloseTo((-0.6745 * 100) / 3, 6);
  });

  test('each hour of a longer outage is unusual', async () => {
    const rows = await answerRows(await openRequests(threeDays([30, 31, 50])), sectionOf('unusual-hours'));
    expect(rows).toHaveLength(3);
    expect(rows).toMatchObject([30, 31, 50].map((hour) => ({ hour: nameOf(hour), figure: 0 })));
  });

  test('hours before the first request and after the last one are left out', async () => {
    const rows = threeDays([...[0, 1, 2], ...[69, 70, 71]]);
    expect(await answerRows(await openRequests(rows), sectionOf('unusual-hours'))).toEqual([]);
    expect(await answerRows(await openRequests(rows), sectionOf('hours'))).toHaveLength(66);
  });

  test('another source does not fill the hour', async () => {
    const rows = [...threeDays([30]), requestAt(30, 'bucket')];
    const scope = { ...MARCH, sources: ['site', 'bucket'], kinds: { site: 'web', bucket: 'storage' } } as const;
    const found = await answerRows(await openRequests(rows), sectionOf('unusual-hours'), scope);
    expect(found).toMatchObject([{ hour: nameOf(30), figure: 0 }]);
  });

  test('if most hours are empty, as for a small site, empty hours are left out and the others are compared', async () => {
    const few = threeDays([]).filter(({ time }) => / (08|09|10|11|12|13|14|15):/.test(String(time)));
    const burst = Array.from({ length: 900 }, () => requestAt(34, 'site'));
    expect(await answerRows(await openRequests(few), sectionOf('unusual-hours'))).toEqual([]);
    const found = await answerRows(await openRequests([...few, ...burst]), sectionOf('unusual-hours'));
    expect(found).toMatchObject([{ hour: nameOf(34), measure: 'requests' }]);
  });

  test('its mean time and error rate are unknown, and so is the change of the hour after it', async () => {
    const rows = await answerRows(await openRequests(threeDays([30, 31])), sectionOf('hours'));
    expect(rows).toHaveLength(72);
    expect(rows[29]?.requests).toBeGreaterThan(90);
    const empty = { requests: 0, bytes_sent: 0, errors_4xx: 0, errors_5xx: 0, error_percent: null };
    expect(rows.slice(30, 32)).toEqual([
      { ...empty, hour: nameOf(30), change_percent: -100 },
      { ...empty, hour: nameOf(31), change_percent: null },
    ]);
    expect(rows[32]).toMatchObject({ hour: nameOf(32), change_percent: null, error_percent: 0 });
    expect(rows[32]?.requests).toBeGreaterThan(90);
  });

  test('a gap of more than a year is a wrong clock, not an outage', async () => {
    const late = { ...requestAt(71, 'site'), time: '2099-01-01 00:00:00' };
    const rows = await answerRows(await openRequests([...threeDays([]), late]), sectionOf('hours'));
    expect(rows).toHaveLength(73);
    expect(rows[72]).toMatchObject({ hour: '2099-01-01 00:00', requests: 1, change_percent: null, bytes_sent: 10 });
  });
});
