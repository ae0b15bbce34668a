import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readSql } from '../../lib/sql/sql-files.ts';
import { caseSql, DIFFERENCES, NATIVE_CASES, PRELUDE_CASES } from '../sql/function-cases.ts';
import { ask } from './client.ts';
import { plainValue } from './values.ts';

let duckdb: DuckDBConnection;
beforeAll(async () => {
  duckdb = await (await DuckDBInstance.create(':memory:')).connect();
  await duckdb.run(readSql('dialects/duckdb.sql'));
});

/** The values that both engines give an expression. */
async function answers(expression: string) {
  const sql = caseSql(expression);
  const trino = await ask(process.env.TRINO_URL ?? '', { sql, parameters: [] });
  const reader = await duckdb.runAndReadAll(sql);
  const plain = ([value]: readonly unknown[]) => plainValue(value, trino.columns[0]?.type);
  return { trino: trino.rows.map(plain), duckdb: reader.getRowsJS().map(plain) };
}

describe.each(Object.entries({ ...PRELUDE_CASES, ...NATIVE_CASES }))(
  '%s is the same on both engines',
  (_name, cases) => {
    test.each(cases)('%s', async (expression, value) => {
      expect(await answers(expression)).toEqual({ trino: [value], duckdb: [value] });
    });
  },
);

describe('a difference between the engines, on which no query may rely', () => {
  test.each(DIFFERENCES)('%s is %p on Trino and %p on DuckDB: %s', async (expression, trino, found) => {
    expect(await answers(expression)).toEqual({ trino: [trino], duckdb: [found] });
  });
});
