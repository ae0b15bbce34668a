import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../../lib/config/config.ts';
import { type Duckdb, openDuckdb } from '../../../lib/engine/duckdb/duckdb.ts';
import { refreshDuckdbLake } from '../../../lib/lake/duckdb/refresh.ts';
import { type DayManifest, type Retention, readManifest, writeManifest } from '../../../lib/lake/manifest.ts';
import { localFlow } from '../../../lib/run/local-flow.ts';
import { findRawFiles } from '../../../lib/sources/raw-files.ts';
import type { Source } from '../../../lib/sources/source.ts';
import { folderStore } from '../../../lib/store/folder.ts';
import { logLine, writeLog } from './raw-log.ts';

const DAYS = ['2026-10-04', '2026-10-05', '2026-10-06'];
const CONFIG = parseConfig('sources: { web: {} }\nreports: { web: {} }\n', '/logtally.yaml', {
  section_ids: ['overview'],
});
const web = CONFIG.sources.web as Source;

let folder: string;
let duckdb: Duckdb;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'logtally-lake-'));
  mkdirSync(join(folder, 'lake'));
  duckdb = await openDuckdb({ memory: '1GB', threads: 2, temp_folder: join(folder, 'temporary') });
});

afterEach(() => {
  duckdb.close();
  rmSync(folder, { recursive: true, force: true });
});

async function refresh({
  retention = 'keep',
  days = DAYS,
}: {
  retention?: Retention;
  days?: string[];
} = {}): Promise<string[]> {
  const done: string[] = [];
  const store = folderStore(join(folder, 'lake'));
  const lake = {
    duckdb,
    folder: join(folder, 'lake'),
    store,
    late_days: 2,
    retention,
    onDay: (day: string) => done.push(day),
  };
  await refreshDuckdbLake(lake, localFlow(2), web, await findRawFiles([join(folder, 'logs')]), days);
  return done.sort();
}

function manifest(day: string): Promise<DayManifest | undefined> {
  return readManifest(folderStore(join(folder, 'lake')), 'web', day);
}

/** Leaves a day as an older definition of its format would have made it. */
async function forgetDefinition(day: string): Promise<void> {
  const made = await manifest(day);
  if (!made) throw new Error(`the lake does not hold ${day}`);
  await writeManifest(folderStore(join(folder, 'lake')), { ...made, format_sha256: 'an older one' });
}

/** Rows of one of the lake's tables, all days. */
function rows(table: string, columns: string): Promise<Record<string, unknown>[]> {
  const files = `${join(folder, 'lake')}/${table}/source=web/day=*/*.parquet`;
  return duckdb.run(
    `SELECT ${columns} FROM read_parquet('${files}', hive_partitioning = true, hive_types_autocast = false) ORDER BY ALL`,
  );
}

const dated = (day: string, name: string) =>
  join(folder, 'logs', '111122223333/eu-central-1/web', ...day.split('-'), name);
const figures = ({ lines, parsed, duplicates, rejected }: DayManifest) => ({ lines, parsed, duplicates, rejected });

