import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { logLine, writeLog } from '../lake/duckdb/raw-log.ts';
import { logtally } from './command.ts';

/* Reports about different logs with one --out and one period. */

const folder = mkdtempSync(join(tmpdir(), 'logtally-chosen-'));
const out = join(folder, 'out');
const config = join(folder, 'logtally.yaml');
const log = (name: string) => join(folder, 'logs', name, 'access.log');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(() => {
  writeLog(log('one'), [logLine('2026-10-05 10:00:00', 'R1')]);
  writeLog(log('two'), [logLine('2026-10-05 10:00:00', 'R2'), logLine('2026-10-05 11:00:00', 'R3')]);
  const settings = {
    sources: { one: { folder: join(folder, 'logs', 'one') }, two: { folder: join(folder, 'logs', 'two') } },
    reports: { all: {} },
    lake: { folder: join(folder, 'lake') },
    out,
  };
  writeFileSync(config, JSON.stringify(settings));
});

/** Folder below --out, requests, revision and late lines of an edition. */
async function reported(...options: string[]) {
  const args = ['report', '--date-range', '2026-10-05', '2026-10-06', '--out', out, '--json', '--quiet', ...options];
  const { stdout, stderr, code } = await logtally(args);
  if (code !== 0) throw new Error(stderr);
  const { folder: made, edition } = JSON.parse(stdout);
  const { headline, revision, sources } = edition;
  return [relative(out, made), headline.requests, revision, sources[0].late];
}

const PERIOD = '2026-10-05_2026-10-06';

test('without a configuration are an edition each', async () => {
  expect(await reported('--input', log('one'))).toEqual([`report/${PERIOD}`, 1, 1, undefined]);
  const second = await reported('--input', log('two'));
  expect(second).toEqual([expect.stringMatching(/^report-[0-9a-f]{12}\/2026-10-05_2026-10-06$/), 2, 1, undefined]);
  expect(await reported('--input', log('two'))).toEqual(second);
  expect(await reported('--input', log('one'))).toEqual([`report/${PERIOD}`, 1, 1, undefined]);
});

test('leave the edition of a configuration alone', async () => {
  const whole = await reported('--config', config);
  expect(whole.slice(0, 3)).toEqual([`all/${PERIOD}`, 3, 1]);
  const part = await reported('--config', config, '--source', 'two');
  expect(part).toEqual([expect.stringMatching(/^all-[0-9a-f]{12}\//), 2, 1, undefined]);
  const other = await reported('--config', config, '--source', 'one', '--input', log('two'), '--format', 's3-access');
  expect([other[1], other[2]]).toEqual([2, 1]);
  expect(new Set([whole[0], part[0], other[0]]).size).toBe(3);
});
