import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Statement } from '../../lib/engine/engine.ts';
import { openOwners } from '../../lib/lake/duckdb/views.ts';
import { REQUEST_COLUMNS } from '../../lib/model/request-columns.ts';
import { ownerResolver } from '../../lib/owners/resolver.ts';
import { OWNERS_TABLE, VALUE_COLUMNS, valuesSql, writeOwners } from '../../lib/owners/table.ts';
import { loadSections } from '../../lib/sections/catalogue.ts';
import { parseFilter, parseGroups } from '../../lib/sections/filter/parse.ts';
import { groupSection } from '../../lib/sections/group-by.ts';
import { renderSection, type SectionScope } from '../../lib/sections/render.ts';
import type { Section } from '../../lib/sections/section.ts';
import { folderStore } from '../../lib/store/folder.ts';
import { recordBatch } from '../../lib/tables/schema.ts';
import { MARCH, type RequestRow } from '../sections/database.ts';
import { ABSURD_ROWS, BUSY_ROWS } from '../sections/hostile-rows.ts';
import { A_MONTH, ALICE } from '../sections/month-rows.ts';
import { A_WEB_DAY } from '../sections/web-day-rows.ts';
import type { Answer } from './client.ts';
import { type Figure, printFigures } from './figures.ts';
import { bytesBelow, type Lake, makeLake } from './lake.ts';
import { beyond, bounded, defineBounds, exact } from './percentile-bounds.ts';
import { expectSameRows } from './same-rows.ts';
import { plainValue } from './values.ts';

const sections = loadSections();
const figures: Figure[] = [];

const ADDRESSES = [
  ...[
    '192.0.2.17',
    '::ffff:192.0.2.17',
    '2001:db8:7:8:9:a:b:c',
    '2001:DB8:7::1',
    '2001:db8::1',
    '::1',
    '::',
    '64:ff9b::192.0.2.17',
  ],
  ...[
    'host.example.com',
    '192.0.2.17, 198.51.100.4',
    'fe80::1%eth0',
    '192.0.2.17:443',
    "'; DROP TABLE requests",
    '',
    '192.0.2.17\n',
  ],
];
const TEXTS = [
  ...[
    'probe 192.0.2.17 from 2001:db8::9',
    'Mozilla/5.0 Chrome/130.0.0.0 Safari/537.36',
    'jndi:ldap://203.0.113.66/a',
    '[2001:db8::9]:443',
  ],
  ...[
    'https://user:secret@www.example.com/a?b=c#d',
    '/a?X-Amz-Signature=5f0c&x=1\n&Signature=z',
    'password=a b',
    'x%3Dtoken%3dy token%3Dz',
    '😀\u2028?q\u0001',
  ],
];
/** What reports protect, in every column that may hold it. */
const PRIVATE: RequestRow[] = ADDRESSES.flatMap((client_ip, index) =>
  TEXTS.map((text, place) => ({
    ...{
      source: 'private',
      day: '2026-03-05',
      time: '2026-03-05 10:00:00',
      request_id: `${index} ${place}`,
      client_ip,
    },
    ...{
      path: text,
      query: text,
      referrer: text,
      user_agent: `${text} ${client_ip}`,
      message: text,
      extra: text,
      requester: text,
    },
  })),
);

/** The rows that sections are asked about: a month of the sample, hand-made and hostile ones, and none. */
const SAMPLE_MONTH: SectionScope = {
  ...MARCH,
  database: 'sections',
  sources: ['sample'],
  period: { kind: 'monthly', from: '2026-10-01', to: '2026-10-31' },
  period_before: { kind: 'monthly', from: '2026-09-01', to: '2026-09-30' },
};
const BY_HAND: SectionScope = { ...MARCH, database: 'sections', sources: ['site'] };
const NOTHING: SectionScope = { ...MARCH, database: 'sections', sources: ['nothing'] };

let lake: Lake;
beforeAll(async () => {
  lake = await makeLake('sections', [...A_MONTH, ...A_WEB_DAY, ...ABSURD_ROWS, ...BUSY_ROWS, ...PRIVATE]);
  await defineBounds(lake.duckdb);
});
afterAll(() => {
  lake.duckdb.close();
  if (figures.length > 0) printFigures(figures, bytesBelow(lake.raw, '2026/10'));
});

async function onDuckdb({ sql, parameters }: Statement, { columns }: Answer): Promise<unknown[][]> {
  const rows = await lake.duckdb.run(sql, parameters);
  return rows.map((row) => Object.values(row).map((value, index) => plainValue(value, columns[index]?.type)));
}

