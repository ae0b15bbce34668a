import { gzipSync } from 'node:zlib';
import { StopQueryExecutionCommand } from '@aws-sdk/client-athena';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { athenaEngine } from '../../lib/engine/athena/athena.ts';
import type { Engine, Statement } from '../../lib/engine/engine.ts';
import { formatOf } from '../../lib/formats/formats.ts';
import { refreshAthenaLake } from '../../lib/lake/athena/refresh.ts';
import { readManifest } from '../../lib/lake/manifest.ts';
import type { Column, ColumnType } from '../../lib/model/columns.ts';
import { LAKE_PARTITIONS, REJECTED_COLUMNS, REQUEST_COLUMNS } from '../../lib/model/request-columns.ts';
import { localFlow } from '../../lib/run/local-flow.ts';
import { s3Store } from '../../lib/store/s3.ts';
import { type AthenaServer, startAthenaServer } from './athena.ts';
import { serverFiles } from './athena-files.ts';
import { lakeTable, rawTable } from './athena-tables.ts';
import { type S3Server, startS3Server } from './s3.ts';

const PLACES = { database: 'logtally', workgroup: 'logtally', output_location: 's3://results/athena/' };
const DAY_FOLDER = 'logs/shop/111122223333/eu-central-1/shop-assets/2026/10/01/';
const DAY = /\/(?<account>[^/]+)\/(?<region>[^/]+)\/(?<bucket>[^/]+)\/(?<timestamp>\d{4}\/\d\d\/\d\d)\/[^/]+$/;

const line = (request_id: string, key: string) =>
  `0f1e2d shop-assets [01/Oct/2026:10:00:00 +0000] 192.0.2.1 - ${request_id} REST.GET.OBJECT ${key} ` +
  `"GET /${key} HTTP/1.1" 200 - 10 20 30 4 "-" "curl "8"" - hostid= SigV4 ECDHE AuthHeader ` +
  's3.example.com TLSv1.3 - -';

