import { describe, expect, test } from '@jest/globals';
import { trinoReader } from '../../lib/formats/athena/reader.ts';
import type { Format } from '../../lib/formats/format.ts';
import { FORMATS } from '../../lib/formats/formats.ts';
import { daysSql, FOLDER_DAY } from '../../lib/lake/athena/days-sql.ts';
import { keptDaySql } from '../../lib/lake/athena/kept-day-sql.ts';
import { rawRequestsStatement } from '../../lib/lake/raw-requests.ts';
import { valuesSql } from '../../lib/owners/table.ts';
import { loadSections } from '../../lib/sections/catalogue.ts';
import { renderSection, type SectionScope } from '../../lib/sections/render.ts';
import { DEFAULT_LAYOUTS } from '../../lib/sources/layout.ts';
import { listSql, readSql } from '../../lib/sql/sql-files.ts';
import { MARCH } from '../sections/database.ts';
import { NOT_PORTABLE } from './not-portable.ts';
import { faultsOf } from './trino.ts';

/** Scopes in which rows are named and protected. */
const PROTECTED: SectionScope[] = [
  { ...MARCH, privacy: { client_ip: 'truncate', query: 'scrub' }, owners_edition: 'site_2026-03-01_2026-03-31' },
  { ...MARCH, privacy: { client_ip: 'hash', query: 'keep' }, address_key: 'a'.repeat(64) },
];

/** A source as far as the lake's SQL goes. */
const SOURCE = { name: 'web', location: 's3://example-logs/web/', partition_date_source: 'event_time' } as const;

/** Every query of the product as it goes to the engine; what the lake's queries have filled in are relations and columns. */
const queries = [
  ...PROTECTED.flatMap((scope) =>
    loadSections().map((section) => ({
      name: `sections/${section.id}, ${scope.privacy?.client_ip}`,
      sql: renderSection(section, scope).sql,
    })),
  ),
  ...['address', 'folder', 'requester'].map((kind) => ({
    name: `names/${kind}`,
    sql: renderSection({ id: kind, sql: valuesSql(kind) }, MARCH).sql,
  })),
  ...loadSections().map((section) => ({ name: `sections/${section.id}`, sql: renderSection(section, MARCH).sql })),
  ...FORMATS.map((definition) => ({
    name: `formats/${definition.id}`,
    sql: daysSql({ ...SOURCE, definition, layout: DEFAULT_LAYOUTS[definition.kind] }, 'raw'),
  })),
  {
    name: 'lake/merged.sql',
    sql: keptDaySql(
      'lake',
      { ...SOURCE, definition: FORMATS[0] as Format, layout: 'partitioned' },
      'raw',
      '2026-10-06',
      {
        fresh: ['s3://example-logs/a'],
        changed: [],
        hasSameDefinition: true,
      },
    ),
  },
  ...FORMATS.map((format) => {
    const lines = {
      reader: { sql: trinoReader(format, 'raw', 'true', FOLDER_DAY), parameters: [] },
      contains_other_days: true,
    };
    return { name: `every request of ${format.id}`, sql: rawRequestsStatement(format, 'web', lines, MARCH.period).sql };
  }),
  ...listSql('lake').map((file) => ({
    name: `lake/${file}`,
    sql: readSql(`lake/${file}`).replaceAll(/\{\{\w+\}\}/g, 'filled_in'),
  })),
];

describe('the SQL that both engines run', () => {
  test.each(queries)('$name is Trino that DuckDB understands', ({ sql }) => {
    expect(faultsOf(sql)).toEqual([]);
  });

  test.each([MARCH, ...PROTECTED].flatMap((scope) => loadSections().map((section) => ({ ...section, scope }))))(
    '$id takes as many parameters as it is given',
    ({ scope, ...section }) => {
      const { sql, parameters } = renderSection(section, scope);
      const withoutText = sql.replaceAll(/'[^']*'|\/\*.*?\*\/|--[^\n]*/gs, '');
      expect(withoutText.match(/\?/g)).toHaveLength(parameters.length);
    },
  );
});

describe('what the check refuses', () => {
  test.each(NOT_PORTABLE)('%s', (_what, sql) => {
    expect(faultsOf(sql)).not.toEqual([]);
  });

  test('and no problem in a plain query', () => {
    expect(faultsOf('SELECT path, count(*) FROM requests WHERE status = 200 AND source = ? GROUP BY path')).toEqual([]);
  });
});
