import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { logLine, writeLog } from '../lake/duckdb/raw-log.ts';
import { logtally } from './command.ts';

const LINES = 150_000;
const RANGE = ['--date-range', '2026-10-05', '2026-10-06'];

const folder = mkdtempSync(join(tmpdir(), 'logtally-interrupted-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(() => {
  const lines = Array.from({ length: LINES }, (_, index) => {
    const second = String(index % 60).padStart(2, '0');
    return logLine(`2026-10-0${5 + (index % 2)} 10:00:${second}`, `R${index}`, `k${index % 999}.txt`);
  });
  writeLog(join(folder, 'logs', 'access.log'), lines);
});

function config(name: string): string {
  const path = join(folder, `${name}.yaml`);
  const settings = {
    sources: { web: { folder: join(folder, 'logs') } },
    reports: { web: {} },
    lake: { folder: join(folder, name, 'lake') },
    out: join(folder, name, 'out'),
  };
  writeFileSync(path, JSON.stringify(settings));
  return path;
}

/** Everything below a folder, hidden files too. */
function filesBelow(name: string): string[] {
  const below = join(folder, name);
  return existsSync(below) ? readdirSync(below, { recursive: true }).map(String) : [];
}

async function report(name: string) {
  return logtally(['report', '--config', config(name), ...RANGE, '--json']);
}

describe('a run that is interrupted', () => {
  // Once a file of the kind is there, the run is in that part of its work.
  test.each([
    ['while it reads', 'SIGINT', /leases/, 130],
    ['while it writes days', 'SIGTERM', /\.day-web|manifests/, 143],
    ['while it answers sections', 'SIGINT', /\.csv\.gz$/, 130],
  ] as const)('%s leaves nothing broken: the next one completes', async (_when, signal, seen, code) => {
    const name = `${signal}-${code}-${seen.source.length}`;
    const path = config(name);
    const ended = await logtally(['report', '--config', path, ...RANGE, '--json'], {}, async (child) => {
      while (child.exitCode === null && !filesBelow(name).some((file) => seen.test(file))) await setTimeout(5);
      child.kill(signal);
    });
    expect(ended.code).toBe(code);
    expect(ended.stdout).toBe('');
    expect(filesBelow(name).filter((file) => /unfinished|leases\/.|\.temporary|\.staged/.test(file))).toEqual([]);
    const next = JSON.parse((await report(name)).stdout);
    expect(next.edition).toMatchObject({ revision: 1, sources: [{ lines: LINES, parsed: LINES, rejected: 0 }] });
    expect(filesBelow(name).filter((file) => /(^|\/)\./.test(file))).toEqual([]);
  });
});

describe('a run that is killed', () => {
  test.each([
    ['while it writes days', /\.day-web|manifests/],
    ['while it answers sections', /\.csv\.gz$/],
  ] as const)('%s holds nobody up, and the next one sweeps what it left', async (_when, seen) => {
    const name = `killed-${seen.source.length}`;
    const path = config(name);
    await logtally(['report', '--config', path, ...RANGE, '--json'], {}, async (child) => {
      while (child.exitCode === null && !filesBelow(name).some((file) => seen.test(file))) await setTimeout(5);
      child.kill('SIGKILL');
    });
    expect(filesBelow(name).filter((file) => /leases\/./.test(file))).toHaveLength(1);
    const { stdout, stderr } = await report(name);
    expect(stderr).not.toContain('another run');
    expect(JSON.parse(stdout).edition).toMatchObject({ revision: 1, sources: [{ lines: LINES, parsed: LINES }] });
    expect(filesBelow(name).filter((file) => /(^|\/)\.|leases\/./.test(file))).toEqual([]);
  });
});

describe('two runs at once over one lake', () => {
  test('run one after the other and produce the same edition', async () => {
    const path = config('both');
    const runs = await Promise.all([1, 2].map(() => logtally(['report', '--config', path, ...RANGE, '--json'])));
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    const editions = runs.map(({ stdout }) => JSON.parse(stdout));
    expect(editions.map(({ changed }) => changed).sort()).toEqual([false, true]);
    expect(editions.map(({ edition }) => [edition.revision, edition.sources[0].parsed])).toEqual([
      [1, LINES],
      [1, LINES],
    ]);
    expect(runs.map(({ stderr }) => stderr).join('')).toContain('another run is at work on');
  });
});
