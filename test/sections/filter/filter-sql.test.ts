import { describe, expect, test } from '@jest/globals';
import { parameterLiteral } from '../../../lib/engine/athena/statement.ts';
import { loadSections } from '../../../lib/sections/catalogue.ts';
import { FILTER_COLUMNS } from '../../../lib/sections/filter/filter.ts';
import { FilterError } from '../../../lib/sections/filter/filter-error.ts';
import { filterSql } from '../../../lib/sections/filter/filter-sql.ts';
import { parseFilter } from '../../../lib/sections/filter/parse.ts';
import { renderSection } from '../../../lib/sections/render.ts';
import { faultsOf } from '../../sql/trino.ts';
import { MARCH } from '../database.ts';
import { numbers } from './numbers.ts';

/** Everything that a filter's SQL may be made of; no text of the filter is among it. */
const WORDS = new Set([
  ...FILTER_COLUMNS.keys(),
  ...['AND', 'OR', 'NOT', 'IS', 'NULL', 'IN', 'BETWEEN', 'LIKE', 'CAST', 'AS', '(', ')', ',', '?'],
  ...['=', '<>', '<', '<=', '>', '>=', '||', "'&'", "''", "'^&[^=&]*=?|&$'", "'^[^\\x{FFFD}]*\\z'"],
  ...['boolean', 'integer', 'bigint', 'double', 'timestamp'],
  ...['coalesce', 'try', 'url_decode', 'regexp_replace', 'regexp_extract', 'regexp_like'],
]);

function strangers(sql: string): string[] {
  return (sql.match(/'[^']*'|\w+|\|\||<>|<=|>=|\S/g) ?? []).filter((word) => !WORDS.has(word));
}

const every = [
  "time between '2026-03-01' and '2026-03-02 10:00' and day >= '2026-03-01'",
  'not (status in (200, 301) or bytes_sent > 5 or duration_ms <= 1.5) and is_download = true and is_upload <> false',
  "path like '/a_b%' or path not like '%x%' or param('org') is not null and caller = 'anonymous'",
  "cache_result = 'miss' and endpoint like '%/api%' and source <> 'x' and param(page) between '1' and '3'",
];

describe('SQL of a filter', () => {
  test('contains column names, and its values are parameters', () => {
    expect(filterSql(parseFilter("status >= 500 and path like '/api/%' and not method in ('GET', 'HEAD')"))).toEqual({
      sql: '(status >= CAST(? AS integer)) AND (path LIKE ?) AND (NOT (method IN (?, ?)))',
      parameters: ['500', '/api/%', 'GET', 'HEAD'],
    });
  });

  test('finds a query parameter by a regular expression, which is an SQL parameter, too', () => {
    const { sql, parameters } = filterSql(parseFilter("param('o(g') = '42'"));
    expect(strangers(sql)).toEqual([]);
    expect(parameters).toEqual([parameters[0], parameters[0], '42']);
    const expression = '&(?:o|(?i:%6f))(?:\\(|(?i:%28))(?:g|(?i:%67))(?:=[^&]*)?&';
    expect(parameters[0]).toBe(expression);
  });

  test.each(every)('%s is Trino SQL that DuckDB understands, in both periods', (text) => {
    const filter = parseFilter(text);
    const compares = loadSections().find(({ id }) => id === 'endpoint-changes');
    if (!compares) throw new Error('there is no section endpoint-changes');
    for (const privacy of [undefined, { client_ip: 'truncate', query: 'scrub' } as const]) {
      const { sql, parameters } = renderSection(compares, { ...MARCH, ...(privacy && { privacy }), filter });
      expect(faultsOf(sql)).toEqual([]);
      const withoutText = sql.replaceAll(/'[^']*'|\/\*.*?\*\/|--[^\n]*/gs, '');
      expect(withoutText.match(/\?/g)).toHaveLength(parameters.length);
      const values = filterSql(filter).parameters;
      expect(parameters.join('\n').split(values.join('\n'))).toHaveLength(3);
    }
  });
});

describe('no other text becomes SQL', () => {
  const hostile = [
    "' or ''='",
    "'; DROP TABLE requests; --",
    '1 or 1=1',
    '/*',
    '{{slow_ms}}',
    '?',
    '$1',
    '"path"',
    'SELECT',
    '\\',
    "\\'",
    '%',
    '_%_%_',
    '(?i)',
    '[a-z]*',
    '😀',
    '\u202e',
    '\n',
    '\u0000',
    '\ud800',
    'requests.path',
    'path || query',
    'array[1]',
    'UNION',
    'x'.repeat(5000),
  ];

  test.each(hostile)('%j is a value between quotes, and an error elsewhere', (text) => {
    const quoted = text.replaceAll("'", "''");
    for (const filter of [`path = '${quoted}'`, `path like '${quoted}'`, `param('${quoted}') in ('${quoted}', 'a')`]) {
      const statement = compiled(filter);
      if (!statement) continue;
      expect(strangers(statement.sql)).toEqual([]);
      for (const parameter of statement.parameters) expect(parameterLiteral(parameter)).toMatch(/^'.*'$/s);
    }
    for (const filter of [text, `status = ${text}`, `${text} = 1`, `status = 1 ${text}`, `param(${text}) = 'a'`]) {
      expect(strangers(compiled(filter)?.sql ?? '')).toEqual([]);
    }
  });

  test('20,000 filters with words lost, doubled or moved are errors or clean SQL', () => {
    const next = numbers(1);
    const pick = (list: readonly string[]) => list[Math.floor(next() * list.length)] ?? '';
    const sound = every.map((text) => text.match(/'[^']*'|[<>!]=|<>|[\w.]+|\S/g) ?? []);
    const pieces = [...sound.flat(), ...hostile.slice(0, -1)];
    let read = 0;
    for (let round = 0; round < 20_000; round++) {
      const words = [...(sound[round % sound.length] ?? [])];
      for (let faults = 1 + (round % 3); faults > 0; faults--) {
        const at = Math.floor(next() * (words.length + 1));
        words.splice(at, Math.floor(next() * 2), ...(next() < 0.8 ? [pick(pieces)] : []));
      }
      const statement = compiled(words.join(' '));
      if (!statement) continue;
      read++;
      expect(strangers(statement.sql)).toEqual([]);
      expect(statement.sql.match(/(?<!=)\?/g)).toHaveLength(statement.parameters.length);
    }
    expect(read).toBeGreaterThan(500);
  });

  function compiled(text: string) {
    try {
      return filterSql(parseFilter(text));
    } catch (error) {
      expect(error).toBeInstanceOf(FilterError);
      expect((error as Error).message.length).toBeLessThan(1000);
      return undefined;
    }
  }
});
