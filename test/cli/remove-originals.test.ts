import { appendFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { logLine, writeLog } from '../lake/duckdb/raw-log.ts';
import { logtally } from './command.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logtally-originals-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const log = (name: string) => join(folder, 'logs', name);

async function report(range: readonly [string, string], ...options: string[]) {
  const config = join(folder, 'logtally.yaml');
  const settings = {
    sources: { web: { folder: join(folder, 'logs'), layout: 'flat', remove_original_logs: true } },
    reports: { web: {} },
    lake: { folder: join(folder, 'lake') },
    out: join(folder, 'out'),
  };
  writeFileSync(config, JSON.stringify(settings));
  const { stdout, stderr } = await logtally([
    'report',
    '--config',
    config,
    '--date-range',
    ...range,
    '--json',
    ...options,
  ]);
  return stdout === '' ? stderr : JSON.parse(stdout).edition.headline.requests;
}

test('a file with a line that came too late for its day stays', async () => {
  const on_time = log('2026-09-02-10-00-00-AAAA');
  const late = log('2026-10-06-10-00-00-BBBB');
  writeLog(on_time, [logLine('2026-09-02 10:00:00', 'R1')]);
  writeLog(log('2026-10-05-10-00-00-CCCC'), [logLine('2026-10-05 10:00:00', 'R2')]);
  expect(await report(['2026-09-01', '2026-09-03'])).toBe(1);
  writeLog(late, [logLine('2026-10-06 10:00:00', 'R3'), logLine('2026-09-02 11:00:00', 'R4')]);
  expect(await report(['2026-10-05', '2026-10-06'], '--remove-original-logs')).toBe(2);
  expect([on_time, late, log('2026-10-05-10-00-00-CCCC')].map((path) => existsSync(path))).toEqual([true, true, false]);
});

test('a file that grew after it was counted stays', async () => {
  const file = log('access.log');
  writeLog(file, [logLine('2026-10-05 10:00:00', 'R1')]);
  expect(await report(['2026-10-05', '2026-10-06'])).toBe(1);
  appendFileSync(file, `${logLine('2026-10-07 10:00:00', 'R2')}\n`);
  expect(await report(['2026-10-05', '2026-10-06'], '--remove-original-logs')).toBe(1);
  expect(existsSync(file)).toBe(true);
});
