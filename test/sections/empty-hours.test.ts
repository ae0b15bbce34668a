import { describe, expect, test } from '@jest/globals';
import { loadSections } from '../../lib/sections/catalogue.ts';
import type { Section } from '../../lib/sections/section.ts';
import { answer, MARCH, openRequests, type RequestRow } from './database.ts';

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
    const rows = await answer(await openRequests(threeDays([30])), section('unusual-hours'));
    expect(rows.map(([hour, measure, figure]) => [hour, measure, figure])).toEqual([[nameOf(30), 'requests', 0]]);
    const [[, , , usual, z_score, robust_score] = []] = rows;
    expect(usual).toBe(100);
    // 71 hours of 95 to 105 and one of 0: the mean is near 98.6, the standard deviation near 12.
    expect(Number(z_score)).toBeCloseTo(-8.1, 0);
    // The median deviation is 3.
    expect(robust_score).toBeCloseTo((-0.6745 * 100) / 3, 6);
  });

  test('so is each hour of a longer one', async () => {
    const rows = await answer(await openRequests(threeDays([30, 31, 50])), section('unusual-hours'));
    expect(rows.map(([hour, , figure]) => [hour, figure])).toEqual([30, 31, 50].map((hour) => [nameOf(hour), 0]));
  });

  test('hours before the first request and after the last one are not looked at', async () => {
    const rows = threeDays([...[0, 1, 2], ...[69, 70, 71]]);
    expect(await answer(await openRequests(rows), section('unusual-hours'))).toEqual([]);
    expect(await answer(await openRequests(rows), section('hours'))).toHaveLength(66);
  });

  test('another source does not fill the hour', async () => {
    const rows = [...threeDays([30]), requestAt(30, 'bucket')];
    const scope = { ...MARCH, sources: ['site', 'bucket'], kinds: { site: 'web', bucket: 'storage' } } as const;
    const found = await answer(await openRequests(rows), section('unusual-hours'), scope);
    expect(found.map(([hour, , figure]) => [hour, figure])).toEqual([[nameOf(30), 0]]);
  });

  test('where most hours are empty, as for a small site, an empty hour is usual and the others are compared', async () => {
    const few = threeDays([]).filter(({ time }) => / (08|09|10|11|12|13|14|15):/.test(String(time)));
    const burst = Array.from({ length: 900 }, () => requestAt(34, 'site'));
    expect(await answer(await openRequests(few), section('unusual-hours'))).toEqual([]);
    const found = await answer(await openRequests([...few, ...burst]), section('unusual-hours'));
    expect(found.map(([hour, measure]) => [hour, measure])).toEqual([[nameOf(34), 'requests']]);
  });

  test('its mean time and error rate are unknown, and so is the change of the hour after it', async () => {
    const rows = await answer(await openRequests(threeDays([30, 31])), section('hours'));
    expect(rows).toHaveLength(72);
    const before = rows[29]?.[1];
    expect(rows.slice(30, 33)).toEqual([
      [nameOf(30), 0, -100, 0, 0, 0, null],
      [nameOf(31), 0, null, 0, 0, 0, null],
      [nameOf(32), expect.any(Number), null, expect.any(Number), 0, 0, 0],
    ]);
    expect(before).toBeGreaterThan(90);
  });

  test('a gap of more than a year is a wrong clock, not an outage', async () => {
    const late = { ...requestAt(71, 'site'), time: '2099-01-01 00:00:00' };
    const rows = await answer(await openRequests([...threeDays([]), late]), section('hours'));
    expect(rows).toHaveLength(73);
    expect(rows[72]).toEqual(['2099-01-01 00:00', 1, null, 10, 0, 0, 0]);
  });
});

function section(id: string): Section {
  const found = loadSections().find((candidate) => candidate.id === id);
  if (!found) throw new Error(`there is no section ${id}`);
  return found;
}
