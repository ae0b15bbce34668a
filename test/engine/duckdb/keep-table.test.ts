import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openDuckdb } from '../../../lib/engine/duckdb/duckdb.ts';

test('DuckDB keeps a table for all statements until it is dropped', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'logtally-keep-'));
  const duckdb = await openDuckdb({ memory: '1GB', threads: 2, temp_folder: join(folder, 'temp') });
  const { engine } = duckdb;
  const statement = { sql: 'SELECT n FROM (VALUES (1), (2)) AS t(n) WHERE n > CAST(? AS integer)', parameters: ['1'] };
  const names = await Promise.all([
    engine.keepTable?.(statement),
    engine.keepTable?.({ ...statement, parameters: ['0'] }),
  ]);
  const [one = '', two = ''] = names;
  const rowsOf = (table: string) => duckdb.run(`SELECT n FROM ${table} ORDER BY n`);
  expect([await rowsOf(one), await rowsOf(two)]).toEqual([[{ n: 2 }], [{ n: 1 }, { n: 2 }]]);
  await engine.dropTable?.(one);
  await expect(rowsOf(one)).rejects.toThrow(/does not exist/);
  await expect(engine.keepTable?.({ sql: 'SELECT absent', parameters: [] })).rejects.toThrow(/absent/);
  duckdb.close();
  rmSync(folder, { recursive: true });
});
