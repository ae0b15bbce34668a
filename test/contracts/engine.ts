import { zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RecordBatch } from 'apache-arrow';
import { parquetReadObjects } from 'hyparquet';
import type { Engine, Execution, Statement } from '../../lib/engine/engine.ts';
import type { Column, ColumnType } from '../../lib/model/columns.ts';

export interface OpenEngine {
  engine: Engine;
  /** Where an UNLOAD can write, ending in a slash: an empty place, another one per name. */
  location(name: string): string;
  /** The files below a location, by their paths from there. */
  files(location: string): Promise<Map<string, Uint8Array>>;
  close(): Promise<void>;
}

/** What every query engine does. All SQL is Trino's, with parameters in WHERE alone, as Athena takes them. */
export function engineContract(name: string, open: () => Promise<OpenEngine>): void {
  describe(`${name} as an engine`, () => {
    let opened: OpenEngine;
    let engine: Engine;

    beforeAll(async () => {
      opened = await open();
      engine = opened.engine;
    });

    afterAll(() => opened.close());

    async function answer(statement: Statement, types: Record<string, ColumnType>) {
      const id = await engine.start(statement, 'answer');
      expect(await ended(engine, id)).toMatchObject({ state: 'succeeded' });
      return rowsOf(engine, id, columnsOf(types));
    }

    test('returns values of every type unchanged, the extremes too', async () => {
      const types = { a: 'varchar', b: 'boolean', c: 'integer', d: 'bigint', e: 'double', f: 'timestamp', g: 'date' };
      const sql = `
        SELECT a, CAST(b AS boolean) AS b, CAST(c AS integer) AS c, CAST(d AS bigint) AS d, CAST(e AS double) AS e,
          CAST(f AS timestamp) AS f, CAST(g AS date) AS g
        FROM (VALUES
          (1, 'text', 'true', '2147483647', '9223372036854775807', '1.5', '2026-10-01 12:34:56.789', '2026-10-01'),
          (2, 'more', 'false', '-2147483648', '-9223372036854775808', '-1e300', '1969-12-31 23:59:59.999', '1969-12-31'),
          (3, '0', 'false', '0', '9007199254740993', 'NaN', '2000-02-29 00:00:00', '2000-02-29'),
          (4, '1', 'true', '1', '-1', 'Infinity', '9999-12-31 23:59:59', '9999-12-31'),
          (5, '2', 'true', '2', '2', '-Infinity', '0001-01-01 00:00:00', '0001-01-01'),
          (6, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
        ) AS t(n, a, b, c, d, e, f, g)
        ORDER BY n`;
      const at = (text: string) => new Date(text).getTime();
      expect(await answer({ sql, parameters: [] }, types as Record<string, ColumnType>)).toEqual([
        ['text', true, 2147483647, 9223372036854775807n, 1.5, at('2026-10-01T12:34:56.789Z'), at('2026-10-01')],
        ['more', false, -2147483648, -9223372036854775808n, -1e300, -1, at('1969-12-31')],
        ['0', false, 0, 9007199254740993n, Number.NaN, at('2000-02-29'), at('2000-02-29')],
        ['1', true, 1, -1n, Number.POSITIVE_INFINITY, at('9999-12-31T23:59:59Z'), at('9999-12-31')],
        ['2', true, 2, 2n, Number.NEGATIVE_INFINITY, at('0001-01-01'), at('0001-01-01')],
        [null, null, null, null, null, null, null],
      ]);
    });

    test('returns text unchanged, and NULL as another value than the empty text', async () => {
      const texts = [
        '',
        ' ',
        '"',
        '""',
        ',',
        'a,"b"\nc\r\nd',
        'Zürich 😀 日本',
        '\\',
        '\t',
        "it's",
        'NULL',
        '%',
        '\u2028',
      ];
      const values = texts.map((text, index) => `(${index}, '${text.replaceAll("'", "''")}')`).join(', ');
      const sql = `SELECT v, CAST(NULL AS varchar) AS w, v AS x FROM (VALUES ${values}) AS t(n, v) ORDER BY n`;
      const expected = texts.map((text) => [text, null, text]);
      expect(await answer({ sql, parameters: [] }, { v: 'varchar', w: 'varchar', x: 'varchar' })).toEqual(expected);
    });

    test('distinguishes a row of NULL from no row in a result of one column', async () => {
      const sql = `SELECT v FROM (VALUES (1, 'a'), (2, NULL), (3, ''), (4, NULL)) AS t(n, v) ORDER BY n`;
      expect(await answer({ sql, parameters: [] }, { v: 'varchar' })).toEqual([['a'], [null], [''], [null]]);
    });

    test.each([
      "'; DROP TABLE requests; --",
      "it's",
      "' OR 1 = 1 OR '' = '",
      "''",
      "\\' OR true --",
      '100 %_',
      '?',
      '$1',
      'Zürich 😀',
      'a\nb',
      '',
      '1',
      'NULL',
    ])('takes the parameter %j as that text and nothing else', async (value) => {
      const values = [value, 'another', '2'].map((text) => `('${text.replaceAll("'", "''")}')`).join(', ');
      const sql = `SELECT v FROM (VALUES ${values}) AS t(v) WHERE v = ? -- why?`;
      expect(await answer({ sql, parameters: [value] }, { v: 'varchar' })).toEqual([[value]]);
    });

    test('puts parameters in the order of their marks', async () => {
      const sql = `SELECT v, '?' AS w FROM (VALUES ('a', 1), ('b', 2)) AS t(v, n) WHERE v = ? AND n = CAST(? AS integer)`;
      expect(await answer({ sql, parameters: ['b', '2'] }, { v: 'varchar', w: 'varchar' })).toEqual([['b', '?']]);
    });

    test('returns a result without rows', async () => {
      const sql = `SELECT v FROM (VALUES ('a')) AS t(v) WHERE v = ?`;
      expect(await answer({ sql, parameters: ['b'] }, { v: 'varchar' })).toEqual([]);
    });

    test('returns a long result in order, in batches of at most 10,000 rows', async () => {
      const digits = '(VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9))';
      const sql = `
        SELECT CAST(n AS bigint) AS n FROM (
          SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d AS n
          FROM ${digits} AS a(d) CROSS JOIN ${digits} AS b(d) CROSS JOIN ${digits} AS c(d) CROSS JOIN ${digits} AS e(d)
          CROSS JOIN ${digits} AS f(d)
        ) WHERE n < 25000 ORDER BY n`;
      const id = await engine.start({ sql, parameters: [] }, 'long');
      expect((await ended(engine, id)).state).toBe('succeeded');
      const numbers: bigint[] = [];
      for await (const batch of engine.rows(id, columnsOf({ n: 'bigint' }))) {
        expect(batch.numRows).toBeLessThanOrEqual(10_000);
        for (const row of values(batch)) numbers.push(row[0] as bigint);
      }
      expect(numbers).toEqual(Array.from({ length: 25_000 }, (_, index) => BigInt(index)));
    });

    test('refuses rows whose columns are not the expected ones, and names both', async () => {
      const id = await engine.start({ sql: 'SELECT 1 AS one, 2 AS two', parameters: [] }, 'columns');
      await ended(engine, id);
      const expected = columnsOf({ two: 'integer', one: 'integer' });
      await expect(rowsOf(engine, id, expected)).rejects.toThrow(/one, two.*two, one/);
    });

    test.each([
      ['no SQL at all', 'SELEC 1', /SELEC/],
      ['a table that is not there', 'SELECT * FROM no_such_table', /no_such_table/],
      ['a value that is no number', `SELECT CAST(v AS bigint) AS v FROM (VALUES ('twelve')) AS t(v)`, /twelve/],
      [
        'a parameter that does not fit',
        `SELECT v FROM (VALUES (1)) AS t(v) WHERE v = CAST(? AS integer)`,
        /twelve|parameter/i,
      ],
    ])('says why %s failed, and has no rows of it', async (_name, sql, reason) => {
      const parameters = sql.includes('?') ? ['twelve'] : [];
      const id = await engine.start({ sql, parameters }, 'failing');
      const end = await ended(engine, id);
      expect(end).toMatchObject({ state: 'failed', retryable: false, reason: expect.stringMatching(reason) });
      await expect(rowsOf(engine, id, columnsOf({ v: 'bigint' }))).rejects.toThrow(id);
    });

    test('starts the same statement with the same token once', async () => {
      const statement = { sql: `SELECT v FROM (VALUES ('a')) AS t(v) WHERE v = ?`, parameters: ['a'] };
      const id = await engine.start(statement, 'one');
      expect(await engine.start(statement, 'one')).toBe(id);
      const others = [
        await engine.start(statement, 'two'),
        await engine.start({ ...statement, parameters: ['b'] }, 'one'),
        await engine.start({ ...statement, sql: `${statement.sql} AND v <> 'b'` }, 'one'),
      ];
      expect(new Set([id, ...others]).size).toBe(4);
      for (const one of [id, ...others]) await ended(engine, one);
    });

    test('unloads Parquet into folders named after the partitions', async () => {
      const location = opened.location('parts');
      const sql = `
        SELECT n, v, kind, day FROM (VALUES
          (CAST(9007199254740993 AS bigint), 'Zürich 😀', 'requests', '2026-10-01'),
          (CAST(2 AS bigint), '', 'requests', '2026-10-02'),
          (CAST(3 AS bigint), CAST(NULL AS varchar), 'rejected', '2026-10-01'),
          (CAST(4 AS bigint), 'gone', 'gone', '2026-10-01')
        ) AS t(n, v, kind, day) WHERE kind <> ? -- the last line of a file may be a comment`;
      const select = { sql, parameters: ['gone'] };
      const id = await engine.startUnload({ select, location, partition_columns: ['kind', 'day'] }, 'unload');
      expect(await ended(engine, id)).toMatchObject({ state: 'succeeded' });
      const rows: Record<string, unknown> = {};
      for (const [path, file] of await opened.files(location)) {
        rows[path.slice(0, path.lastIndexOf('/'))] = await parquetRows(file);
      }
      expect(rows).toEqual({
        'kind=requests/day=2026-10-01': [{ n: 9007199254740993n, v: 'Zürich 😀' }],
        'kind=requests/day=2026-10-02': [{ n: 2n, v: '' }],
        'kind=rejected/day=2026-10-01': [{ n: 3n, v: null }],
      });
    });

    test('unloads without partitions, and writes no file if there is no row', async () => {
      const unload = async (name: string, wanted: string) => {
        const select = { sql: `SELECT v FROM (VALUES ('a')) AS t(v) WHERE v = ?`, parameters: [wanted] };
        const location = opened.location(name);
        const id = await engine.startUnload({ select, location, partition_columns: [] }, name);
        expect(await ended(engine, id)).toMatchObject({ state: 'succeeded' });
        const rows = [];
        for (const file of (await opened.files(location)).values()) rows.push(...(await parquetRows(file)));
        return rows;
      };
      expect(await unload('flat', 'a')).toEqual([{ v: 'a' }]);
      expect(await unload('empty', 'b')).toEqual([]);
    });

    test('removes its own files, and leaves what it unloaded', async () => {
      const location = opened.location('kept');
      const select = { sql: `SELECT 1 AS n, 'a' AS kind`, parameters: [] };
      const unloaded = await engine.startUnload({ select, location, partition_columns: ['kind'] }, 'kept');
      const selected = await engine.start(select, 'kept');
      for (const id of [unloaded, selected]) await ended(engine, id);
      await engine.removeMeta([unloaded, selected]);
      expect(await engine.removeMeta([unloaded, selected])).toBe(0);
      const files = await opened.files(location);
      expect([...files.keys()].map((path) => path.slice(0, path.indexOf('/')))).toEqual(['kind=a']);
    });

    // The last test, because a stopped engine keeps no query running.
    test('has no query left to stop once all have ended', async () => {
      const id = await engine.start({ sql: 'SELECT 1 AS n', parameters: [] }, 'ended');
      expect(await ended(engine, id)).toMatchObject({ state: 'succeeded' });
      engine.unfinished.clear();
      expect(await engine.stop()).toBe(0);
      expect(await engine.poll(id)).toMatchObject({ state: 'succeeded' });
    });
  });
}

/** The end of an execution, polled until it is there. */
async function ended(engine: Engine, id: string): Promise<Exclude<Execution, { state: 'running' }>> {
  for (;;) {
    const execution = await engine.poll(id);
    if (execution.state !== 'running') return execution;
  }
}

function columnsOf(types: Record<string, ColumnType>): Column[] {
  return Object.entries(types).map(([name, type]) => ({ name, type, title: name }));
}

async function rowsOf(engine: Engine, id: string, columns: readonly Column[]): Promise<unknown[][]> {
  const rows: unknown[][] = [];
  for await (const batch of engine.rows(id, columns)) rows.push(...values(batch));
  return rows;
}

/** Rows as arrays: bigint for bigint, milliseconds since 1970 for timestamps and dates. */
function values(batch: RecordBatch): unknown[][] {
  const columns = batch.schema.fields.map((_, index) => batch.getChildAt(index));
  return Array.from({ length: batch.numRows }, (_, row) => columns.map((column) => column?.get(row)));
}

async function parquetRows(file: Uint8Array): Promise<Record<string, unknown>[]> {
  const bytes = new Uint8Array(file).buffer;
  return parquetReadObjects({ file: bytes, compressors: { ZSTD: (page) => zstdDecompressSync(page) } });
}
