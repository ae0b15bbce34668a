import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../../lib/config/config.ts';
import { type Duckdb, openDuckdb } from '../../../lib/engine/duckdb/duckdb.ts';
import { goneLogs } from '../../../lib/lake/duckdb/day-plan.ts';
import type { DuckdbLake } from '../../../lib/lake/duckdb/lake.ts';
import { refreshDuckdbLake } from '../../../lib/lake/duckdb/refresh.ts';
import { readManifest, writeManifest } from '../../../lib/lake/manifest.ts';
import { localFlow } from '../../../lib/run/local-flow.ts';
import { findRawFiles, NoFilesError, type RawFile } from '../../../lib/sources/raw-files.ts';
import type { Source } from '../../../lib/sources/source.ts';
import { folderStore } from '../../../lib/store/folder.ts';
import { logLine, writeLog } from './raw-log.ts';

const DAYS = ['2026-10-05', '2026-10-06'];
const CONFIG = parseConfig('sources: { s3: {}, web: { format: nginx } }\nreports: { all: {} }\n', '/logtally.yaml', {
  section_ids: ['overview'],
});

let folder: string;
let duckdb: Duckdb;
let lake: DuckdbLake;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'logtally-gone-'));
  mkdirSync(join(folder, 'lake'));
  duckdb = await openDuckdb({ memory: '1GB', threads: 2, temp_folder: join(folder, 'temporary') });
  lake = {
    duckdb,
    folder: join(folder, 'lake'),
    store: folderStore(join(folder, 'lake')),
    late_days: 2,
    retention: 'keep',
  };
});

afterEach(() => {
  duckdb.close();
  rmSync(folder, { recursive: true, force: true });
});

async function files(): Promise<RawFile[]> {
  return findRawFiles([join(folder, 'logs')]).catch((error) => {
    if (error instanceof NoFilesError) return [];
    throw error;
  });
}

/** Refreshes the lake; returns lines, requests, duplicates and rejects of each day that it holds. */
async function refreshed(name: 's3' | 'web', retention = lake.retention): Promise<Record<string, number[]>> {
  const source = CONFIG.sources[name] as Source;
  await refreshDuckdbLake({ ...lake, retention }, localFlow(2), source, await files(), DAYS);
  const held: Record<string, number[]> = {};
  for (const day of DAYS) {
    const made = await readManifest(lake.store, name, day);
    if (made) held[day] = [made.lines, made.parsed, made.duplicates, made.rejected];
  }
  return held;
}

async function gone(name: 's3' | 'web'): Promise<string[]> {
  return goneLogs(lake, name, await files(), DAYS);
}

function rows(table: string, columns: string): Promise<Record<string, unknown>[]> {
  const found = `${lake.folder}/${table}/source=*/day=*/*.parquet`;
  return duckdb.run(`SELECT ${columns} FROM read_parquet('${found}', hive_partitioning = false) ORDER BY ALL`);
}

describe.each([
  ['in dated folders', '111122223333/eu-central-1/web/2026/10/05/2026-10-05-00-00-00-'],
  ['beside each other', '2026-10-05-10-00-00-'],
])('objects of a bucket %s', (_where, prefix) => {
  const object = (name: string) => join(folder, 'logs', `${prefix}${name}`);
  const line = (id: string) => logLine('2026-10-05 10:00:00', id);

  beforeEach(() => {
    writeLog(object('AAAA'), [line('R1'), line('R2'), 'garbage [05/Oct/2026:10:00:00']);
    writeLog(object('BBBB'), [line('R2'), line('R3')]);
  });

  test('keep their rows when they expire and another arrives, and a line that comes again is a duplicate', async () => {
    expect(await refreshed('s3')).toEqual({ '2026-10-05': [5, 3, 1, 1] });
    rmSync(object('AAAA'));
    expect(await refreshed('s3')).toEqual({ '2026-10-05': [5, 3, 1, 1] });
    writeLog(object('CCCC'), [line('R1'), line('R4'), 'more garbage [05/Oct/2026:10:00:00']);
    expect(await refreshed('s3')).toEqual({ '2026-10-05': [8, 4, 2, 2] });
    expect(await refreshed('s3')).toEqual({ '2026-10-05': [8, 4, 2, 2] });
    expect(await gone('s3')).toEqual([`${prefix}AAAA`]);
    expect(await rows('requests', 'request_id, copies')).toEqual([
      { request_id: 'R1', copies: 2n },
      { request_id: 'R2', copies: 2n },
      { request_id: 'R3', copies: 1n },
      { request_id: 'R4', copies: 1n },
    ]);
    expect(await rows('rejected', 'line, line_number')).toEqual([
      { line: 'garbage [05/Oct/2026:10:00:00', line_number: 3n },
      { line: 'more garbage [05/Oct/2026:10:00:00', line_number: 3n },
    ]);
  });

  test('keep their rows when all of them expire, and when all but a late one are gone', async () => {
    await refreshed('s3');
    rmSync(join(folder, 'logs'), { recursive: true });
    expect(await refreshed('s3')).toEqual({ '2026-10-05': [5, 3, 1, 1] });
    writeLog(object('CCCC'), [line('R3'), line('R5')]);
    expect(await refreshed('s3')).toEqual({ '2026-10-05': [7, 4, 2, 1] });
    rmSync(object('CCCC'));
    writeLog(object('DDDD'), [line('R6')]);
    expect(await refreshed('s3')).toEqual({ '2026-10-05': [8, 5, 2, 1] });
    expect(await gone('s3')).toHaveLength(3);
  });

  test('are all there is if the lake mirrors its files', async () => {
    await refreshed('s3', 'mirror');
    rmSync(object('AAAA'));
    writeLog(object('CCCC'), [line('R4')]);
    expect(await refreshed('s3', 'mirror')).toEqual({ '2026-10-05': [3, 3, 0, 0] });
  });

  test('keep rows that an older definition made, once each beside those of a late object', async () => {
    await refreshed('s3');
    const made = await readManifest(lake.store, 's3', '2026-10-05');
    if (!made) throw new Error('the lake does not hold the day');
    await writeManifest(lake.store, { ...made, format_sha256: 'an older one' });
    rmSync(object('BBBB'));
    writeLog(object('CCCC'), [line('R3'), line('R4')]);
    expect(await refreshed('s3')).toEqual({ '2026-10-05': [7, 4, 2, 1] });
  });

  test('count again when they come back', async () => {
    await refreshed('s3');
    renameSync(object('AAAA'), join(folder, 'kept'));
    writeLog(object('CCCC'), [line('R4')]);
    await refreshed('s3');
    renameSync(join(folder, 'kept'), object('AAAA'));
    expect(await refreshed('s3')).toEqual({ '2026-10-05': [6, 4, 1, 1] });
    expect(await gone('s3')).toEqual([]);
  });
});

