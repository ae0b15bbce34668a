import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { MACRO_FUNCTIONS, NATIVE_FUNCTIONS } from '../../lib/sections/portable/functions.ts';
import { readSql } from '../../lib/sql/sql-files.ts';
import { plainValue } from '../trino/values.ts';
import { caseSql, NATIVE_CASES, PRELUDE_CASES } from './function-cases.ts';

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
    expect(macros.sort()).toEqual([...MACRO_FUNCTIONS].sort());
    expect(Object.keys(PRELUDE_CASES).sort()).toEqual([...MACRO_FUNCTIONS].sort());
  });

  test("and leaves DuckDB's own where they agree", async () => {
    const known = new Set(
      await values("DISTINCT function_name FROM duckdb_functions() WHERE function_type <> 'macro'"),
    );
    const syntax = ['coalesce', 'nullif', 'try'];
    expect(NATIVE_FUNCTIONS.filter((name) => !known.has(name) && !syntax.includes(name))).toEqual([]);
  });

  // test/trino/functions.spec.ts compares Trino's own results with the same values.
  test.each(Object.values({ ...PRELUDE_CASES, ...NATIVE_CASES }).flat())('%s', async (expression, value) => {
    const reader = await connection.runAndReadAll(caseSql(expression));
    const type = reader.columnTypes()[0]?.toString().toLowerCase();
    expect(reader.getRowsJS().map(([found]) => plainValue(found, type))).toEqual([value]);
  });

  async function values(select: string): Promise<unknown[]> {
    const reader = await connection.runAndReadAll(`SELECT ${select}`);
    return reader.getRowsJS().map(([value]) => value);
  }
});
