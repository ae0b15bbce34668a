import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type DayManifest, readManifest } from '../../lib/lake/manifest.ts';
import { folderStore } from '../../lib/store/folder.ts';
import { startS3Server } from '../servers/s3.ts';
import { logtally } from './command.ts';

/** `client day path status agent`, an nginx line each; the last one fits no format. */
const LINES = [
  '192.0.2.7 05 /a 200 curl/8.7.1',
  '192.0.2.7 05 /b?ip=192.0.2.7 404 curl/8.7.1',
  '192.0.2.70 05 /a 200 curl/8.7.1',
  '198.51.100.2 05 /whois/192.0.2.7 200 agent-of-192.0.2.7',
  '192.0.2.7 06 /a 200 curl/8.7.1',
  '2001:db8::7 06 /a 200 curl/8.7.1',
  '198.51.100.2 07 /a 200 curl/8.7.1',
].map((line) => {
  const [client, day, path, status, agent] = line.split(' ');
  return `${client} - - [${day}/Oct/2026:08:00:00 +0000] "GET ${path} HTTP/1.1" ${status} 10 "-" "${agent}"`;
});
const REJECTED = '[05/Oct/2026:09:00:00 +0000] no request from 192.0.2.7, nor from 192.0.2.77';

const reported = mkdtempSync(join(tmpdir(), 'logtally-forget-test-'));
let folder: string;
let config: string;
let lake: string;

