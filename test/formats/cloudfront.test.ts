import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Duckdb, openDuckdb } from '../../lib/engine/duckdb/duckdb.ts';
import { duckdbReader } from '../../lib/formats/duckdb/reader.ts';
import { formatOf } from '../../lib/formats/formats.ts';
import { mappingSql } from '../../lib/formats/mapping.ts';

/* A file's `#Fields` line says what its other lines hold, whatever another file says. */

let duckdb: Duckdb;
beforeAll(async () => {
  duckdb = await openDuckdb({
    memory: '1GB',
    threads: 2,
    temp_folder: join(tmpdir(), `logtally-fields-${process.pid}`),
  });
});
afterAll(() => duckdb.close());

const FILES = {
  chosen: ['#Version: 1.0', '#Fields: time date sc-status cs-uri-stem', '00:00:38\t2026-10-06\t404\t/chosen'],
  tabs: ['#Fields:\tdate\ttime\tcs-uri-stem', '2026-10-06\t00:00:39\t/tabs'],
  unknown: ['#Fields: date time x-later-field c-ip', '2026-10-06\t00:00:40\tanything\t192.0.2.1'],
  legacy: ['2026-10-06\t00:00:41\tFRA2\t182\t192.0.2.2\tGET\texample.com\t/legacy\t200'],
  spaces: [
    '#Fields: date time x-edge-location  c-ip cs-uri-stem',
    '2026-10-06   00:00:43   FRA2   192.0.2.3   rtmp://a',
  ],
  short: ['#Fields: date time cs-uri-stem c-ip', '2026-10-06\t00:00:42\t/short'],
};

test("fields are in the order of their file's header", async () => {
  const values = Object.entries(FILES).flatMap(([file, lines]) => lines.map((line) => `('${line}', '${file}')`));
  const lines = `(SELECT * FROM (VALUES ${values.join(', ')}) AS lines (line, log_object))`;
  const cloudfront = formatOf('cloudfront');
  const mapped = mappingSql(cloudfront, `(${duckdbReader(cloudfront, lines)})`);
  const rows = await duckdb.run(
    `SELECT log_object, date_part('second', time)::INTEGER AS second, path, status, client_ip, reason FROM (${mapped}) ORDER BY time`,
  );
  expect(rows.map((row) => Object.values(row))).toEqual([
    ['chosen', 38, '/chosen', 404, null, null],
    ['tabs', 39, '/tabs', null, null, null],
    ['unknown', 40, null, null, '192.0.2.1', null],
    ['legacy', 41, '/legacy', 200, '192.0.2.2', null],
    ['short', 42, '/short', null, null, null],
    ['spaces', 43, 'rtmp://a', null, '192.0.2.3', null],
  ]);
});
