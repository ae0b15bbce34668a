import type { DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { applies } from '../../lib/sections/applies.ts';
import { loadSections } from '../../lib/sections/catalogue.ts';
import { answersIn } from './answers/answers-in.ts';
import { expectAnswer } from './answers/table.ts';
import { columnTypes, openRequests } from './database.ts';
import { A_MONTH } from './month-rows.ts';
import { A_WEB_DAY } from './web-day-rows.ts';

/* What each section answers over hand-made rows, worked out by hand: the tables of test/sections/answers. */

/** Sections without rows for the day; each has a separate test. */
const ELSEWHERE = [
  ...['unusual-hours', 'scanners', 'attack-signatures', 'targets', 'target-answers'],
  ...['levels', 'applications', 'messages', 'lines-by-day', 'lines-by-hour'],
];

const ROWS = [
  { name: 'a month of S3 logs', folder: 'month', rows: A_MONTH, isStorage: true, elsewhere: [] },
  { name: 'a day of web logs', folder: 'web-day', rows: A_WEB_DAY, isStorage: false, elsewhere: ELSEWHERE },
] as const;

for (const { name, folder, rows, isStorage, elsewhere } of ROWS) {
  const sections = loadSections().filter((section) => applies(section, 'storage') === isStorage);
  const answers = await answersIn(folder);

  describe(name, () => {
    let connection: DuckDBConnection;
    beforeAll(async () => {
      connection = await openRequests(rows);
    });

    test('has a table for every section', () => {
      expect(sections.map(({ id }) => id).sort()).toEqual([...Object.keys(answers), ...elsewhere].sort());
    });

    test.each(sections.filter(({ id }) => id in answers))('$id', async (section) => {
      await expectAnswer(connection, section, answers[section.id]);
    });

    test.each(sections)('$id returns the columns it declares', async (section) => {
      const declared = section.columns.map(({ name: column, type }) => `${column} ${type}`);
      expect(await columnTypes(connection, section)).toEqual(declared);
    });
  });
}
