import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Column } from '../../lib/columns.ts';
import type { Statement } from '../../lib/engine/engine.ts';
import { nameSql } from '../../lib/names/names-table.ts';
import { loadSections } from '../../lib/sections/catalogue.ts';
import { renderSection, type SectionScope } from '../../lib/sections/render.ts';
import { readSql } from '../../lib/sql.ts';
import { A_MONTH } from '../sections/a-month.ts';
import { A_WEB_DAY } from '../sections/a-web-day.ts';
import { MARCH } from '../sections/database.ts';
import { ABSURD_ROWS, BUSY_ROWS } from '../sections/odd-rows.ts';
import type { Answer } from './client.ts';
import { type Lake, layLake } from './lake.ts';
import { expectSameRows } from './same-rows.ts';
import { plainValue } from './values.ts';

const NAME = 'sections';
const sections = loadSections();

/** What the sections are asked about: a month of the sample, rows made by hand and against the grain, and nothing. */
const SCOPES: Record<string, SectionScope> = {
  'the sample': {
    ...MARCH,
    database: NAME,
    sources: ['sample'],
    period: { kind: 'monthly', from: '2026-10-01', to: '2026-10-31' },
    period_before: { kind: 'monthly', from: '2026-09-01', to: '2026-09-30' },
  },
  'rows made by hand': { ...MARCH, database: NAME, sources: ['site'] },
  nothing: { ...MARCH, database: NAME, sources: ['nothing'] },
};

let lake: Lake;
beforeAll(async () => {
  lake = await layLake(NAME, [...A_MONTH, ...A_WEB_DAY, ...ABSURD_ROWS, ...BUSY_ROWS]);
  for (const macro of BOUNDS.split(';')) await lake.duckdb.run(macro);
});
afterAll(() => lake.duckdb.close());

async function onDuckdb({ sql, parameters }: Statement, { columns }: Answer): Promise<unknown[][]> {
  const rows = await lake.duckdb.run(sql, parameters);
  return rows.map((row) => Object.values(row).map((value, index) => plainValue(value, columns[index]?.type)));
}

function plainRows({ rows, columns }: Answer): unknown[][] {
  return rows.map((row) => row.map((value, index) => plainValue(value, columns[index]?.type)));
}

/**
 * The bound that sections state for estimated percentiles: 2 % of the ranks, and one rank, since an estimate may lie
 * between two values; then 2 % of the value.
 */
const BOUNDS = `
CREATE MACRO least_percentile(x, p) AS
  98E-2 * list_sort(list(x) FILTER (x IS NOT NULL))[greatest(1, CAST(floor(count(x) * (p - 2E-2)) AS BIGINT) - 1)];
CREATE MACRO greatest_percentile(x, p) AS
  102E-2 * list_sort(list(x) FILTER (x IS NOT NULL))[least(count(x), CAST(ceil(count(x) * (p + 2E-2)) AS BIGINT) + 1)]`;

/** Columns that are worked out from estimates, which are bounded themselves. */
const DERIVED = ['p95_change_percent'];

/** The statement with each percentile replaced by the least or the greatest that an estimate may be. */
function bounded(sql: string, bound: 'least' | 'greatest'): string {
  return sql
    .replace(
      /approx_percentile\((\w+|CAST\([^)]*\)), ARRAY\[([^\]]*)\]\)/g,
      (_, values: string, fractions: string) =>
        `[${fractions
          .split(', ')
          .map((fraction) => `${bound}_percentile(${values}, ${fraction})`)
          .join(', ')}]`,
    )
    .replaceAll('approx_percentile(', `${bound}_percentile(`);
}

describe.each(Object.entries(SCOPES))('%s', (_what, scope) => {
  test.each(sections)('$id', async (section) => {
    const isApproximate = section.columns.some(({ approximate }) => approximate);
    // An estimate would decide where a limit cuts.
    const sql = isApproximate ? section.sql.replace(/\nLIMIT \d+\s*$/, '') : section.sql;
    const statement = renderSection({ ...section, sql }, scope);
    const answer = await lake.trino.run(statement);
    const types = answer.columns.map(({ name, type }) => `${name} ${type.replace(/\(.*/, '')}`);
    expect(types).toEqual(section.columns.map(({ name, type }) => `${name} ${type}`));
    const exactly = (rows: unknown[][]) =>
      rows.map((row) => row.filter((_, index) => !section.columns[index]?.approximate));
    const found = plainRows(answer);
    const expected = await onDuckdb(statement, answer);
    if (!isApproximate) return expect(found).toEqual(expected);
    expectSameRows(exactly(found), exactly(expected));
    const low = await onDuckdb({ ...statement, sql: bounded(statement.sql, 'least') }, answer);
    const high = await onDuckdb({ ...statement, sql: bounded(statement.sql, 'greatest') }, answer);
    const key = (row: unknown[]) => JSON.stringify(exactly([row]), (_k, v) => (typeof v === 'bigint' ? String(v) : v));
    const [lows, highs] = [low, high].map((rows) => new Map(rows.map((row) => [key(row), row])));
    const outside = found.flatMap((row) =>
      section.columns.flatMap(({ name, approximate }, index) => {
        if (!approximate || DERIVED.includes(name)) return [];
        const [value, least, most] = [row[index], lows?.get(key(row))?.[index], highs?.get(key(row))?.[index]];
        const fits = value === null ? least === null : Number(value) >= Number(least) && Number(value) <= Number(most);
        return fits ? [] : [{ row: key(row), name, value, least, most }];
      }),
    );
    expect(outside).toEqual([]);
  });
});
void readSql;
void nameSql;
type _C = Column;