describe('logs in dated folders', () => {
  beforeEach(() => {
    writeLog(dated('2026-10-05', '2026-10-05-00-00-00-AAAA'), [
      logLine('2026-10-05 01:00:00', 'R1'),
      logLine('2026-10-05 02:00:00', 'R2', 'b%2520c.txt'),
      logLine('2026-10-05 02:00:00', 'R2', 'b%2520c.txt'),
      'no log line at all',
      '',
      logLine('2026-10-05 23:59:59', 'R3'),
    ]);
    writeLog(dated('2026-10-06', '2026-10-06-00-00-00-BBBB.gz'), [logLine('2026-10-06 05:00:00', 'R4')]);
  });

  test('become rows, duplicates counted once, rejects kept with their place', async () => {
    expect(await refresh()).toEqual(['2026-10-05', '2026-10-06']);
    const day = await manifest('2026-10-05');
    expect(day && figures(day)).toEqual({ lines: 5, parsed: 3, duplicates: 1, rejected: 1 });
    expect(day).toMatchObject({
      first_event: '2026-10-05T01:00:00.000Z',
      last_event: '2026-10-05T23:59:59.000Z',
      hours_with_lines: 3,
    });
    expect(await rows('requests', 'day, request_id, path, copies')).toEqual([
      { day: '2026-10-05', request_id: 'R1', path: 'a.txt', copies: 1n },
      { day: '2026-10-05', request_id: 'R2', path: 'b c.txt', copies: 2n },
      { day: '2026-10-05', request_id: 'R3', path: 'a.txt', copies: 1n },
      { day: '2026-10-06', request_id: 'R4', path: 'a.txt', copies: 1n },
    ]);
    expect(await rows('rejected', 'log_object, line_number, line, reason')).toEqual([
      {
        log_object: '111122223333/eu-central-1/web/2026/10/05/2026-10-05-00-00-00-AAAA',
        line_number: 4n,
        line: 'no log line at all',
        reason: 'fits no line of the format',
      },
    ]);
  });

  test('are unchanged if no object changed, and only the day with a late object is parsed again', async () => {
    await refresh();
    expect(await refresh()).toEqual([]);
    writeLog(dated('2026-10-06', '2026-10-06-00-00-00-CCCC'), [logLine('2026-10-06 06:00:00', 'R5')]);
    expect(await refresh()).toEqual(['2026-10-06']);
    expect((await rows('requests', 'request_id')).map(({ request_id }) => request_id)).toEqual([
      'R1',
      'R2',
      'R3',
      'R4',
      'R5',
    ]);
  });

  test('a run that was killed half way leaves a day to do again, and what it left is cleared', async () => {
    await refresh();
    const before = readFileSync(join(folder, 'lake/requests/source=web/day=2026-10-05/part-0.parquet'));
    rmSync(join(folder, 'lake/manifests/source=web/day=2026-10-05.json'));
    mkdirSync(join(folder, 'lake/.day-web-2026-10-05'));
    writeFileSync(join(folder, 'lake/.day-web-2026-10-05/requests.parquet'), 'half');
    writeFileSync(join(folder, 'lake/requests/source=web/day=2026-10-05/part-0.parquet'), 'half');
    expect(await refresh()).toEqual(['2026-10-05']);
    expect(readFileSync(join(folder, 'lake/requests/source=web/day=2026-10-05/part-0.parquet'))).toEqual(before);
    expect(readdirSync(join(folder, 'lake')).filter((name) => name.startsWith('.day'))).toEqual([]);
  });

  test('keep all their rows under a new definition of the format once part of the raw logs has expired', async () => {
    writeLog(dated('2026-10-05', '2026-10-05-00-10-00-BBBB'), [logLine('2026-10-05 03:00:00', 'R5')]);
    await refresh();
    await forgetDefinition('2026-10-05');
    expect(await refresh()).toEqual(['2026-10-05']);
    await forgetDefinition('2026-10-05');
    rmSync(dated('2026-10-05', '2026-10-05-00-00-00-AAAA'));
    expect(await refresh()).toEqual([]);
    expect(await manifest('2026-10-05')).toMatchObject({ parsed: 4 });
    expect(await refresh({ retention: 'mirror' })).toEqual(['2026-10-05']);
    expect(await manifest('2026-10-05')).toMatchObject({ parsed: 1 });
  });

  test('contain exactly the lines of the files if the lake mirrors them', async () => {
    writeLog(dated('2026-10-05', '2026-10-05-00-10-00-BBBB'), [logLine('2026-10-05 03:00:00', 'R5')]);
    await refresh({ retention: 'mirror' });
    rmSync(dated('2026-10-05', '2026-10-05-00-00-00-AAAA'));
    expect(await refresh({ retention: 'mirror' })).toEqual(['2026-10-05']);
    expect(await manifest('2026-10-05')).toMatchObject({ parsed: 1 });
    expect(await refresh({ retention: 'mirror' })).toEqual([]);
  });

  test('stay in the lake if the raw object is gone, unless the lake mirrors the files', async () => {
    await refresh();
    rmSync(dated('2026-10-06', '2026-10-06-00-00-00-BBBB.gz'));
    expect(await refresh()).toEqual([]);
    expect(await manifest('2026-10-06')).toBeDefined();
    await refresh({ retention: 'mirror' });
    expect(await manifest('2026-10-06')).toBeUndefined();
    expect(existsSync(join(folder, 'lake/requests/source=web/day=2026-10-06'))).toBe(false);
  });
});

describe('logs whose names show when they were delivered', () => {
  const delivered = (name: string) => join(folder, 'logs', name);
  const ids = async (day: string) =>
    (await rows('requests', 'day, request_id')).filter((row) => row.day === day).map(({ request_id }) => request_id);

  test('count to the day of their time, regardless of their file', async () => {
    writeLog(delivered('2026-10-02-23-00-00-AAAA'), [logLine('2026-10-05 00:00:00', 'NEVER-SO-EARLY')]);
    writeLog(delivered('2026-10-04-23-00-00-BBBB'), [
      logLine('2026-10-04 23:59:59', 'DAY-BEFORE'),
      logLine('2026-10-05 00:00:00', 'FIRST'),
    ]);
    writeLog(delivered('2026-10-06-00-10-00-CCCC'), [
      logLine('2026-10-05 23:59:59', 'LAST'),
      logLine('2026-10-06 00:00:00', 'NEXT'),
      'garbage [05/Oct/2026:23:59:59',
    ]);
    writeLog(delivered('2026-10-09-00-00-00-DDDD'), [logLine('2026-10-06 23:59:59', 'LATE')]);
    await refresh();
    expect(await ids('2026-10-05')).toEqual(['FIRST', 'LAST']);
    expect(await ids('2026-10-06')).toEqual(['LATE', 'NEXT']);
    // A line that is no request counts to the day that its file's name shows, as it does in AWS.
    expect(await rows('rejected', 'day, line')).toEqual([{ day: '2026-10-06', line: 'garbage [05/Oct/2026:23:59:59' }]);
  });

  test('leave a day unchanged that another run has read completely', async () => {
    writeLog(delivered('2026-10-05-12-00-00-AAAA'), [logLine('2026-10-05 12:00:00', 'R1')]);
    writeLog(delivered('2026-10-06-00-10-00-BBBB'), [logLine('2026-10-05 23:59:59', 'R2')]);
    await refresh();
    const later = ['2026-10-07', '2026-10-08'];
    appendFileSync(delivered('2026-10-06-00-10-00-BBBB'), `${logLine('2026-10-06 00:00:00', 'R3')}\n`);
    await refresh({ days: later });
    expect(await ids('2026-10-05')).toEqual(['R1', 'R2']);
    await refresh();
    expect(await ids('2026-10-05')).toEqual(['R1', 'R2']);
    expect(await ids('2026-10-06')).toEqual(['R3']);
  });
});

