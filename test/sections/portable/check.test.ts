import { describe, expect, test } from '@jest/globals';
import { loadSections } from '../../../lib/sections/catalogue.ts';
import { sqlProblems } from '../../../lib/sections/portable/check.ts';
import { NOT_PORTABLE } from '../../sql/not-portable.ts';

const LIMITED = 'GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 10';

function messages(sql: string): string[] {
  return sqlProblems(sql).map(({ line, message }) => `${line}: ${message}`);
}

describe('the check of SQL that a user writes', () => {
  test.each(loadSections())('finds no problem in $id, except a missing LIMIT', ({ sql }) => {
    // Some of ours are bounded by the calendar or by what a service has.
    expect(messages(sql).filter((message) => !message.includes('LIMIT'))).toEqual([]);
  });

  test('finds no problem in a query that uses all that is allowed', () => {
    const sql = `
-- Comments; with ? and 'quotes' and 1.5 in them
WITH slow (path, requests) AS (
  SELECT path, {{requests where is_slow}} AS requests
  FROM requests AS r
  LEFT JOIN (SELECT DISTINCT browser FROM user_agents) AS agents ON true
  WHERE r.status IN (200, 304) AND path <> 'a; b ? 1.5 :: FROM x'
  GROUP BY 1
),
parts AS (SELECT part FROM slow CROSS JOIN UNNEST(split(path, '/')) AS parts (part))
SELECT part, count(*) AS requests, max(1E0) AS share
FROM parts
WHERE EXISTS (SELECT 1 FROM slow) AND extraordinary IS NULL
GROUP BY 1
ORDER BY 2 DESC, 1
LIMIT 10`;
    expect(messages(sql)).toEqual([]);
  });

  test.each(NOT_PORTABLE)('refuses %s', (_what, sql) => {
    expect(messages(`${sql} ORDER BY 1 LIMIT 10`)).not.toEqual([]);
  });

  test.each([
    [
      'another table',
      'FROM logtally.requests',
      'reads logtally.requests; a section may read requests, requests_before',
    ],
    ['the table of owners', 'FROM owners', 'reads owners; a section may read'],
    ['a file', "FROM 'passwords.csv'", "reads 'passwords.csv'; a section may read"],
    ['a table function', "FROM read_text('/etc/hostname')", 'reads read_text; a section may read'],
    ['a table in quotes', 'FROM "requests"', 'reads "requests"; a section may read'],
    ['a table joined later', 'FROM requests JOIN secrets ON true', 'reads secrets; a section may read'],
    ['a table in a subquery', 'FROM requests WHERE path IN (SELECT path FROM secrets)', 'reads secrets'],
    ['a table after a comma', 'FROM requests, secrets', 'tables are joined by a comma; write CROSS JOIN'],
    ['a table after a comma and a subquery', 'FROM (SELECT path FROM requests) AS r, secrets', 'joined by a comma'],
  ])('refuses %s', (_what, from, message) => {
    expect(messages(`SELECT path, count(*) AS requests ${from} ${LIMITED}`).join('\n')).toContain(message);
  });

  test.each([
    ['no SELECT', '', '1: the SELECT is missing'],
    ['a statement that changes something', 'COPY requests TO x', 'starts with COPY'],
    [
      'a change in a WITH',
      `WITH x AS (DELETE FROM requests) SELECT 1 AS a ${LIMITED}`,
      'DELETE: a section is one SELECT',
    ],
    ['no LIMIT', 'SELECT path FROM requests\nORDER BY 1', '2: ends without a LIMIT'],
    ['a LIMIT without an order', 'SELECT path FROM requests LIMIT 10', 'which rows it returns would differ'],
    [
      'a parameter',
      `SELECT path, count(*) AS n FROM requests WHERE path = ? ${LIMITED}`,
      'a question mark is a parameter',
    ],
    ['lower-case keywords', `select path, count(*) AS n FROM requests ${LIMITED}`, 'starts with select'],
    ['a decimal', `SELECT path, 0.25 AS n FROM requests ${LIMITED}`, 'write 2.5E-1'],
    ['an unknown function', `SELECT path, counts(path) AS n FROM requests ${LIMITED}`, 'did you mean count?'],
    [
      'a function of one engine',
      `SELECT path, approx_distinct(path) AS n FROM requests ${LIMITED}`,
      'approx_distinct is not',
    ],
    ['a type', `SELECT path, CAST(1 AS hugeint) AS n FROM requests ${LIMITED}`, 'cannot cast to hugeint'],
    [
      'a measure that does not exist',
      `SELECT path, {{eror}} AS n FROM requests ${LIMITED}`,
      'did you mean {{errors}}?',
    ],
    [
      'a condition that a measure does not take',
      `SELECT path, {{p95_ms where true}} AS n FROM requests ${LIMITED}`,
      'takes no condition',
    ],
    [
      'a table of ours by another name',
      `WITH requests AS (SELECT 1 AS path FROM user_agents) SELECT path, 1 AS n FROM requests ${LIMITED}`,
      'choose another',
    ],
  ])('refuses %s', (_what, sql, message) => {
    expect(messages(sql).join('\n')).toContain(message);
  });
});
