import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Duckdb, openDuckdb } from '../../../lib/engine/duckdb/duckdb.ts';
import { requestFigures } from '../../../lib/lake/duckdb/request-figures.ts';
import { parquetFile, type Value } from '../parquet/table-file.ts';

let folder: string;
let duckdb: Duckdb;
let connection: DuckDBConnection;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'logtally-figures-'));
  duckdb = await openDuckdb({ memory: '1GB', threads: 2, temp_folder: join(folder, 'temp') });
  connection = await duckdb.connect();
});

afterAll(() => {
  connection.closeSync();
  duckdb.close();
  rmSync(folder, { recursive: true });
});

const COLUMNS = [
  { name: 'time', type: 'timestamp' },
  { name: 'record_kind', type: 'varchar' },
  { name: 'copies', type: 'bigint' },
] as const;

/** Writes a file of requests, each a time, a kind and a number of deliveries; returns its path. */
function fileOf(name: string, ...requests: [string, string | null, number][]): string {
  const path = join(folder, name);
  const rows = requests.map(([time, kind, copies]): Value[] => [Date.parse(time), kind, copies]);
  writeFileSync(path, parquetFile([{ columns: COLUMNS, rows }]));
  return path;
}

test('each file has figures of its own, in the order of the paths', async () => {
  const paths = [
    fileOf(
      'z.parquet',
      ['2026-10-06T23:59:59.999Z', null, 1],
      ['2026-10-06T08:00:00Z', 'lifecycle', 1],
      ['2026-10-06T08:59:00Z', null, 3],
    ),
    fileOf('empty.parquet'),
    fileOf("it's [0-9]*?.parquet", ['2026-10-05T00:00:00Z', 'message', 1], ['2026-10-05T00:30:00Z', 'message', 1]),
  ];
  const z = {
    ...{ parsed: 3, deliveries: 5, not_requests: { lifecycle: 1 }, hours_with_lines: 2 },
    ...{ first_event: '2026-10-06T08:00:00.000Z', last_event: '2026-10-06T23:59:59.999Z' },
  };
  const empty = {
    ...{ parsed: 0, deliveries: 0, not_requests: {}, hours_with_lines: 0 },
    ...{ first_event: null, last_event: null },
  };
  const messages = {
    ...{ parsed: 2, deliveries: 2, not_requests: { message: 2 }, hours_with_lines: 1 },
    ...{ first_event: '2026-10-05T00:00:00.000Z', last_event: '2026-10-05T00:30:00.000Z' },
  };
  expect(await requestFigures(connection, paths)).toEqual([z, empty, messages]);
  expect(await requestFigures(connection, paths.toReversed())).toEqual([messages, empty, z]);
  expect(await requestFigures(connection, paths.slice(1, 2))).toEqual([empty]);
});

test('no file has no figures', async () => {
  expect(await requestFigures(connection, [])).toEqual([]);
});
