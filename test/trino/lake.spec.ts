import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { trinoReader } from '../../lib/formats/athena/reader.ts';
import { addressPatterns } from '../../lib/lake/address-patterns.ts';
import { daysSql, FOLDER_DAY } from '../../lib/lake/athena/days-sql.ts';
import { keptDaySql } from '../../lib/lake/athena/kept-day-sql.ts';
import { dayFiguresSql } from '../../lib/lake/definition.ts';
import { findAddress, removeAddress } from '../../lib/lake/duckdb/forget.ts';
import { duckdbRawRelation } from '../../lib/lake/duckdb/raw-relation.ts';
import { readManifest } from '../../lib/lake/manifest.ts';
import { rawRequestsStatement } from '../../lib/lake/raw-requests.ts';
import { REQUEST_COLUMNS } from '../../lib/model/request-columns.ts';
import { rawTableName } from '../../lib/model/table-names.ts';
import { loadSections } from '../../lib/sections/catalogue.ts';
import { renderSection } from '../../lib/sections/render.ts';
import { findRawFiles } from '../../lib/sources/raw-files.ts';
import type { Source } from '../../lib/sources/source.ts';
import { folderStore } from '../../lib/store/folder.ts';
import { GOOD_LINE } from '../formats/hostile-lines.ts';
import { MARCH } from '../sections/database.ts';
import { createDatabase } from './database.ts';
import { bytesBelow, type Lake, makeLake, SAMPLE_PERIOD } from './lake.ts';
import { expectSameRows } from './same-rows.ts';
import { plainValue } from './values.ts';

/** A day with an object that was delivered twice, and a day with lines that do not fit the format. */
const DAY = '2026-10-08';
const BROKEN_DAY = '2026-09-08';
const raw = `lake.${rawTableName('sample')}`;
const lines = `FROM ${raw} WHERE "timestamp" = ?`;
const COLUMNS = REQUEST_COLUMNS.map(({ name }) => name).filter((name) => name !== 'log_object');

let lake: Lake;
let source: Source;
beforeAll(async () => {
  lake = await makeLake('lake', []);
  source = lake.trino.sources.sample as Source;
});
afterAll(() => lake.duckdb.close());

describe('a query for one day reads only that day', () => {
  test('from the raw logs', async () => {
    const one = await lake.trino.ask(`SELECT count(*), count(DISTINCT "$path"), min("$path") ${lines}`, [
      DAY.replaceAll('-', '/'),
    ]);
    expect(one.input_bytes).toBe(bytesBelow(lake.raw, DAY.replaceAll('-', '/')));
    expect(one.rows[0]?.[0]).toBe(one.input_rows);
    const all = await lake.trino.ask(`SELECT count(*) FROM ${raw}`);
    expect(all.input_bytes).toBe(bytesBelow(lake.raw));
    expect(one.input_bytes).toBeLessThan(all.input_bytes / 30);
  });

  test('from the lake', async () => {
    const overview = loadSections().find(({ id }) => id === 'overview');
    if (!overview) throw new Error('there is no section overview');
    const period = { kind: 'date_range', from: DAY, to: DAY } as const;
    const scope = { ...MARCH, database: 'lake', sources: ['sample'], period };
    const one = await lake.trino.run(renderSection(overview, scope));
    const file = join(lake.trino.lake, 'requests', 'source=sample', `day=${DAY}`);
    const manifest = await readManifest(folderStore(lake.trino.lake), 'sample', DAY);
    // The overview reads the requests of the day, and counts its lines.
    const times = 2;
    expect(one.input_rows).toBe(times * (manifest?.parsed ?? 0));
    // A file below 3 MB is read as a whole, a larger one by its columns.
    expect(one.input_bytes).toBe(times * bytesBelow(file));
    const all = await lake.trino.run(renderSection(overview, { ...scope, period: SAMPLE_PERIOD }));
    expect(one.input_bytes).toBeLessThan(all.input_bytes / 30);
    const none = await lake.trino.run(
      renderSection(overview, { ...scope, sources: ['nothing'], period: SAMPLE_PERIOD }),
    );
    expect([none.input_rows, none.input_bytes]).toEqual([0, 0]);
  });

  test('a query reads no day before the projection starts or after it ends', async () => {
    for (const day of ['2025/12/31', '2026/12/01']) {
      const outside = await lake.trino.ask(`SELECT count(*) ${lines}`, [day]);
      expect([outside.rows, outside.input_bytes]).toEqual([[[0]], 0]);
    }
  });
});

