import { describe, expect, test } from '@jest/globals';
import { parseFilter, parseGroups } from '../../lib/sections/filter/parse.ts';
import { groupSection } from '../../lib/sections/group-by.ts';
import { renderSection } from '../../lib/sections/render.ts';
import { faultsOf } from '../sql/trino.ts';
import { expectAnswer, table } from './answers/table.ts';
import { answerRows, columnTypes, MARCH, openRequests, type RequestRow } from './database.ts';
import { A_WEB_DAY } from './web-day-rows.ts';

describe('requests by group', () => {
  test('by a query parameter', async () => {
    const section = groupSection(parseGroups('param(org)'));
    expect(section.title).toBe("By param('org')");
    await expectAnswer(
      await openRequests(A_WEB_DAY),
      section,
      table`
        group_1 | group_count | requests | clients | errors | error_percent | bytes_sent |      mean_ms | p95_ms | hit_percent
        null    |           1 |       11 |       4 |      7 |   ${700 / 11} |     100850 |           22 |     40 |          80
        42      |           1 |        3 |       3 |      0 |             0 |    2001600 | ${5800 / 3} |   4000 |           0
        7       |           1 |        1 |       1 |      1 |           100 |        100 |         2000 |   2000 |        null`,
    );
  });

  test('by several columns, for requests that match a filter', async () => {
    const scope = { ...MARCH, filter: parseFilter("param('org') is not null or path = '/'") };
    const section = groupSection(parseGroups('status, path, day'));
    expect(await answerRows(await openRequests(A_WEB_DAY), section, scope)).toMatchObject([
      { group_1: 200, group_2: '/api', group_3: '2026-03-05', group_count: 1, requests: 3 },
      { group_1: 200, group_2: '/', group_3: '2026-03-05', group_count: 1, requests: 2 },
      { group_1: 500, group_2: '/api', group_3: '2026-03-05', group_count: 1, requests: 1 },
    ]);
  });

  test('the hundred largest, and one row for all others', async () => {
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
    const section = groupSection(parseGroups('path'));
    const groups = await answerRows(await openRequests([...rows, ...rows.slice(0, 1)]), section);
    expect(groups).toHaveLength(101);
    const one = { group_count: 1, clients: 1, errors: 0, error_percent: 0, mean_ms: 1, p95_ms: 1, hit_percent: null };
    expect(groups[0]).toEqual({ ...one, group_1: '/000', requests: 2, bytes_sent: 20 });
    expect(groups[99]).toEqual({ ...one, group_1: '/099', requests: 1, bytes_sent: 10 });
    expect(groups[100]).toEqual({
      ...{ group_1: null, group_count: 30, requests: 30, clients: null, errors: 10, error_percent: 100 / 3 },
      ...{ bytes_sent: 300, mean_ms: 4, p95_ms: null, hit_percent: null },
    });
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

  test('a name that looks like SQL or YAML stays a name', async () => {
    const section = groupSection(parseGroups("param('*/ {{order}} ; --')"));
    const [first] = await answerRows(await openRequests(A_WEB_DAY), section);
    expect(first).toMatchObject({ group_1: null, group_count: 1, requests: 15 });
  });
});

describe('lines by group', () => {
  test('lines that are not requests count, too', async () => {
    const line = (minute: number, row: RequestRow): RequestRow => ({
      source: 'site',
      day: '2026-03-05',
      time: `2026-03-05 08:0${minute}:00`,
      ...row,
    });
    const connection = await openRequests([
      line(1, { message: 'started', level: 'info' }),
      line(2, { message: 'stopped', level: 'info' }),
      line(3, { method: 'GET', path: '/', status: 200 }),
    ]);
    const section = groupSection(parseGroups('record_kind, level'), 'lines');
    await expectAnswer(
      connection,
      section,
      table`
        group_1 | group_2 | group_count | lines | first_seen       | last_seen
        message | info    |           1 |     2 | 2026-03-05 08:01 | 2026-03-05 08:02
        null    | null    |           1 |     1 | 2026-03-05 08:03 | 2026-03-05 08:03`,
    );
    expect(faultsOf(renderSection(section, MARCH).sql)).toEqual([]);
  });
});
