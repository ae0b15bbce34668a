import { describe, expect, test } from '@jest/globals';
import { parseFilter, parseGroups } from '../../lib/sections/filter/parse.ts';
import { groupSection } from '../../lib/sections/group-by.ts';
import { renderSection } from '../../lib/sections/render.ts';
import { faultsOf } from '../sql/trino.ts';
import { answer, columnTypes, MARCH, openRequests } from './database.ts';
import { A_WEB_DAY } from './web-day-rows.ts';

describe('requests by group', () => {
  test('by a query parameter', async () => {
    const section = groupSection(parseGroups('param(org)'));
    expect(section.title).toBe("By param('org')");
    expect(await answer(await openRequests(A_WEB_DAY), section)).toEqual([
      [null, 1, 11, 4, 7, 700 / 11, 100850, 22, 40, 80],
      ['42', 1, 3, 3, 0, 0, 2001600, 5800 / 3, 4000, 0],
      ['7', 1, 1, 1, 1, 100, 100, 2000, 2000, null],
    ]);
  });

  test('by several columns, of the requests that a filter leaves', async () => {
    const scope = { ...MARCH, filter: parseFilter("param('org') is not null or path = '/'") };
    const rows = await answer(await openRequests(A_WEB_DAY), groupSection(parseGroups('status, path, day')), scope);
    expect(rows.map((row) => row.slice(0, 5))).toEqual([
      [200, '/api', '2026-03-05', 1, 3],
      [200, '/', '2026-03-05', 1, 2],
      [500, '/api', '2026-03-05', 1, 1],
    ]);
  });

  test('the hundred largest, and all others as one', async () => {
    const rows = Array.from({ length: 130 }, (_, index) => ({
      path: `/${String(index).padStart(3, '0')}`,
      source: 'site',
      day: '2026-03-01',
      time: '2026-03-01 10:00:00',
      status: index < 120 ? 200 : 500,
      client_ip: '192.0.2.1',
      bytes_sent: 10,
      duration_ms: index < 100 ? 1 : 4,
    }));
    const groups = await answer(await openRequests([...rows, ...rows.slice(0, 1)]), groupSection(parseGroups('path')));
    expect(groups).toHaveLength(101);
    expect(groups[0]).toEqual(['/000', 1, 2, 1, 0, 0, 20, 1, 1, null]);
    expect(groups[99]).toEqual(['/099', 1, 1, 1, 0, 0, 10, 1, 1, null]);
    expect(groups[100]).toEqual([null, 30, 30, null, 10, 100 / 3, 300, 4, null, null]);
  });

  test.each(['time', 'status, is_download', 'day, param(org), bytes_sent', 'duration_ms'])(
    '%s is Trino that DuckDB understands, with the types it declares',
    async (text) => {
      const section = groupSection(parseGroups(text));
      const { sql, parameters } = renderSection(section, MARCH);
      expect(faultsOf(sql)).toEqual([]);
      expect(parameters.slice(3)).toEqual(section.parameters);
      const connection = await openRequests(A_WEB_DAY);
      expect(await columnTypes(connection, section)).toEqual(
        section.columns.map(({ name, type }) => `${name} ${type}`),
      );
    },
  );

  test('a name that would be SQL or YAML stays a name', async () => {
    const [first] = await answer(
      await openRequests(A_WEB_DAY),
      groupSection(parseGroups("param('*/ {{order}} ; --')")),
    );
    expect(first?.slice(0, 3)).toEqual([null, 1, 15]);
  });
});