test('a projection that ends NOW ends today', async () => {
  const { format, location, accounts, regions, buckets, since } = source;
  const trino = await createDatabase('now', { web: { format, location, accounts, regions, buckets, since } }, 'NOW');
  const today = Date.now();
  for (const days of [-1, 2]) {
    const day = new Date(today + days * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '/');
    const folder = join(
      trino.buckets,
      'example-logs',
      'sample',
      '111122223333',
      'eu-central-1',
      'example-website',
      day,
    );
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'lines'), `${GOOD_LINE}\n`);
  }
  const { rows } = await trino.ask(`SELECT "timestamp" < ? FROM now.${rawTableName('web')}`, [
    new Date(today).toISOString().slice(0, 10).replaceAll('-', '/'),
  ]);
  expect(rows).toEqual([[true]]);
});

describe.each([DAY, BROKEN_DAY])('the day %s that Trino writes into the lake', (day) => {
  const unloaded = `lake.unloaded_${day.replaceAll('-', '')}`;
  beforeAll(async () => {
    await lake.trino.ask(
      `CREATE TABLE ${unloaded} WITH (format = 'PARQUET', partitioned_by = ARRAY['day', 'kind']) AS ${daysSql(source, raw)}`,
      [day.replaceAll('-', '/'), day.replaceAll('-', '/'), day, day],
    );
  });

  test('has the same requests as DuckDB writes, in every value', async () => {
    const trino = await lake.trino.ask(`SELECT ${COLUMNS.join(', ')} FROM ${unloaded} WHERE kind = 'requests'`);
    const duckdb = await lake.duckdb.run(
      `SELECT ${COLUMNS.join(', ')} FROM lake.requests WHERE source = 'sample' AND day = ?`,
      [day],
    );
    const plain = (row: unknown[]) => row.map((value, index) => plainValue(value, trino.columns[index]?.type));
    expectSameRows(
      trino.rows.map(plain),
      duckdb.map((row) => plain(Object.values(row))),
    );
    expect(trino.rows.length).toBeGreaterThan(1000);
  });

  test('has the same rejected lines', async () => {
    const trino = await lake.trino.ask(`SELECT reason, line, copies FROM ${unloaded} WHERE kind = 'rejected'`);
    const duckdb = await lake.duckdb.run(
      `SELECT reason, line, copies FROM lake.rejected WHERE source = 'sample' AND day = ?`,
      [day],
    );
    expectSameRows(
      trino.rows,
      duckdb.map((row) => Object.values(row).map((value) => plainValue(value))),
    );
    expect(trino.rows.length > 0).toBe(day === BROKEN_DAY);
  });

  test('has the same figures in its manifest', async () => {
    const manifest = await readManifest(folderStore(lake.trino.lake), 'sample', day);
    const of = (kind: string) => `(SELECT * FROM ${unloaded} WHERE kind = '${kind}')`;
    const { rows, columns } = await lake.trino.ask(dayFiguresSql(of('requests'), of('rejected')));
    const figures = Object.fromEntries(columns.map(({ name }, index) => [name, rows[0]?.[index]]));
    expect(figures).toMatchObject({
      parsed: manifest?.parsed,
      deliveries: (manifest?.lines ?? 0) - (manifest?.rejected ?? 0),
      rejected: manifest?.rejected,
      hours_with_lines: manifest?.hours_with_lines,
    });
    expect(Number(figures.deliveries) > Number(figures.parsed)).toBe(day === DAY);
    for (const name of ['first_event', 'last_event'] as const) {
      expect(new Date(`${String(figures[name]).replace(' ', 'T')}Z`).toISOString()).toBe(manifest?.[name]);
    }
  });

  test('has the same columns and types in Parquet, and both engines read the same values', async () => {
    const { rows } = await lake.trino.ask(`SELECT DISTINCT "$path" FROM ${unloaded} WHERE kind = 'requests'`);
    const [written = ''] = rows.map(([path]) => String(path).replace('local:///', `${process.env.TRINO_FILES}/`));
    const own = join(lake.trino.lake, 'requests', 'source=sample', `day=${day}`, 'part-0.parquet');
    const schema = async (file: string) => {
      const columns = await lake.duckdb.run(
        `DESCRIBE SELECT * FROM read_parquet('${file}', hive_partitioning = false)`,
      );
      return columns.map(({ column_name, column_type }) => `${column_name} ${column_type}`);
    };
    const more = ['reason VARCHAR', 'line_number BIGINT', 'line VARCHAR'];
    expect(await schema(written)).toEqual([...(await schema(own)), ...more]);
    const sum = `SELECT count(*), sum(bytes_sent), max(time), sum(length(path)) FROM`;
    const [fromTrino] = await lake.duckdb.run(`${sum} read_parquet('${written}')`);
    const [fromOwn] = await lake.duckdb.run(`${sum} read_parquet('${own}')`);
    expect(fromTrino).toEqual(fromOwn);
  });
});