beforeAll(async () => {
  [folder, config] = [reported, join(reported, 'logtally.yaml')];
  mkdirSync(join(folder, 'logs'));
  writeFileSync(join(folder, 'logs', 'access.log'), `${[...LINES, REJECTED].join('\n')}\n`);
  writeFileSync(config, 'sources: { web: { format: nginx, folder: logs } }\nreports: { site: {} }\n');
  expect(await report()).toMatchObject({ outcome: 'published', edition: { revision: 1 } });
});
afterAll(() => rmSync(reported, { recursive: true, force: true }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logtally-forget-test-'));
  // With the times of the files, by which a log is known.
  execFileSync('cp', ['-a', `${reported}/.`, folder]);
  config = join(folder, 'logtally.yaml');
  lake = join(folder, 'logtally-out', 'lake');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function report(): Promise<Record<string, unknown>> {
  const range = ['--date-range', '2026-10-05', '2026-10-07'];
  const { stdout, stderr } = await logtally(['report', '--config', config, ...range, '--json']);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

async function rows(table: string, columns: string, of = lake): Promise<unknown[][]> {
  const connection = await (await DuckDBInstance.create()).connect();
  const reader = await connection.runAndReadAll(
    `SELECT ${columns} FROM read_parquet('${of}/${table}/*/*/*.parquet', hive_types_autocast = false) ORDER BY ALL`,
  );
  connection.closeSync();
  return reader.getRowsJson();
}

/** Every file below a folder, with its text; gzip unpacked. */
function texts(of: string): Map<string, string> {
  const names = readdirSync(of, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(of, name)).isFile(),
  );
  return new Map(
    names.map((name) => {
      const bytes = readFileSync(join(of, name));
      return [name, (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1')];
    }),
  );
}

const manifest = (day: string): Promise<DayManifest | undefined> => readManifest(folderStore(lake), 'web', day);

test('without --yes says where the address is and changes nothing', async () => {
  const before = texts(join(folder, 'logtally-out'));
  expect(await logtally(['forget', '192.0.2.7', '--config', config, '--quiet'])).toEqual({
    code: 0,
    stderr: '',
    stdout: `${lake}/
  web 2026-10-05: 3 requests and 1 rejected line
  web 2026-10-06: 1 request
192.0.2.7 is in 4 requests and 1 rejected line. Nothing was changed; run the command again with --yes to remove it.
1 raw log had these lines. Delete what still exists: a day that is parsed again brings the address back.
  access.log
1 edition shows the address. After removing it, run their reports again, or delete them:
  logtally report --report site --date-range 2026-10-05 2026-10-07
`,
  });
  expect(texts(join(folder, 'logtally-out'))).toEqual(before);
});

describe('with --yes', () => {
  let manifests: (DayManifest | undefined)[];
  beforeEach(async () => {
    manifests = await Promise.all(['2026-10-05', '2026-10-06', '2026-10-07'].map(manifest));
    const { code, stdout, stderr } = await logtally([
      'forget',
      '::ffff:192.0.2.7',
      '--config',
      config,
      '--yes',
      '--quiet',
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(
      'Removed ::ffff:192.0.2.7 from 4 requests and 1 rejected line. All rows are still there and counted.\n',
    );
  });

  test('every row has [address] in its place, and no other address is changed', async () => {
    expect(await rows('requests', 'day, client_ip, path, query, user_agent, status')).toEqual([
      ['2026-10-05', '192.0.2.70', '/a', null, 'curl/8.7.1', 200],
      ['2026-10-05', '198.51.100.2', '/whois/[address]', null, 'agent-of-[address]', 200],
      ['2026-10-05', '[address]', '/a', null, 'curl/8.7.1', 200],
      ['2026-10-05', '[address]', '/b', 'ip=[address]', 'curl/8.7.1', 404],
      ['2026-10-06', '2001:db8::7', '/a', null, 'curl/8.7.1', 200],
      ['2026-10-06', '[address]', '/a', null, 'curl/8.7.1', 200],
      ['2026-10-07', '198.51.100.2', '/a', null, 'curl/8.7.1', 200],
    ]);
    expect(await rows('rejected', 'line, line_number, copies')).toEqual([
      ['[05/Oct/2026:09:00:00 +0000] no request from [address], nor from 192.0.2.77', '8', '1'],
    ]);
    for (const [name, text] of texts(lake)) expect([name, /192\.0\.2\.7(?![0-9])/.test(text)]).toEqual([name, false]);
  });

  test('the manifests of the changed days say so, and their figures stay', async () => {
    const [fifth, sixth, seventh] = manifests;
    const forgotten_at = expect.stringMatching(/^\d{4}-\d\d-\d\dT/);
    expect(await manifest('2026-10-05')).toEqual({ ...fifth, forgotten_at, files: expect.any(Array) });
    expect(await manifest('2026-10-06')).toEqual({ ...sixth, forgotten_at, files: expect.any(Array) });
    for (const { key, size_bytes } of (await manifest('2026-10-05'))?.files ?? []) {
      expect([key, statSync(join(lake, key)).size]).toEqual([key, size_bytes]);
    }
    expect(await manifest('2026-10-07')).toEqual(seventh);
  });

  test('running the report again makes an edition without it, with the same counts', async () => {
    const edition = join(folder, 'logtally-out', 'site', '2026-10-05_2026-10-07');
    const headline = () => JSON.parse(readFileSync(join(edition, 'edition.json'), 'utf8')).headline;
    const before = headline();
    expect(await report()).toMatchObject({ outcome: 'published', edition: { revision: 2 } });
    for (const [name, text] of texts(edition)) {
      expect([name, /192\.0\.2\.7(?![0-9])/.test(text)]).toEqual([name, false]);
    }
    expect(headline()).toEqual(before);
    expect((await logtally(['forget', '192.0.2.7', '--config', config, '--quiet'])).stdout).toBe(
      '192.0.2.7 is not in the lake.\n',
    );
  });
});

test('--date-range leaves other days alone, and --json lists everything', async () => {
  const range = ['--date-range', '2026-10-06', '2026-10-06'];
  const { stdout } = await logtally(['forget', '192.0.2.7', '--config', config, ...range, '--yes', '--json']);
  expect(JSON.parse(stdout)).toEqual({
    address: '192.0.2.7',
    removed: true,
    lakes: [
      {
        root: `${lake}/`,
        files: [
          {
            key: 'requests/source=web/day=2026-10-06/part-0.parquet',
            table: 'requests',
            source: 'web',
            day: '2026-10-06',
            rows: 1,
            log_objects: ['access.log'],
          },
        ],
      },
    ],
    editions: [{ report: 'site', from: '2026-10-05', to: '2026-10-07' }],
  });
  expect((await rows('requests', 'day, client_ip')).filter(([, client]) => client === '192.0.2.7')).toEqual([
    ['2026-10-05', '192.0.2.7'],
    ['2026-10-05', '192.0.2.7'],
  ]);
});

test('an IPv6 address is found by any of its spellings', async () => {
  const { stdout } = await logtally(['forget', '2001:0DB8:0:0::0007', '--config', config, '--yes']);
  expect(stdout).toContain('Removed 2001:0DB8:0:0::0007 from 1 request.');
  expect(await rows('requests', 'client_ip')).not.toContainEqual(['2001:db8::7']);
});

test('finds the lakes of files that were named on the command line, too', async () => {
  const out = join(folder, 'other');
  cpSync(lake, join(out, 'lake', '0123456789ab'), { recursive: true });
  const { stdout } = await logtally(['forget', '192.0.2.7', '--config', config, '--out', out, '--yes']);
  expect(stdout).toContain('Removed 192.0.2.7 from 8 requests and 2 rejected lines.');
});

test('a lake that an older version wrote keeps its columns', async () => {
  const old = join(import.meta.dirname, '..', 'fixtures', 'lakes', 'without-acl-required');
  rmSync(lake, { recursive: true });
  cpSync(old, lake, { recursive: true });
  const columns = '* EXCLUDE (client_ip)';
  const before = await rows('requests', columns);
  const [[client] = []] = await rows('requests', 'client_ip');
  const { stdout } = await logtally(['forget', String(client), '--config', config, '--yes']);
  expect(stdout).toContain(`Removed ${client} from 4 requests`);
  expect(await rows('requests', columns)).toEqual(before);
  expect(await rows('requests', 'DISTINCT client_ip')).toEqual([['[address]']]);
});

test('--bucket removes it from the lake in AWS and names the editions there', async () => {
  const server = await startS3Server();
  const env = {
    AWS_ENDPOINT_URL_S3: server.url,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  try {
    const upload = (from: string, prefix: string) => {
      for (const name of readdirSync(from, { recursive: true, encoding: 'utf8' })) {
        if (!statSync(join(from, name)).isFile()) continue;
        const body = readFileSync(join(from, name));
        server.objects.set(`results/${prefix}${name}`, { body, etag: `"${name}"`, last_modified: new Date() });
      }
    };
    upload(lake, 'lake/');
    // A report that runs in AWS has the lake for another 14 minutes, if it does not end before.
    const lease = 'results/lake/leases/000000000001.json';
    const until = new Date(Date.now() + 14 * 60_000).toISOString();
    const body = Buffer.from(JSON.stringify({ owner: 'report', until }));
    server.objects.set(lease, { body, etag: '"lease"', last_modified: new Date() });
    upload(join(folder, 'logtally-out', 'site'), 'editions/site/');
    const { code, stdout, stderr } = await logtally(
      ['forget', '192.0.2.7', '--bucket', 'results', '--yes', '--quiet'],
      env,
      (child) => child.stderr?.once('data', () => server.objects.delete(lease)),
    );
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'another run is at work on s3://results/lake/; this one waits for it\n',
    });
    expect(stdout).toContain('s3://results/lake/\n  web 2026-10-05: 3 requests and 1 rejected line\n');
    expect(stdout).toContain('  {"report":"site","date_range":["2026-10-05","2026-10-07"]}\n');
    const written = join(folder, 'downloaded');
    for (const [key, { body }] of server.objects) {
      const [, name] = /^results\/lake\/((?:requests|rejected)\/.*)$/.exec(key) ?? [];
      if (name === undefined) continue;
      mkdirSync(join(written, name, '..'), { recursive: true });
      writeFileSync(join(written, name), body);
    }
    expect((await rows('requests', 'client_ip', written)).map(([client]) => client)).toEqual([
      ...['192.0.2.70', '198.51.100.2', '198.51.100.2', '2001:db8::7', '[address]', '[address]', '[address]'],
    ]);
    expect([...server.objects.keys()].filter((key) => key.startsWith('results/lake/leases/'))).toEqual([]);
    const again = await logtally(['forget', '192.0.2.7', '--bucket', 'results'], env);
    expect(again.stdout).toMatch(/^192\.0\.2\.7 is not in the lake\.\n1 edition shows/);
  } finally {
    await server.close();
  }
});

describe('refuses', () => {
  test.each([
    [['192.0.2.0/24'], '192.0.2.0/24 is not an address; write one like 192.0.2.7 or 2001:db8::7'],
    [['192.0.2.7', '--bucket', 'results', '--out', 'x'], '--bucket is for the lake in AWS'],
    [['192.0.2.7', '--date-range', '2026-10-06'], '--date-range takes two dates'],
  ])('%j', async (args, message) => {
    const { code, stderr } = await logtally(['forget', ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
