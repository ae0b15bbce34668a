import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from '@jest/globals';
import type { Column } from '../../lib/model/columns.ts';
import { csvGzipChunks } from '../../lib/tables/csv.ts';
import { csvCell } from '../../lib/tables/csv-cell.ts';
import { batchesOf, bytesOf, columns, rows } from './every-type.ts';

const text: Column[] = [{ name: 'text', type: 'varchar', title: 'Text' }];

const csvOf = async (ofColumns: readonly Column[], ofRows: readonly unknown[][], size?: number) =>
  gunzipSync(await bytesOf(csvGzipChunks(ofColumns, batchesOf(ofColumns, ofRows, size)))).toString();

describe('a CSV file', () => {
  test('has a header and exact values', async () => {
    expect(await csvOf(columns, rows)).toBe(`text,flag,small,large,ratio,time,day
plain,true,1,1,1.5,2026-10-01T12:34:56.789Z,2026-10-01
"",false,-2147483648,-9223372036854775808,-0.1,1969-12-31T23:59:59.999Z,1969-12-31
,,,,,,
😀,true,2147483647,9223372036854775807,NaN,9999-12-31T23:59:59.999Z,9999-12-31
\uff5e,false,0,9007199254740993,Infinity,2024-02-29T00:00:00.000Z,2024-02-29
"a,b ""c""\r\nd",true,7,0,-Infinity,1000-01-01T00:00:00.000Z,1000-01-01
'=1+1,false,-7,-1,5e-324,2026-10-01T00:00:00.000Z,1970-01-01
漢字 e\u0301 \u0000\u0007,true,42,9007199254740993,1.7976931348623157e+308,1970-01-01T00:00:00.000Z,2000-01-01
`);
  });

  test('is read back by DuckDB, with NULL distinct from the empty string', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'logtally-csv-'));
    const path = join(folder, 'table.csv.gz');
    await writeFile(path, csvGzipChunks(columns, batchesOf(columns, rows)));
    const connection = await (await DuckDBInstance.create()).connect();
    const types = `{text: 'VARCHAR', flag: 'BOOLEAN', small: 'INTEGER', large: 'BIGINT', ratio: 'DOUBLE', time: 'TIMESTAMP', day: 'DATE'}`;
    const result = await connection.runAndReadAll(`
      SELECT text, flag, small, large, ratio, strftime(time, '%Y-%m-%dT%H:%M:%S.%gZ'), CAST(day AS VARCHAR)
      FROM read_csv('${path}', header = true, columns = ${types}, allow_quoted_nulls = false, strict_mode = true,
        quote = '"', escape = '"', new_line = '\\n')`);
    const expected = rows.map((row) => row.map((value) => (value instanceof Date ? value.toISOString() : value)));
    expected[6] = ["'=1+1", ...(expected[6] as unknown[]).slice(1)];
    expect(result.getRowsJS()).toEqual(expected);
    connection.closeSync();
    await rm(folder, { recursive: true });
  });

  test('has a header without rows', async () => {
    expect(await csvOf(columns, [])).toBe('text,flag,small,large,ratio,time,day\n');
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', '"\'\r=1"'],
    ['\n=1', '"\'\n=1"'],
    ['  =1', "'  =1"],
    ["'=1", "''=1"],
    ['"=1', '"\'""=1"'],
    ['\u00a0=1', "'\u00a0=1"],
    ['＝1', "'＝1"],
    ['=HYPERLINK("https://example.com","x")', '"\'=HYPERLINK(""https://example.com"",""x"")"'],
    ['a=1', 'a=1'],
    ['/path?a=-1', '/path?a=-1'],
    ['{"a":1}', '"{""a"":1}"'],
    ['a,b', '"a,b"'],
    ['a\nb', '"a\nb"'],
    ['a\rb', '"a\rb"'],
    [' padded ', ' padded '],
    ['', '""'],
    ['"', '""""'],
    ['é', 'é'],
    ['\u{10ffff}', '\u{10ffff}'],
  ])('writes the text %j as the cell %j', async (value, cell) => {
    expect(await csvOf(text, [[value]])).toBe(`text\n${cell}\n`);
    expect(csvCell(value)).toBe(cell);
  });

  test('quotes text like csvCell, for any first character', async () => {
    const values = Array.from({ length: 0x3100 }, (_, code) => String.fromCharCode(code)).flatMap((one) => [
      one,
      `${one}a,"`,
    ]);
    const expected = values.map((value) => `${csvCell(value)}\n`).join('');
    expect(
      await csvOf(
        text,
        values.map((value) => [value]),
      ),
    ).toBe(`text\n${expected}`);
  });

  test('has the same bytes for the same rows, however they are divided into batches', async () => {
    const many = Array.from({ length: 60_000 }, (_, row) => [
      `${row}`,
      ...(rows[row % rows.length] as unknown[]).slice(1),
    ]);
    const file = await bytesOf(csvGzipChunks(columns, batchesOf(columns, many)));
    for (const size of [1, 997, 60_000]) {
      expect((await bytesOf(csvGzipChunks(columns, batchesOf(columns, many, size)))).equals(file)).toBe(true);
    }
    expect(gunzipSync(file).toString().split('\r\nd"').length).toBe(1);
  });

  test('contains texts of megabytes', async () => {
    const values = ['a', 'b'.repeat(3_000_000), 'c"'.repeat(1_500_000), '漢'.repeat(1_000_000)];
    const csv = await csvOf(
      text,
      values.map((value) => [value]),
    );
    expect(csv === `text\n${values.map((value) => `${csvCell(value)}\n`).join('')}`).toBe(true);
  });

  test('holds only the rows of a slice of a batch', async () => {
    for await (const batch of batchesOf(columns, rows)) {
      async function* sliced() {
        yield batch.slice(3, 7);
      }
      const csv = gunzipSync(await bytesOf(csvGzipChunks(columns, sliced()))).toString();
      expect(csv).toBe(await csvOf(columns, rows.slice(3, 7)));
    }
    expect.assertions(1);
  });

  test('fails if reading its rows fails', async () => {
    async function* broken() {
      yield* batchesOf(columns, rows);
      throw new Error('the query broke');
    }
    await expect(bytesOf(csvGzipChunks(columns, broken()))).rejects.toThrow('the query broke');
  });
});