describe('a day of which objects are gone', () => {
  /** Requests, deliveries and rejected lines of a query like that of a day. */
  async function counted(sql: string, parameters: readonly string[]) {
    const answer = await lake.trino.ask(
      `SELECT count_if(kind = 'requests'), sum(CASE WHEN kind = 'requests' THEN copies END), count_if(kind = 'rejected')
       FROM (${sql})`,
      parameters,
    );
    return answer.rows[0]?.map(Number) ?? [];
  }

  /** The day, with the first of its objects once more. */
  async function withObject(again: 'as a new one' | 'as one that has changed') {
    const days = [BROKEN_DAY.replaceAll('-', '/'), BROKEN_DAY.replaceAll('-', '/'), BROKEN_DAY, BROKEN_DAY];
    const once = ['sample', BROKEN_DAY, ...days];
    const found = await lake.trino.ask(`SELECT min("$path") ${lines}`, [BROKEN_DAY.replaceAll('-', '/')]);
    const fresh = [String(found.rows[0]?.[0])];
    // The laptop that filled the lake names its files otherwise.
    const changed = again === 'as a new one' ? [] : [...fresh, ...(await storedNames())];
    const sql = keptDaySql('lake', source, raw, BROKEN_DAY, { fresh, changed, hasSameDefinition: true });
    return {
      merged: await counted(sql, [...once, ...once]),
      object: await counted(daysSql(source, raw, fresh), days),
    };
  }

  async function storedNames(): Promise<string[]> {
    const { rows } = await lake.trino.ask(
      `SELECT DISTINCT log_object FROM lake.requests WHERE source = 'sample' AND day = '${BROKEN_DAY}'
       UNION SELECT DISTINCT log_object FROM lake.rejected WHERE source = 'sample' AND day = '${BROKEN_DAY}'`,
    );
    return rows.map(([name]) => String(name));
  }

  async function manifest() {
    const {
      parsed,
      lines: all,
      rejected,
    } = (await readManifest(folderStore(lake.trino.lake), 'sample', BROKEN_DAY)) ?? {
      ...{ parsed: 0, lines: 0, rejected: 0 },
    };
    return [parsed, all - rejected, rejected];
  }

  test('keeps its rows, and counts what comes in a new one as delivered again', async () => {
    const [requests = 0, deliveries = 0, rejected = 0] = await manifest();
    const { merged, object } = await withObject('as a new one');
    const [, more = 0, rejects = 0] = object;
    expect(more).toBeGreaterThan(0);
    expect(merged).toEqual([requests, deliveries + more, rejected + rejects]);
  });

  test('keeps its rows once if an object that has changed holds the same lines', async () => {
    expect((await withObject('as one that has changed')).merged).toEqual(await manifest());
  });
});

