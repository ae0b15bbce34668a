import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readSql } from '../../lib/sql.ts';
import { NATIVE_FUNCTIONS, PRELUDE_FUNCTIONS } from './trino.ts';

/** Expressions with the value that Trino's documentation gives for them, as text; `error` where Trino fails. */
const EXPECTED: Record<string, [expression: string, value: string | null][]> = {
  approx_percentile: [
    ['approx_percentile(x, 5E-1) FROM (VALUES (1E0), (2E0), (3E0), (4E0), (5E0)) AS t (x)', '3.0'],
    ['approx_percentile(x, ARRAY[0E0, 5E-1, 1E0]) FROM (VALUES (1E0), (2E0), (3E0)) AS t (x)', '[1.0, 2.0, 3.0]'],
    ['approx_percentile(x, 5E-1) FROM (VALUES (7E0), (NULL)) AS t (x)', '7.0'],
    ['approx_percentile(x, ARRAY[5E-1])[1] FROM (VALUES (CAST(NULL AS double))) AS t (x)', null],
  ],
  json_extract_scalar: [
    [`json_extract_scalar('{"hostid":"a b"}', '$.hostid')`, 'a b'],
    [`json_extract_scalar('{"hostid":"\\"quoted\\" \\u00e9"}', '$.hostid')`, '"quoted" é'],
    [`json_extract_scalar('{"n":7}', '$.n')`, '7'],
    [`json_extract_scalar('{"hostid":{"a":1}}', '$.hostid')`, null],
    [`json_extract_scalar('{"hostid":[1]}', '$.hostid')`, null],
    [`json_extract_scalar('{"hostid":null}', '$.hostid')`, null],
    [`json_extract_scalar('{}', '$.hostid')`, null],
    [`json_extract_scalar('no JSON', '$.hostid')`, null],
    [`json_extract_scalar(NULL, '$.hostid')`, null],
    [`json_extract_scalar('{"a.b":{"c d":["x","y"]}}', '$["a.b"]["c d"][1]')`, 'y'],
  ],
  json_parse: [
    [`json_extract_scalar(json_parse('{"a":1}'), '$.a')`, '1'],
    [`try(json_parse('{"a":'))`, null],
  ],
  regexp_extract: [
    [`regexp_extract('a/b/c', '^[^/]*/(?:[^/]*/)?')`, 'a/b/'],
    [`regexp_extract('a/b', '^[^/]*/(?:[^/]*/)?')`, 'a/'],
    [`regexp_extract('a', '^[^/]*/')`, null],
    [`regexp_extract('a/b', '^([^/]*)/(.*)$', 2)`, 'b'],
    [`regexp_extract('a', '^([^/]*)/(.*)$', 2)`, null],
    [`regexp_extract('abcdefghijkl', '^${'(.)'.repeat(12)}$', 11)`, 'k'],
    [`nullif(regexp_extract('a', '^(a)(b)?$', 2), '')`, null],
    [`regexp_extract('x' || chr(10) || '/y', '^[^/]*/')`, 'x\n/'],
  ],
  regexp_replace: [[`regexp_replace('a1b22', '[0-9]', '-')`, 'a-b--']],
  regexp_like: [
    [`regexp_like('a1b', '[0-9]')`, 'true'],
    [`regexp_like('ab', '^b')`, 'false'],
    [`regexp_like(NULL, 'b')`, null],
  ],
  split_part: [
    [`split_part('a?b?c', '?', 1)`, 'a'],
    [`split_part('a', '?', 1)`, 'a'],
    [`split_part('a', '?', 2)`, null],
  ],
  sha256: [
    [`lower(to_hex(sha256(to_utf8('abc'))))`, 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['sha256(to_utf8(CAST(NULL AS varchar)))', null],
  ],
  to_hex: [[`to_hex(to_utf8('é'))`, 'C3A9']],
  to_utf8: [[`to_hex(to_utf8(''))`, '']],
  day_of_week: [
    [`day_of_week(TIMESTAMP '2026-03-02 23:59:59')`, '1'],
    [`day_of_week(TIMESTAMP '2026-03-08 00:00:00')`, '7'],
  ],
  array_position: [
    [`nullif(array_position(split('a,b', ','), 'b'), 0)`, '2'],
    [`nullif(array_position(split('a,b', ','), 'c'), 0)`, null],
  ],
  array_join: [
    [`array_join(array_sort(array_distinct(split('b&a&b', '&'))), '&')`, 'a&b'],
    [`array_join(split('', '&'), '&')`, ''],
  ],
  cardinality: [[`cardinality(split('a,b', ','))`, '2']],
  element_at: [
    [`element_at(split('a,b', ','), 2)`, 'b'],
    [`element_at(split('a,b', ','), -1)`, 'b'],
    [`element_at(split('a,b', ','), 3)`, null],
  ],
  split: [[`split('a b ', ' ')`, "[a, b, '']"]],
  date_parse: [[`date_parse('06/Feb/2019:00:00:38', '%d/%b/%Y:%H:%i:%s')`, '2019-02-06 00:00:38']],
  date_add: [
    [`date_add('hour', -1, CAST('2026-03-01 00:30:00' AS timestamp))`, '2026-02-28 23:30:00'],
    [`date_add('minute', -90, CAST('2026-03-01 00:30:00' AS timestamp))`, '2026-02-28 23:00:00'],
    [`date_add('millisecond', 1703373474816, CAST('1970-01-01 00:00:00' AS timestamp))`, '2023-12-23 23:17:54.816'],
  ],
  url_decode: [
    [`url_decode('a%2Fb+c%20d%F0%9F%98%80')`, 'a/b c d😀'],
    [`url_decode('plain')`, 'plain'],
    [`url_decode(NULL)`, null],
  ],
};

describe("the prelude gives DuckDB Trino's functions", () => {
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(readSql('dialects/duckdb.sql'));
  });

  test('those that queries may use, and no other', async () => {
    const macros = await values(
      "DISTINCT function_name FROM duckdb_functions() WHERE function_type = 'macro' AND NOT internal",
    );
    expect(macros.sort()).toEqual([...PRELUDE_FUNCTIONS].sort());
    expect(Object.keys(EXPECTED).sort()).toEqual([...PRELUDE_FUNCTIONS].sort());
  });

  test("and leaves DuckDB's own where they agree", async () => {
    const known = new Set(
      await values("DISTINCT function_name FROM duckdb_functions() WHERE function_type <> 'macro'"),
    );
    const syntax = ['nullif', 'try'];
    expect(NATIVE_FUNCTIONS.filter((name) => !known.has(name) && !syntax.includes(name))).toEqual([]);
  });

  test.each(Object.values(EXPECTED).flat())('%s', async (expression, value) => {
    const query = expression.includes(' FROM ') ? expression.replace(' FROM ', ' AS v FROM ') : `${expression} AS v`;
    expect(await values(`CAST(v AS varchar) FROM (SELECT ${query})`)).toEqual([value]);
  });

  async function values(select: string): Promise<unknown[]> {
    const reader = await connection.runAndReadAll(`SELECT ${select}`);
    return reader.getRowsJS().map(([value]) => value);
  }
});
