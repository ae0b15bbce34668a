import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { parseConfig } from '../../../lib/config/config.ts';
import { type Duckdb, openDuckdb } from '../../../lib/engine/duckdb/duckdb.ts';
import { refreshDuckdbLake } from '../../../lib/lake/duckdb/refresh.ts';
import { readManifest } from '../../../lib/lake/manifest.ts';
import { localFlow } from '../../../lib/run/local-flow.ts';
import { findRawFiles } from '../../../lib/sources/raw-files.ts';
import type { Source } from '../../../lib/sources/source.ts';
import { folderStore } from '../../../lib/store/folder.ts';
import { writeLog } from './raw-log.ts';

let folder: string;
let duckdb: Duckdb;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'logtally-duplicates-'));
  mkdirSync(join(folder, 'lake'));
  duckdb = await openDuckdb({ memory: '1GB', threads: 2, temp_folder: join(folder, 'temporary') });
});

afterEach(() => {
  duckdb.close();
  rmSync(folder, { recursive: true, force: true });
});

const DAY = '2026-10-05';

/** A format of a user's own, whose request id is that of a trace and may name many lines. */
const TRACED = `
  traced:
    title: Polls with a trace id
    patterns: ['(?<time>[^ ]+) (?<request_id>[^ ]+) (?<method>[A-Z]+) (?<url>[^ ]+) (?<status>[0-9]+) attempt=[0-9]+']
`;

const deleted = (key: string, version: string) =>
  `79a5 example-website [05/Oct/2026:10:00:00 +0000] 192.0.2.3 - R1 BATCH.DELETE.OBJECT ${key} - 204 - - 10 - - - - ${version} HOST= - - - example.com - -`;
const polled = (second: string, attempt: number) =>
  `2026-10-05T10:00:${second}Z trace-1 GET /jobs/7 202 attempt=${attempt}`;

/** The figures of a day whose lines are in two files. */
async function counted(format: string, ...files: string[][]) {
  const text = `formats:${TRACED}\nsources: { web: { format: ${format} } }\nreports: { web: {} }\n`;
  const config = parseConfig(text, '/logtally.yaml', { section_ids: ['overview'] });
  for (const [index, lines] of files.entries()) writeLog(join(folder, 'logs', `${index}.log`), lines);
  const lake = join(folder, 'lake');
  const store = folderStore(lake);
  const options = { duckdb, folder: lake, store, late_days: 2, retention: 'keep' as const };
  const found = await findRawFiles([join(folder, 'logs')]);
  await refreshDuckdbLake(options, localFlow(), config.sources.web as Source, found, [DAY]);
  const made = await readManifest(store, 'web', DAY);
  return made && { lines: made.lines, parsed: made.parsed, duplicates: made.duplicates };
}

test('versions of an object that one call deletes are requests of their own', async () => {
  const versions = ['v1', 'v2', 'v3'].map((version) => deleted('a.pdf', version));
  expect(await counted('s3-access', [...versions, deleted('b.pdf', 'v4')])).toEqual({
    lines: 4,
    parsed: 4,
    duplicates: 0,
  });
});

test('polls with one trace id are requests of their own, even within a second', async () => {
  expect(await counted('traced', [polled('01', 1), polled('02', 2), polled('02', 3)])).toEqual({
    lines: 3,
    parsed: 3,
    duplicates: 0,
  });
});

test('a line that is delivered again, in the same file or another, is a duplicate', async () => {
  expect(
    await counted('traced', [polled('01', 1), polled('02', 2), polled('01', 1)], [polled('02', 2), polled('03', 3)]),
  ).toEqual({ lines: 5, parsed: 3, duplicates: 2 });
});
