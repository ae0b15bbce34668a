import type { DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { openRequests, sectionOf } from '../database.ts';
import { A_WEB_DAY } from '../web-day-rows.ts';
import { expectAnswer, type Table, table } from './table.ts';

describe('the result of a section matches a table', () => {
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await openRequests(A_WEB_DAY);
  });
  const compare = (expected: Table) => expectAnswer(connection, sectionOf('referring-sites'), expected);

  test('with the same columns, rows and values', async () => {
    await compare(table`
      site             |   pages | requests
      www.example.com  |       1 | ${4 / 2}
      ${'shop.'.concat('example.com')} | 1 | 1
      null             |       1 |        1`);
  });

  test.each([
    [
      'another name of a column',
      table`
      host             |   pages | requests
      www.example.com  |       1 |        2
      shop.example.com |       1 |        1
      null             |       1 |        1`,
    ],
    [
      'columns in another order',
      table`
      site             | requests |   pages
      www.example.com  |        2 |       1
      shop.example.com |        1 |       1
      null             |        1 |       1`,
    ],
    [
      'a row less',
      table`
      site             |   pages | requests
      www.example.com  |       1 |        2
      shop.example.com |       1 |        1`,
    ],
    [
      'rows in another order',
      table`
      site             |   pages | requests
      shop.example.com |       1 |        1
      www.example.com  |       1 |        2
      null             |       1 |        1`,
    ],
    [
      'another value',
      table`
      site             |   pages | requests
      www.example.com  |       1 |        3
      shop.example.com |       1 |        1
      null             |       1 |        1`,
    ],
    [
      'text for a number',
      table`
      site             |   pages | requests
      www.example.com  |     one |        2
      shop.example.com |       1 |        1
      null             |       1 |        1`,
    ],
    [
      'text for NULL',
      table`
      site             |   pages | requests
      www.example.com  |       1 |        2
      shop.example.com |       1 |        1
      ${'null'}        |       1 |        1`,
    ],
  ])('but not one that has %s', async (_difference, expected) => {
    await expect(compare(expected)).rejects.toThrow();
  });

  test('a row with too few cells is an error', () => {
    expect(
      () => table`
      site | requests
      a`,
    ).toThrow('a row has 1 cells under 2 names: a');
  });
});
