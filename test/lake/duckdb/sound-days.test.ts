import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../../lib/config/config.ts';
import { type Duckdb, openDuckdb } from '../../../lib/engine/duckdb/duckdb.ts';
import { refreshDuckdbLake } from '../../../lib/lake/duckdb/refresh.ts';
import { readManifest, writeManifest } from '../../../lib/lake/manifest.ts';
import { localFlow } from '../../../lib/run/local-flow.ts';
import { findRawFiles } from '../../../lib/sources/raw-files.ts';
import type { Source } from '../../../lib/sources/source.ts';
import { folderStore } from '../../../lib/store/folder.ts';
import { logLine, writeLog } from './raw-log.ts';

const DAYS = ['2026-10-05', '2026-10-06'];
const CONFIG = parseConfig('sources: { web: {} }\nreports: { web: {} }\n', '/logtally.yaml', {
  section_ids: ['overview'],
});

let folder: string;
let duckdb: Duckdb;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'logtally-sound-'));
  mkdirSync(join(folder, 'lake'));
  duckdb = await openDuckdb({ memory: '1GB', threads: 2, temp_folder: join(folder, 'temporary') });
  writeLog(log('first.log'), [logLine('2026-10-05 10:00:00', 'R1'), 'garbage [05/Oct/2026:10:00:00']);
  writeLog(log('second.log'), [logLine('2026-10-05 11:00:00', 'R2'), logLine('2026-10-06 11:00:00', 'R3')]);
  await refresh();
});

afterEach(() => {
  duckdb.close();
  rmSync(folder, { recursive: true, force: true });
});

const log = (name: string) => join(folder, 'logs', name);
const lake = () => join(folder, 'lake');
const stored = (table: string, day = '2026-10-05') => join(lake(), table, 'source=web', `day=${day}`, 'part-0.parquet');

/** Refreshes the lake; returns what was wrong with its files. */
async function refresh(): Promise<string[]> {
  const faults: string[] = [];
  const options = {
    duckdb,
    folder: lake(),
    store: folderStore(lake()),
    late_days: 2,
    retention: 'keep' as const,
    onDamaged: (fault: string) => faults.push(fault),
  };
  await refreshDuckdbLake(
    options,
    localFlow(2),
    CONFIG.sources.web as Source,
    await findRawFiles([join(folder, 'logs')]),
    DAYS,
  );
  return faults;
}

/** Leaves the day's manifest as an older version wrote it. */
async function forgetFiles(): Promise<void> {
  const { files: _files, ...made } = (await readManifest(folderStore(lake()), 'web', '2026-10-05')) ?? {};
  await writeManifest(folderStore(lake()), made as Parameters<typeof writeManifest>[1]);
}

const DAMAGES: [string, string, () => void][] = [
  ['cut', 'bytes, its manifest counted', () => truncateSync(stored('requests'), 100)],
  ['empty', 'has 0 bytes, its manifest counted', () => writeFileSync(stored('requests'), '')],
  ['missing', 'is missing', () => rmSync(stored('requests'))],
  ['that of another day', '', () => copyFileSync(stored('requests', '2026-10-06'), stored('requests'))],
  ['of rejected lines cut', 'bytes, its manifest counted', () => truncateSync(stored('rejected'), 100)],
  [
    'changed at its end',
    'is not the file that its manifest counted',
    () => {
      const bytes = readFileSync(stored('requests'));
      bytes.writeUInt8((bytes.at(-40) ?? 0) ^ 1, bytes.length - 40);
      writeFileSync(stored('requests'), bytes);
    },
  ],
];

describe('a file of the lake that is', () => {
  test.each(DAMAGES)('%s is named, and its day made again', async (_which, fault, damage) => {
    const before = await readManifest(folderStore(lake()), 'web', '2026-10-05');
    damage();
    const [found, ...others] = await refresh();
    expect([others, found]).toEqual([[], expect.stringContaining(`source=web/day=2026-10-05/part-0.parquet `)]);
    expect(found).toContain(fault);
    expect(await readManifest(folderStore(lake()), 'web', '2026-10-05')).toEqual({
      ...before,
      files: expect.any(Array),
    });
    expect(await refresh()).toEqual([]);
  });

  test.each(DAMAGES)(
    '%s is refused with the way out if raw logs of its day are gone',
    async (_which, fault, damage) => {
      rmSync(log('first.log'));
      damage();
      await expect(refresh()).rejects.toThrow(fault);
      await expect(refresh()).rejects.toThrow(
        /1 of the raw logs of 2026-10-05 is gone, so the day cannot be made again: restore .* or delete it and .*2026-10-05.json/,
      );
    },
  );

  test('cut is found in a lake of an older version, too', async () => {
    await forgetFiles();
    expect(await refresh()).toEqual([]);
    truncateSync(stored('requests'), 100);
    expect(await refresh()).toEqual([expect.stringContaining('is no whole Parquet file')]);
    await forgetFiles();
    copyFileSync(stored('requests', '2026-10-06'), stored('requests'));
    expect(await refresh()).toEqual([expect.stringContaining('has 1 rows, its manifest counted 2')]);
  });
});