describe('the server that stands in for Athena', () => {
  let s3: S3Server;
  let athena: AthenaServer;
  let engine: Engine;

  beforeEach(async () => {
    s3 = await startS3Server();
    athena = await startAthenaServer({ files: serverFiles(s3), ...PLACES });
    athena.addTable(rawTable('raw_shop', formatOf('s3-access'), 's3://logs/shop/', DAY));
    athena.addTable(lakeTable('requests', REQUEST_COLUMNS, LAKE_PARTITIONS, 's3://results/lake/requests/'));
    athena.addTable(lakeTable('rejected', REJECTED_COLUMNS, LAKE_PARTITIONS, 's3://results/lake/rejected/'));
    engine = athenaEngine({ client: athena.client(), s3: s3.client(), ...PLACES });
  });

  afterEach(async () => {
    await athena.close();
    await s3.close();
  });

  function put(key: string, body: string | Buffer): void {
    s3.objects.set(key, { body: Buffer.from(body), etag: `"${key} ${body.length}"`, last_modified: new Date() });
  }

  let attempt = 0;
  async function answer(statement: Statement, types: Record<string, ColumnType>): Promise<unknown[][]> {
    const id = await engine.start(statement, String(attempt++));
    expect(await engine.poll(id)).toMatchObject({ state: 'succeeded' });
    const columns: Column[] = Object.entries(types).map(([name, type]) => ({ name, type, title: name }));
    const rows: unknown[][] = [];
    for await (const batch of engine.rows(id, columns)) {
      for (let row = 0; row < batch.numRows; row++) {
        rows.push(columns.map((_, index) => batch.getChildAt(index)?.get(row)));
      }
    }
    return rows;
  }

  test('has each line below the location of a raw table, with its columns and its path', async () => {
    put(`${DAY_FOLDER}a`, `${line('R1', 'a%2520b')}\nno log line "at all\n`);
    put(`${DAY_FOLDER}b.gz`, gzipSync(`${line('R2', 'b')}\n`));
    put(`${DAY_FOLDER}_hidden`, line('R3', 'c'));
    put(`${DAY_FOLDER}empty`, '');
    put('logs/shop/not/projected', line('R4', 'd'));
    put('logs/shop2/111122223333/eu-central-1/b/2026/10/01/e', line('R5', 'e'));
    const statement = {
      sql: `SELECT requestid, "key", useragent, referrer, sourceregion, unparsed, bucket, "$path" AS path
            FROM logtally.raw_shop WHERE "timestamp" = ? ORDER BY requestid`,
      parameters: ['2026/10/01'],
    };
    const types = ['requestid', 'key', 'useragent', 'referrer', 'sourceregion', 'unparsed', 'bucket', 'path'];
    const columns = Object.fromEntries(types.map((name) => [name, 'varchar' as const]));
    const [a, b] = [`s3://${DAY_FOLDER}a`, `s3://${DAY_FOLDER}b.gz`];
    expect(await answer(statement, columns)).toEqual([
      ['R1', 'a%2520b', 'curl "8"', '-', null, null, 'shop-assets', a],
      ['R2', 'b', 'curl "8"', '-', null, null, 'shop-assets', b],
      [null, null, null, null, null, 'no log line "at all', 'shop-assets', a],
    ]);
    expect(await answer({ ...statement, parameters: ['2026/10/02'] }, columns)).toEqual([]);
  });

  test('writes a day of raw logs into the lake, and again when a late line has come', async () => {
    put(`${DAY_FOLDER}a`, [line('R1', 'a%2520b'), line('R2', 'b'), 'no log line', ''].join('\n'));
    put(`${DAY_FOLDER}b.gz`, gzipSync(`${line('R2', 'b')}\n`));
    const store = (prefix: string) => s3Store({ client: s3.client(), bucket: 'results', prefix });
    const lake = {
      engine,
      database: 'logtally',
      store: store('lake/'),
      staging: store('staging/'),
      results: store(''),
      raw: () => s3Store({ client: s3.client(), bucket: 'logs', prefix: 'shop/' }),
      late_days: 2,
    };
    const source = {
      name: 'shop',
      format: 's3-access',
      definition: formatOf('s3-access'),
      location: 's3://logs/shop/',
      layout: 'partitioned' as const,
      partition_date_source: 'event_time' as const,
      accounts: ['111122223333'],
      regions: ['eu-central-1'],
      buckets: ['shop-assets'],
      since: '2026-09-01',
      remove_original_logs: false,
      kms_keys: [],
    };
    const days = ['2026-09-30', '2026-10-01'];
    const requests = {
      sql: 'SELECT request_id, path, copies, source, day FROM logtally.requests WHERE source = ? ORDER BY request_id',
      parameters: ['shop'],
    };
    const columns = {
      request_id: 'varchar',
      path: 'varchar',
      copies: 'bigint',
      source: 'varchar',
      day: 'varchar',
    } as const;

    expect(await answer(requests, columns)).toEqual([]);
    expect(await refreshAthenaLake({ ...lake, run_id: 'run-1' }, localFlow(), source, days)).toHaveLength(2);
    expect(await readManifest(lake.store, 'shop', '2026-10-01')).toMatchObject({
      lines: 4,
      parsed: 2,
      rejected: 1,
      duplicates: 1,
    });
    const first = [
      ['R1', 'a b', 1n, 'shop', '2026-10-01'],
      ['R2', 'b', 2n, 'shop', '2026-10-01'],
    ];
    expect(await answer(requests, columns)).toEqual(first);
    const rejected = { sql: 'SELECT line, day FROM logtally.rejected', parameters: [] };
    expect(await answer(rejected, { line: 'varchar', day: 'varchar' })).toEqual([['no log line', '2026-10-01']]);

    expect(await refreshAthenaLake({ ...lake, run_id: 'run-2' }, localFlow(), source, days)).toEqual([]);
    put(`${DAY_FOLDER}late`, line('R3', 'c'));
    athena.endNext({ state: 'FAILED', reason: 'node lost', retryable: true });
    expect(await refreshAthenaLake({ ...lake, run_id: 'run-3' }, localFlow(), source, days)).toHaveLength(2);
    expect(await answer(requests, columns)).toEqual([...first, ['R3', 'c', 1n, 'shop', '2026-10-01']]);
  });

  test('refuses to compare text with another type, as Trino does', async () => {
    const sql = `SELECT v FROM (VALUES (timestamp '2026-10-01 00:00:00')) AS t(v) WHERE v >= ?`;
    const id = await engine.start({ sql, parameters: ['2026-10-01 00:00:00'] }, 't');
    expect(await engine.poll(id)).toMatchObject({ state: 'failed', reason: expect.stringMatching(/VARCHAR/) });
  });

  test('refuses an UNLOAD whose partitions are not the last columns, or too many', async () => {
    const unload = (sql: string, partition_columns: string[]) =>
      engine.startUnload({ select: { sql, parameters: [] }, location: 's3://results/x/', partition_columns }, 't');
    const order = await engine.poll(await unload("SELECT 'a' AS kind, 1 AS n", ['kind']));
    expect(order).toMatchObject({ state: 'failed', reason: expect.stringContaining('HIVE_COLUMN_ORDER_MISMATCH') });
    const rows = Array.from({ length: 101 }, (_, index) => `(1, '${index}')`).join(', ');
    const many = await engine.poll(await unload(`SELECT n, day FROM (VALUES ${rows}) AS t(n, day)`, ['day']));
    expect(many).toMatchObject({ state: 'failed', reason: expect.stringContaining('100 open writers') });
  });

  test('cancels a query that is stopped', async () => {
    athena.stayRunning(5);
    const id = await engine.start({ sql: 'SELECT 1 AS n', parameters: [] }, 't');
    expect(await engine.poll(id)).toEqual({ state: 'running' });
    await athena.client().send(new StopQueryExecutionCommand({ QueryExecutionId: id }));
    expect(await engine.poll(id)).toMatchObject({ state: 'cancelled' });
  });
});
