import { describe, expect, test } from '@jest/globals';
import { answerRows, openRequests, sectionOf } from './database.ts';

describe('unusual hours', () => {
  /** A day of 10 or 12 requests an hour that take 100 or 102 ms, but for noon. */
  const usual = Array.from({ length: 24 }, (_, hour) =>
    Array.from({ length: hour === 12 ? 100 : 10 + 2 * (hour % 2) }, () => ({
      source: 'site',
      day: '2026-03-05',
      time: `2026-03-05 ${String(hour).padStart(2, '0')}:30:00`,
      duration_ms: 100 + 2 * (hour % 2),
    })),
  ).flat();

  test('are far from the median, in standard or median absolute deviations', async () => {
    // 12 hours lie at the median itself, so that the median deviation is 0 and there is no robust score.
    // Median 10 and median deviation 0 or 2: of 24 hours, 12 have 10 requests or more deviate by 2.
    const rows = await answerRows(await openRequests(usual), sectionOf('unusual-hours'));
    expect(rows).toEqual([
      {
        hour: '2026-03-05 12:00',
        measure: 'requests',
        figure: 100,
        usual: 12,
        z_score: expect.any(Number),
        robust_score: null,
      },
    ]);
    // Mean (11 * 10 + 12 * 12 + 100) / 24 = 14.75; mean square 352.8; deviation sqrt(352.83 - 14.75^2) = 17.79.
    expect(rows[0]?.z_score).toBeCloseTo(85.25 / Math.sqrt((11 * 4.75 ** 2 + 12 * 2.75 ** 2 + 85.25 ** 2) / 24), 6);
  });

  test('are not reported for less than half a day', async () => {
    const short = usual.filter(({ time }) => time >= '2026-03-05 12:00' && time < '2026-03-05 23:00');
    expect(await answerRows(await openRequests(short), sectionOf('unusual-hours'))).toEqual([]);
  });

  test('a few extreme hours do not hide each other', async () => {
    const slow = Array.from({ length: 24 }, (_, hour) => ({
      source: 'site',
      day: '2026-03-05',
      time: `2026-03-05 ${String(hour).padStart(2, '0')}:30:00`,
      duration_ms: hour >= 20 ? 5000 : 100 + hour,
    }));
    const rows = await answerRows(await openRequests(slow), sectionOf('unusual-hours'));
    expect(rows.map(({ hour, measure, figure, usual: median }) => ({ hour, measure, figure, median }))).toEqual(
      [20, 21, 22, 23].map((hour) => ({
        hour: `2026-03-05 ${hour}:00`,
        measure: 'mean response time, ms',
        figure: 5000,
        median: 111,
      })),
    );
    // Median 111, median deviation 6: the z scores are below 3, the robust ones are not.
    expect(rows[0]?.z_score).toBeLessThan(3);
    expect(rows[0]?.robust_score).toBeCloseTo((0.6745 * (5000 - 111)) / 6, 6);
  });
});