describe('one file with several days', () => {
  const file = () => join(folder, 'logs', 'access.log');

  test('is parted into its days; a reject without a date belongs to the last of them', async () => {
    writeLog(file(), [
      logLine('2026-10-04 10:00:00', 'R1'),
      'cut [04/Oct/2026:11:00:00',
      logLine('2026-10-05 10:00:00', 'R2'),
      'garbage',
    ]);
    expect(await refresh()).toEqual(['2026-10-04', '2026-10-05']);
    expect(await rows('rejected', 'day, line_number, line')).toEqual([
      { day: '2026-10-04', line_number: 2n, line: 'cut [04/Oct/2026:11:00:00' },
      { day: '2026-10-05', line_number: 4n, line: 'garbage' },
    ]);
    expect(await refresh()).toEqual([]);
  });

  test('adds appended lines once', async () => {
    writeLog(file(), [logLine('2026-10-04 10:00:00', 'R1')]);
    await refresh();
    appendFileSync(file(), `${logLine('2026-10-04 11:00:00', 'R2')}\n`);
    await refresh();
    const day = await manifest('2026-10-04');
    expect(day && figures(day)).toEqual({ lines: 2, parsed: 2, duplicates: 0, rejected: 0 });
  });

  test('loses no line to odd bytes, odd ends or length', async () => {
    const long = logLine('2026-10-05 06:00:00', 'LONG', 'a.txt', 'x'.repeat(5_000_000));
    const latin = Buffer.from(logLine('2026-10-05 02:00:00', 'LATIN', 'a.txt', 'caf\u00e9'), 'latin1');
    writeLog(file(), [
      `${logLine('2026-10-05 01:00:00', 'CRLF')}\r`,
      latin,
      logLine('2026-10-05 03:00:00', 'SOH', 'a.txt', 'a\u0001b'),
      logLine('2026-10-05 04:00:00', 'NULLS', 'a.txt', '\u0002null'),
      long,
      Buffer.from([0x01, 0xff, 0xfe, 0x01]),
    ]);
    await refresh();
    const day = await manifest('2026-10-05');
    expect(day && figures(day)).toEqual({ lines: 6, parsed: 5, duplicates: 0, rejected: 1 });
    expect(await rows('requests', 'request_id, length(user_agent) AS length')).toEqual([
      { request_id: 'CRLF', length: 10n },
      { request_id: 'LATIN', length: 4n },
      { request_id: 'LONG', length: 5_000_000n },
      { request_id: 'NULLS', length: 5n },
      { request_id: 'SOH', length: 3n },
    ]);
    expect(
      await rows('requests', 'user_agent, request_id').then((all) =>
        all.find(({ request_id }) => request_id === 'LATIN'),
      ),
    ).toEqual({
      request_id: 'LATIN',
      user_agent: 'caf\ufffd',
    });
  });

  test('a gzip file that ends early is read up to its end and reported', async () => {
    const whole = join(folder, 'whole.log.gz');
    writeLog(
      whole,
      Array.from({ length: 20_000 }, (_, number) => logLine('2026-10-05 10:00:00', `R${(number * 7919) % 1_000_003}`)),
    );
    mkdirSync(join(folder, 'logs'));
    const bytes = readFileSync(whole);
    writeFileSync(join(folder, 'logs', 'cut.log.gz'), bytes.subarray(0, bytes.length / 2));
    writeFileSync(join(folder, 'logs', 'noise.bin'), Buffer.from([0, 1, 2, 3, 0]));
    writeFileSync(join(folder, 'logs', 'fake.gz'), 'plain text');
    await refresh();
    const day = await manifest('2026-10-05');
    expect(day?.parsed).toBeGreaterThan(1_000);
    expect(day?.parsed).toBeLessThan(20_000);
    expect(day?.unreadable).toEqual([{ log_object: 'cut.log.gz', reason: expect.stringContaining('ends early') }]);
  });
});