test('a day that was written before a column existed has NULL in it, and its other columns are read by name', async () => {
  const old = join(import.meta.dirname, '..', 'fixtures', 'lakes', 'without-acl-required', 'requests', 'source=web');
  const day = join(lake.trino.lake, 'requests', 'source=sample', 'day=2026-01-02');
  cpSync(join(old, 'day=2026-10-05'), day, { recursive: true });
  const { rows } = await lake.trino.ask(
    `SELECT request_id, acl_required, region, copies FROM lake.requests
     WHERE source = 'sample' AND day = '2026-01-02' ORDER BY request_id`,
  );
  expect(rows).toEqual([
    ['R1', null, null, 1],
    ['R2', null, null, 2],
    ['R3', null, null, 1],
  ]);
});

test('a day from which an address was removed is read as before, without it', async () => {
  const day = '2026-10-11';
  const statement = `SELECT ${COLUMNS.join(', ')} FROM lake.requests WHERE source = 'sample' AND day = '${day}'`;
  const plain = (rows: unknown[][], { columns }: { columns: { type: string }[] }) =>
    rows.map((row) => row.map((value, index) => plainValue(value, columns[index]?.type)));
  const before = await lake.trino.ask(statement);
  const client = COLUMNS.indexOf('client_ip');
  const address = String(before.rows.find((row) => row[client] !== null)?.[client]);
  const store = folderStore(lake.trino.lake);
  const temporary = mkdtempSync(join(tmpdir(), 'logtally-forget-trino-'));
  const forgetting = { duckdb: lake.duckdb, store, temporary, patterns: addressPatterns(address) };
  const found = await findAddress(forgetting, { kind: 'date_range', from: day, to: day }, () => {});
  for (const file of found) await removeAddress(forgetting, file, '2026-11-03T06:00:00.000Z');
  rmSync(temporary, { recursive: true });
  const after = await lake.trino.ask(statement);
  expect(found.map(({ rows }) => rows)).toEqual([before.rows.filter((row) => row[client] === address).length]);
  const without = before.rows.map((row) =>
    row.map((value, index) => (index === client && value === address ? '[address]' : value)),
  );
  expectSameRows(plain(after.rows, after), plain(without, before));
});

test('every request with its raw fields is the same on both engines', async () => {
  const period = { kind: 'date_range', from: DAY, to: '2026-10-09' } as const;
  const days = `"timestamp" BETWEEN '2026/10/08' AND '2026/10/09'`;
  const onTrino = { sql: trinoReader(source.definition, raw, days, FOLDER_DAY), parameters: [] };
  const answer = await lake.trino.run(
    rawRequestsStatement(source.definition, 'sample', { reader: onTrino, contains_other_days: false }, period),
  );
  const local = { duckdb: lake.duckdb, folder: lake.trino.lake, late_days: 2, retention: 'keep' as const };
  const onDuckdb = await duckdbRawRelation(local, source, await findRawFiles([lake.raw]), [DAY, '2026-10-09']);
  const { sql, parameters } = rawRequestsStatement(source.definition, 'sample', onDuckdb, period);
  const plain = (row: unknown[]) =>
    row.slice(0, -1).map((value, index) => plainValue(value, answer.columns[index]?.type));
  expectSameRows(
    answer.rows.map(plain),
    (await lake.duckdb.run(sql, parameters)).map((row) => plain(Object.values(row))),
  );
});
