import { expect, test } from '@jest/globals';
import { loadSections } from '../../lib/sections/catalogue.ts';
import { parseFilter } from '../../lib/sections/filter/parse.ts';
import { sharedTables } from '../../lib/sections/shared-tables.ts';
import { answer, MARCH, openRequests, sectionOf } from './database.ts';
import { A_MONTH } from './month-rows.ts';
import { A_WEB_DAY } from './web-day-rows.ts';

const SCOPES = [MARCH, { ...MARCH, filter: parseFilter("status >= 400 and path like 'a%'") }];

test.each(SCOPES)('sections answer the same from tables that are computed once', async (scope) => {
  const connection = await openRequests([...A_MONTH, ...A_WEB_DAY]);
  const shared = sharedTables(loadSections(), scope);
  expect(shared.length).toBeGreaterThan(2);
  for (const [index, { table, statement, readers }] of shared.entries()) {
    await connection.run(`CREATE TABLE kept_${index} AS ${statement.sql}`, [...statement.parameters]);
    for (const section of readers.map(sectionOf)) {
      const kept = { [table]: `kept_${index}` };
      expect(await answer(connection, section, { ...scope, kept })).toEqual(await answer(connection, section, scope));
    }
  }
});

test('a table is shared by sections that read it over the same rows, and by two or more', () => {
  const section = (id: string, table: string, applies_to?: ('storage' | 'web')[]) => ({
    ...{ ...sectionOf('methods'), id, sql: `SELECT count(*) AS requests FROM ${table}` },
    applies_to,
  });
  const scope = { ...MARCH, sources: ['site', 'files'], kinds: { site: 'web', files: 'storage' } } as const;
  const sections = [
    section('all', 'user_agents'),
    section('all too', 'user_agents'),
    section('web', 'user_agents', ['web']),
    section('one', 'objects'),
    section('none', 'requests'),
  ];
  expect(sharedTables(sections, scope).map(({ table, readers }) => [table, readers])).toEqual([
    ['user_agents', ['all', 'all too']],
  ]);
});