/** Expects that both engines answer with the same rows in the same order, estimates aside, and in the declared types. */
async function expectSameAnswer(section: Section, scope: SectionScope): Promise<{ rows: unknown[][]; figure: Figure }> {
  const { id, columns } = section;
  const isEstimated = columns.some(({ approximate }) => approximate);
  // An estimate would decide where a limit cuts, and in which order.
  const sql = isEstimated ? section.sql.replace(/\nLIMIT \d+\s*$/, '') : section.sql;
  const statement = renderSection({ ...section, sql }, scope);
  const answer = await lake.trino.run(statement);
  expect(answer.columns.map(({ name, type }) => `${name} ${type.replace(/\(.*/, '')}`)).toEqual(
    columns.map(({ name, type }) => `${name} ${type}`),
  );
  const rows = answer.rows.map((row) => row.map((value, index) => plainValue(value, answer.columns[index]?.type)));
  const started = performance.now();
  const expected = await onDuckdb(statement, answer);
  const duckdb_ms = performance.now() - started;
  if (isEstimated) {
    const exactly = (row: unknown[]) => exact(columns, row);
    expectSameRows(rows.map(exactly), expected.map(exactly));
    const least = await onDuckdb({ ...statement, sql: bounded(statement.sql, 'least') }, answer);
    const greatest = await onDuckdb({ ...statement, sql: bounded(statement.sql, 'greatest') }, answer);
    expect(beyond(columns, rows, least, greatest)).toEqual([]);
  } else expect(rows).toEqual(expected);
  return { rows, figure: { id, trino_ms: answer.elapsed_ms, duckdb_ms, input_bytes: answer.input_bytes } };
}

describe('a month of the sample', () => {
  test.each(sections)('$id', async (section) => {
    const { figure } = await expectSameAnswer(section, SAMPLE_MONTH);
    figures.push(figure);
  });
});

describe('hand-written and hostile rows', () => {
  test.each(sections)('$id', async (section) => {
    await expectSameAnswer(section, BY_HAND);
  });
});

describe('no rows', () => {
  test.each(sections)('$id', async (section) => {
    await expectSameAnswer(section, NOTHING);
  });
});

describe('what a report may show', () => {
  const everything: Section = {
    ...(sections[0] as Section),
    columns: [...REQUEST_COLUMNS, { name: 'caller', type: 'varchar' as const }].map((column) => ({
      ...column,
      title: '',
    })),
    sql: `SELECT ${REQUEST_COLUMNS.map(({ name }) => name).join(', ')}, caller FROM records ORDER BY request_id, log_object`,
  };
  test.each([
    { privacy: { client_ip: 'truncate', query: 'scrub' } },
    { privacy: { client_ip: 'truncate', query: 'keep' } },
    { privacy: { client_ip: 'hash', query: 'keep' }, address_key: 'a1'.repeat(32) },
    { privacy: { client_ip: 'keep', query: 'scrub' } },
  ] as const)('%j', async (shown) => {
    const { rows } = await expectSameAnswer(everything, { ...BY_HAND, sources: ['private'], ...shown });
    expect(rows).toHaveLength(PRIVATE.length);
  });
});

describe('owners of requests', () => {
  const edition = 'run-1_2026-03-01_2026-03-31';
  const owners = {
    Photos: { requesters: [ALICE], accounts: [], addresses: [], prefixes: ['photos/private/'] },
    "Builds' 😀": {
      requesters: [],
      accounts: ['111122223333'],
      addresses: ['203.0.113.0/24', '2001:db8::/32'],
      prefixes: [],
    },
  };

  test('all values that may have an owner are looked up, and requests are counted by owner', async () => {
    const resolver = ownerResolver(owners);
    const values = [];
    for (const kind of ['requester', 'address', 'folder'] as const) {
      const statement = renderSection({ id: kind, sql: valuesSql(kind) }, BY_HAND);
      const answer = await lake.trino.run(statement);
      expectSameRows(answer.rows, await onDuckdb(statement, answer));
      values.push({ kind, batches: batchOf(answer.rows.map(([value]) => value)) });
    }
    await writeOwners(folderStore(lake.trino.lake), edition, resolver, values);
    await openOwners(lake.duckdb, lake.trino.lake, lake.trino.name, edition);
    const owned = await lake.trino.ask(`SELECT * FROM ${lake.trino.name}.${OWNERS_TABLE} WHERE edition = ?`, [edition]);
    expect(owned.rows).toContainEqual(['requester', ALICE, 'Photos', edition]);
    const section = sections.find(({ id }) => id === 'owners') as Section;
    const { rows } = await expectSameAnswer(section, { ...BY_HAND, owners_edition: edition });
    expect(rows.map(([owner]) => owner)).toEqual(expect.arrayContaining(['Photos', "Builds' 😀", 'without an owner']));
  });

  async function* batchOf(values: readonly unknown[]) {
    yield recordBatch(VALUE_COLUMNS, [values]);
  }
});

describe('requests that match a filter, by group', () => {
  test.each([
    ["status >= 500 or path like '/%' and not is_download = true", 'status, method'],
    ["path like '/a_p' or path like '%2026/%'", 'path'],
    ["param('org') in ('42', '7') and day between '2026-03-05' and '2026-03-06'", 'param(org), day'],
    ["duration_ms > 1.5e1 and bytes_sent < 9007199254740993 and time >= '2026-03-02 08:10:00'", 'host'],
    ["cache_result = 'hit' or requester is null or client_ip = '''; DROP'", 'cache_result, is_upload'],
  ])('%s, by %s', async (filter, groups) => {
    const { rows } = await expectSameAnswer(groupSection(parseGroups(groups)), {
      ...BY_HAND,
      filter: parseFilter(filter),
    });
    expect(rows).not.toEqual([]);
  });
});
