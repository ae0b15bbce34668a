import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { logLine } from '../lake/duckdb/raw-log.ts';
import { type S3Server, startS3Server } from '../servers/s3.ts';
import { logtally } from './command.ts';

const ROOT = join(import.meta.dirname, '..', '..');

const folder = mkdtempSync(join(tmpdir(), 'logtally-sync-cli-'));
let server: S3Server;
beforeAll(async () => {
  server = await startS3Server();
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const env = () => ({
  AWS_ENDPOINT_URL_S3: server.url,
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
});

const PARTITIONED = { accounts: ['111122223333'], regions: ['eu-central-1'], buckets: ['example-a'] };
const keyOf = (day: string, name: string) => `111122223333/eu-central-1/example-a/${day.replaceAll('-', '/')}/${name}`;

function put(key: string, body: string | Buffer): void {
  server.objects.set(key, { body: Buffer.from(body), etag: `"${body.length}"`, last_modified: new Date('2026-10-06') });
}

const config = join(folder, 'logtally.yaml');
writeFileSync(
  config,
  JSON.stringify({
    sources: {
      web: { location: 's3://logs/web/', folder: join(folder, 'logs', 'web'), ...PARTITIONED },
      cdn: { location: 's3://logs/cdn/', format: 'fastly', layout: 'flat' },
      local: { folder },
    },
    reports: { web: { sources: ['web'] }, all: {} },
    lake: { folder: join(folder, 'lake') },
    out: join(folder, 'out'),
  }),
);
const range = ['--date-range', '2026-10-05', '2026-10-06'];

test('downloads a source to its folder, and prints the command that then writes the report', async () => {
  put(`logs/web/${keyOf('2026-10-05', 'a')}`, `${logLine('2026-10-05 10:00:00', 'R1')}\n`);
  put(`logs/web/${keyOf('2026-10-06', 'b')}`, `${logLine('2026-10-06 10:00:00', 'R2')}\n`);
  put(`logs/web/${keyOf('2026-10-07', 'c')}`, 'another day');
  const ended = await logtally(['sync', '--config', config, '--source', 'web', '--quiet', ...range], env());
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  expect(ended.stdout).toMatch(/^web, 2026-10-05 to 2026-10-06: 2 objects, 2 downloaded \(/);
  const [, next = ''] = /^ {2}npx logtally (report .*)$/m.exec(ended.stdout) ?? [];
  expect(next).toBe(`report --config ${config} --report web --source web --date-range 2026-10-05 2026-10-06`);
  const { edition } = JSON.parse((await logtally([...next.split(' '), '--json'])).stdout);
  expect(edition.sources).toMatchObject([{ source: 'web', parsed: 2, rejected: 0 }]);
});

test('downloads several sources to folders in --out, until today with --date, and prints JSON', async () => {
  put('logs/cdn/2026-10-05T00:00:00.000--x.log', 'cdn');
  const out = join(folder, 'several');
  const args = ['sync', '--config', config, '--source', 'web', 'cdn', '--date', '2026-10-05', '--out', out, '--json'];
  const ended = await logtally(args, env());
  const { period, sources } = JSON.parse(ended.stdout);
  expect(period.from).toBe('2026-10-05');
  expect(Date.parse(period.to)).toBeGreaterThan(Date.now() - 2 * 86_400_000);
  expect(sources).toMatchObject([
    { source: 'web', folder: join(out, 'web'), objects: 3, downloaded: 3, failed: [] },
    { source: 'cdn', folder: join(out, 'cdn'), objects: 1, downloaded: 1, failed: [] },
  ]);
  expect(readFileSync(join(out, 'cdn', '2026-10-05T00:00:00.000--x.log'), 'utf8')).toBe('cdn');
});

test('continues after it was killed, and a file has its name only when complete', async () => {
  const bodies = Array.from({ length: 12 }, (_, index) => Buffer.alloc(3_000_000 + index, `line ${index} `));
  for (const [index, body] of bodies.entries()) put(`logs/web/${keyOf('2026-10-10', `k${index}`)}`, body);
  const out = join(folder, 'killed');
  const args = [
    'sync',
    '--config',
    config,
    '--source',
    'web',
    '--date-range',
    '2026-10-10',
    '2026-10-10',
    '--out',
    out,
  ];
  // Eight objects arrive, and half of each of the other four.
  server.fail('stall', 4, 'GetObject');
  const child = spawn(process.execPath, [join(ROOT, 'bin', 'logtally.ts'), ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, ...env() },
    stdio: 'ignore',
  });
  const files = join(out, keyOf('2026-10-10', ''));
  const partsOf = () => readdirSync(out).filter((name) => name.startsWith('.logtally-part-'));
  const isHalf = () => existsSync(files) && readdirSync(files).length === 8 && partsOf().length === 4;
  for (let tries = 0; tries < 500 && !isHalf(); tries++) await sleep(20);
  child.kill('SIGINT');
  await once(child, 'close');
  const whole = readdirSync(files);
  expect(whole).toHaveLength(8);
  for (const name of whole)
    expect(readFileSync(join(files, name)).equals(bodies[Number(name.slice(1))] ?? Buffer.of())).toBe(true);
  const kept = partsOf().reduce((total, name) => total + statSync(join(out, name)).size, 0);
  expect(kept).toBeGreaterThan(0);

  const { sources } = JSON.parse((await logtally([...args, '--json'], env())).stdout);
  expect(sources).toMatchObject([{ objects: 12, downloaded: 4, up_to_date: 8, failed: [] }]);
  // The other four arrived, without what was kept of them.
  const four = bodies
    .filter((_, index) => !whole.includes(`k${index}`))
    .reduce((total, body) => total + body.length, 0);
  expect(sources[0].bytes).toBe(four - kept);
  for (const [index, body] of bodies.entries()) expect(readFileSync(join(files, `k${index}`)).equals(body)).toBe(true);
  expect(partsOf()).toEqual([]);
}, 60_000);

describe('a wrong command ends with 2 and says what to do', () => {
  test.each([
    [[], 'name the days to download: --date'],
    [['--date', '2026-10-05', ...range], 'name the days to download'],
    [['--date', '2026-02-30'], '"2026-02-30" is not a date'],
    [['--date-range', '2026-10-06', '2026-10-05'], 'ends before it starts'],
    [['--date-range', '2026-10-06'], 'two dates'],
    [['--source', 'nope', ...range], '--source nope'],
    [['--source', 'local', ...range], 'sources.local.location'],
    [['--source', 'cdn', ...range], 'source cdn has no folder; give --out FOLDER or add sources.cdn.folder'],
  ])('%j', async (args, message) => {
    const ended = await logtally(['sync', '--config', config, ...args], env());
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 2, stdout: '' });
    expect(ended.stderr).toContain(message);
  });
});

test('names objects that cannot be downloaded, and ends with 1', async () => {
  server.fail('AccessDenied', 1, 'ListObjectsV2');
  const denied = await logtally(['sync', '--config', config, '--source', 'web', ...range], env());
  expect([denied.code, denied.stderr]).toEqual([1, expect.stringContaining('allow s3:ListBucket')]);
  const { AWS_REGION: _region, ...nowhere } = { ...env(), AWS_CONFIG_FILE: '/dev/null', HOME: folder };
  const lost = await logtally(['sync', '--config', config, '--source', 'web', ...range], nowhere);
  expect([lost.code, lost.stderr]).toEqual([1, expect.stringContaining('set AWS_REGION')]);
});
