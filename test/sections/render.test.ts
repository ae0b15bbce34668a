import { describe, expect, test } from '@jest/globals';
import { loadSections } from '../../lib/sections/catalogue.ts';
import { renderSection } from '../../lib/sections/render.ts';
import type { Section } from '../../lib/sections/section.ts';
import { answer, MARCH, openRequests } from './database.ts';
import { A_MONTH } from './month-rows.ts';

function section(sql: string): Section {
  return { id: 'test', title: 'Test', description: 'What?', group: 'Traffic', order: 1, columns: [], sql };
}

describe('what a section reads', () => {
  test('the rows of its sources in the period, including its first and last day', async () => {
    const connection = await openRequests(A_MONTH);
    const count = section('SELECT count(*) AS requests FROM requests');
    expect(await answer(connection, count)).toEqual([[17]]);
    expect(await answer(connection, count, { ...MARCH, sources: ['site', 'another'] })).toEqual([[18]]);
    expect(await answer(connection, count, { ...MARCH, sources: ["site' OR ''='"] })).toEqual([[0]]);
    const oneDay = { ...MARCH.period, from: '2026-03-09', to: '2026-03-09' };
    expect(await answer(connection, count, { ...MARCH, period: oneDay })).toEqual([[1]]);
  });

  test('the previous period, if it uses it', async () => {
    const both = 'SELECT (SELECT count(*) FROM requests) AS now, (SELECT count(*) FROM requests_before) AS before';
    expect(await answer(await openRequests(A_MONTH), section(both))).toEqual([[17, 15]]);
  });

  test('the requests, or all records if it uses those', async () => {
    const message = { source: 'site', day: '2026-03-02', record_kind: 'message' };
    const connection = await openRequests([...A_MONTH, message]);
    expect(await answer(connection, section('SELECT count(*) AS requests FROM requests'))).toEqual([[17]]);
    const records = section('SELECT count(*) AS records, count(record_kind) AS kinds FROM records');
    expect(await answer(connection, records)).toEqual([[22, 5]]);
    const both = 'SELECT count(*) AS records, (SELECT count(*) FROM requests) AS requests FROM records';
    expect(await answer(connection, section(both))).toEqual([[22, 17]]);
    expect(renderSection(section(both), MARCH).parameters).toEqual([
      ...['site', '2026-03-01', '2026-03-31'],
      ...['site', '2026-03-01', '2026-03-31'],
    ]);
  });

  test('only the period, if just a column is named requests_before', () => {
    const { parameters } = renderSection(section('SELECT count(*) AS requests_before FROM requests'), MARCH);
    expect(parameters).toEqual(['site', '2026-03-01', '2026-03-31']);
  });

  test('its own CTEs follow the rendered ones', async () => {
    const own = section('WITH mine AS (SELECT status FROM requests) SELECT max(status) AS status FROM mine');
    expect(await answer(await openRequests(A_MONTH), own)).toEqual([[503]]);
  });
});

describe('the statement', () => {
  test('has sources and days as parameters, in the order of its question marks', () => {
    const { parameters } = renderSection(section('SELECT 1 FROM requests CROSS JOIN requests_before'), {
      ...MARCH,
      sources: ['a', 'b'],
    });
    expect(parameters).toEqual([...['a', 'b', '2026-03-01', '2026-03-31'], ...['a', 'b', '2026-02-01', '2026-02-28']]);
  });

  test.each([
    [1000, '1E3'],
    [0.0004, '4E-4'],
    [0, '0E0'],
    [1234.5, '1.2345E3'],
  ])('writes the setting %d as the double %s', (slow_ms, literal) => {
    const settings = { ...MARCH.settings, slow_ms };
    const { sql } = renderSection(section('SELECT {{slow_ms}} AS limit_ms FROM requests'), { ...MARCH, settings });
    expect(sql).toContain(`SELECT ${literal} AS limit_ms`);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, -1, "1' OR" as unknown as number])(
    'refuses the setting %s',
    (slow_ms) => {
      const settings = { ...MARCH.settings, slow_ms };
      expect(() => renderSection(section('SELECT {{slow_ms}}'), { ...MARCH, settings })).toThrow(
        /slow_ms must be a number/,
      );
    },
  );

  test('refuses a placeholder that is not a setting, and names the section', () => {
    expect(() => renderSection(section('SELECT {{user}}'), MARCH)).toThrow(
      /section test: \{\{user\}\} is not a measure, nor one of slow_ms/,
    );
  });

  test.each(['', 'Logtally', 'a;b', 'a.b', '"a"', '1a'])('refuses the database %j', (database) => {
    expect(() => renderSection(section('SELECT 1'), { ...MARCH, database })).toThrow(/database/);
  });

  test('refuses a report without a source', () => {
    expect(() => renderSection(section('SELECT 1'), { ...MARCH, sources: [] })).toThrow(/at least one source/);
  });

  test('reads each table once, because Athena evaluates a CTE each time it is used', () => {
    for (const { id, sql } of loadSections()) {
      const named = sql.match(/\b(FROM|JOIN) requests(_before)?\b/g) ?? [];
      expect([id, new Set(named).size]).toEqual([id, named.length]);
    }
  });
});
