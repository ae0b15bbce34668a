import { describe, expect, test } from '@jest/globals';
import { loadSections } from '../../lib/sections/catalogue.ts';
import { readsPreviousPeriod } from '../../lib/sections/tables.ts';
import { expectAnswer, table } from './answers/table.ts';
import { answerRows, openRequests, type RequestRow, sectionOf } from './database.ts';

/** Requests of a log that writes no more than time, method and path. */
const BARE: RequestRow[] = [8, 9, 9, 12].map((hour) => ({
  source: 'site',
  day: '2026-03-05',
  time: `2026-03-05 ${String(hour).padStart(2, '0')}:00:00`,
  method: 'GET',
  path: `/${hour}`,
}));

const sections = loadSections();

describe('a figure that no line contains', () => {
  test.each(sections.filter((section) => !readsPreviousPeriod(section)))('is NULL in $id, not 0', async (section) => {
    const counts = ['hour', 'requests', 'change_percent', 'requests_without_value', 'callers', 'clients'];
    for (const row of await answerRows(await openRequests(BARE), section)) {
      const zeros = Object.entries(row).filter(([name, value]) => value === 0 && !counts.includes(name));
      expect(zeros).toEqual([]);
    }
  });

  test('is unknown in the overview', async () => {
    const [row = {}] = await answerRows(await openRequests(BARE), sectionOf('overview'));
    const known = Object.entries(row).filter(([, value]) => value !== null);
    expect(Object.fromEntries(known)).toEqual({ requests: 4, lines: 4 });
  });

  test('is unknown for one group, and known for another', async () => {
    const told = { ...BARE[0], method: 'POST', status: 200, bytes_sent: 0, client_ip: '192.0.2.1' };
    await expectAnswer(
      await openRequests([...BARE, told]),
      sectionOf('methods'),
      table`
        method | requests | clients | bytes_sent | errors | error_percent | last_seen
        GET    |        4 |    null |       null |   null |          null | 2026-03-05 12:00
        POST   |        1 |       1 |          0 |      0 |             0 | 2026-03-05 08:00`,
    );
  });
});

describe('the error rate', () => {
  const known = [200, 404].map((status) => ({
    ...BARE[0],
    host: 'shop.example.com',
    status,
    operation: 'REST.GET.OBJECT',
  }));
  const rows = [...BARE.map((row) => ({ ...row, host: 'shop.example.com', operation: 'REST.GET.OBJECT' })), ...known];

  test.each(['overview', 'methods', 'operations', 'hosts', 'daily-summary', 'errors-by-hour', 'top-endpoints'])(
    'is that of requests whose status is known, in %s',
    async (id) => {
      const rates = (await answerRows(await openRequests(rows), sectionOf(id))).map((row) => row.error_percent);
      expect(rates).toContain(50);
      expect(rates.every((rate) => rate === 50 || rate === null)).toBe(true);
    },
  );

  test('of an hour without a known status is unknown', async () => {
    const answer = await answerRows(await openRequests(rows), sectionOf('hours'));
    expect(answer.map((row) => row.error_percent)).toEqual([50, null, null, null, null]);
  });
});