describe('logs of a server that are rotated', () => {
  const log = (name: string) => join(folder, 'logs', name);
  const line = (day: number, hour: number) =>
    `192.0.2.1 - - [0${day}/Oct/2026:${String(hour).padStart(2, '0')}:00:00 +0000] "GET /${day}-${hour} HTTP/1.1" 200 9 "-" "curl/8.11.1"`;
  const lines = (day: number, from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => line(day, from + index));
  const BOTH = { '2026-10-05': [24, 24, 0, 0], '2026-10-06': [24, 24, 0, 0] };

  beforeEach(async () => {
    writeLog(log('access.log.1'), lines(5, 0, 6));
    writeLog(log('access.log'), [...lines(5, 6, 24), ...lines(6, 0, 6)]);
    await refreshed('web');
  });

  test('by new names keep the lines of the one that falls out', async () => {
    renameSync(log('access.log'), log('access.log.1'));
    appendFileSync(log('access.log.1'), `${lines(6, 6, 12).join('\n')}\n`);
    writeLog(log('access.log'), lines(6, 12, 24));
    expect(await refreshed('web')).toEqual(BOTH);
    expect(await gone('web')).toEqual(['access.log.1']);
    renameSync(log('access.log'), log('access.log.1'));
    writeLog(log('access.log'), []);
    expect(await refreshed('web')).toEqual(BOTH);
  });

  test('and compressed are the same lines', async () => {
    appendFileSync(log('access.log'), `${lines(6, 6, 24).join('\n')}\n`);
    writeLog(log('access.log.2.gz'), lines(5, 0, 6));
    renameSync(log('access.log'), log('access.log.1'));
    expect(await refreshed('web')).toEqual(BOTH);
    expect(await gone('web')).toEqual([]);
  });

  test('by copying and emptying count each line once', async () => {
    appendFileSync(log('access.log'), `${lines(6, 6, 12).join('\n')}\n`);
    writeLog(log('access.log.1'), [...lines(5, 6, 24), ...lines(6, 0, 12)]);
    writeLog(log('access.log'), lines(6, 12, 24));
    expect(await refreshed('web')).toEqual(BOTH);
  });

  test('of a log that lost its first lines the lake keeps them, and repeats no line', async () => {
    rmSync(log('access.log.1'));
    writeLog(log('access.log'), [...lines(5, 20, 24), ...lines(6, 0, 24)]);
    expect(await refreshed('web')).toEqual(BOTH);
  });

  test('a log that cannot be read any more keeps its rows', async () => {
    const bytes = gzipSync(readFileSync(log('access.log.1')));
    rmSync(log('access.log.1'));
    writeLog(log('access.log.1.gz'), [bytes.subarray(3)]);
    appendFileSync(log('access.log'), `${lines(6, 6, 24).join('\n')}\n`);
    expect(await refreshed('web')).toEqual(BOTH);
  });

  test('equal lines of logs that are there at the same time are requests of their own', async () => {
    writeLog(log('other.log'), [line(6, 1), line(6, 1)]);
    expect(await refreshed('web')).toMatchObject({ '2026-10-06': [8, 8, 0, 0] });
  });
});
