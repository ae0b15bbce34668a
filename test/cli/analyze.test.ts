import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { logtally } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'logtally-analyze-'));
const logs = join(folder, 'logs');
const out = join(folder, 'out');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A line of nginx's combined format with the response time in seconds behind it. */
function line(
  day: string,
  second: number,
  client: number,
  target: string,
  status: number,
  bytes: bigint | number,
): string {
  const time = `${day}/Oct/2026:08:00:${String(second).padStart(2, '0')} +0000`;
  return `192.0.2.${client} - - [${time}] "GET ${target} HTTP/1.1" ${status} ${bytes} "-" "curl/8.7.1" 0.${second}0`;
}

beforeAll(() => {
  mkdirSync(logs);
  const lines = [
    line('05', 10, 1, '/', 200, 100),
    line('05', 11, 1, '/api/users?org=42&page=1', 200, 700),
    line('05', 12, 2, '/api/users?org=42&page=2', 500, 10),
    line('06', 13, 2, '/api/users?org=7', 502, 20),
    line('06', 14, 3, '/api/items?org=%34%32', 503, 30),
    line('06', 15, 3, '/api/items', 200, 2n ** 53n + 1n),
  ];
  writeFileSync(join(logs, 'access.log'), `${lines.join('\n')}\n`);
});

async function json(...args: string[]) {
  const ended = await logtally(['analyze', logs, '--out', out, '--output', 'json', ...args]);
  expect({ code: ended.code, stderr: ended.code === 0 ? '' : ended.stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(ended.stdout);
}

describe('analyze', () => {
  test('shows every section with rows, over the days in the files, and names those without rows', async () => {
    const { code, stdout, stderr } = await logtally(['analyze', logs, '--out', out]);
    expect({ code, stderr: stderr.includes('the files have requests from 2026-10-05 to 2026-10-06\n') }).toEqual({
      code: 0,
      stderr: true,
    });
    expect(stdout).toMatch(/^logs, 2026-10-05 to 2026-10-06\n/);
    expect(stdout).toMatch(/^Overview\n/m);
    expect(stdout).toMatch(/^Requests +6$/m);
    expect(stdout).toMatch(/^Top endpoints\n/m);
    expect(stdout).toMatch(/^No rows: [^:]*\bcache\b/m);
    // Nothing to compare with, and nothing of S3.
    expect(stdout).not.toMatch(/^(Changes among|Buckets)/m);
    expect(stdout).toContain('logs: 6 lines: 6 requests');
    // A lake, and no edition.
    expect(readdirSync(out)).toEqual(['lake']);
  });

  test('writes typed rows as JSON', async () => {
    const { period, sections, sources } = await json('--section', 'largest-endpoints', 'status-codes', '--limit', '2');
    expect(period).toEqual({ kind: 'date_range', from: '2026-10-05', to: '2026-10-06' });
    expect(sources).toMatchObject([{ source: 'logs', parsed: 6, rejected: 0 }]);
    expect(Object.keys(sections).sort()).toEqual(['largest-endpoints', 'status-codes']);
    expect(sections['largest-endpoints'].row_count).toBe(3);
    expect(sections['largest-endpoints'].rows).toHaveLength(2);
    expect(sections['largest-endpoints'].rows[0]).toMatchObject({
      endpoint: '/api/items',
      max_bytes: '9007199254740993',
    });
    const [ok] = sections['status-codes'].rows;
    expect(ok).toMatchObject({ status: 200, requests: 3, last_seen: '2026-10-06T08:00:15.000Z' });
  });

  test('counts only requests that match --where', async () => {
    const where = "status >= 500 and path like '/api/%' and param('org') = '42'";
    const { sections, where: told } = await json('--where', where, '--section', 'status-codes,by-day');
    expect(told).toBe(where);
    expect(sections['status-codes'].rows.map(({ status, requests }: Row) => [status, requests])).toEqual([
      [500, 1],
      [503, 1],
    ]);
    expect(sections['by-day'].rows.map(({ day, requests }: Row) => [day, requests])).toEqual([
      ['2026-10-05', 1],
      ['2026-10-06', 1],
    ]);
  });

  test('answers the sections about one endpoint with --endpoint', async () => {
    const { sections } = await json('--endpoint', '/api/users');
    expect(sections.overview.rows).toMatchObject([{ requests: 3, clients: 2 }]);
    expect(sections.parameters.rows.map(({ parameter, requests }: Row) => [parameter, requests])).toEqual([
      ['org', 3],
      ['page', 2],
    ]);
    expect(Object.keys(sections)).toEqual(
      expect.arrayContaining(['hours', 'errors-by-hour', 'cache', 'response-times', 'response-sizes', 'top-clients']),
    );
    expect(Object.keys(sections)).not.toContain('top-endpoints');
  });

  test('groups by a parameter and a column, beside the chosen sections', async () => {
    const { sections } = await json(
      '--group-by',
      'param(org), status',
      '--group',
      'errors',
      '--date-range',
      '2026-10-05',
      '2026-10-05',
    );
    expect(Object.keys(sections)).toEqual(expect.arrayContaining(['status-codes', 'error-endpoints', 'group-by']));
    expect(Object.keys(sections)).not.toContain('overview');
    const { columns, rows } = sections['group-by'];
    expect(columns.slice(0, 2).map(({ title }: Row) => title)).toEqual(["param('org')", 'status']);
    expect(rows.map(({ group_1, group_2, requests, clients }: Row) => [group_1, group_2, requests, clients])).toEqual([
      ['42', 200, 1, 1],
      ['42', 500, 1, 1],
      [null, 200, 1, 1],
    ]);
  });

  test('reads the sources of a configuration, with its privacy, period and threshold', async () => {
    const config = join(folder, 'logtally.yaml');
    const settings = {
      sources: { web: { folder: logs, format: 'nginx' } },
      reports: { web: { title: 'Web', privacy: { client_ip: 'truncate' } } },
      lake: { folder: join(folder, 'lake') },
      out: join(folder, 'editions'),
      slow_ms: 130,
    };
    writeFileSync(config, JSON.stringify(settings));
    const sections = ['--section', 'slow-endpoints', 'top-clients', 'client-changes'];
    const args = ['analyze', '--config', config, '--today', '2026-11-03', '--output', 'json', ...sections];
    const { code, stdout } = await logtally(args);
    expect(code).toBe(0);
    const analysis = JSON.parse(stdout);
    expect(analysis.period).toEqual({ kind: 'monthly', from: '2026-10-01', to: '2026-10-31' });
    expect(analysis.sections['slow-endpoints'].rows).toMatchObject([{ endpoint: '/api/items', slow_requests: 2 }]);
    expect(analysis.sections['top-clients'].rows).toMatchObject([{ client_ip: '192.0.2.0/24', requests: 6 }]);
    expect(readdirSync(folder)).not.toContain('editions');
  });
});

type Row = Record<string, unknown>;

describe('analyze exits with 2 and says what to do', () => {
  test.each([
    [['--where', 'staus = 200'], '--where, character 1: found staus, expected a column; did you mean status?'],
    [['--group-by', 'param('], '--group-by, character 7: found its end'],
    [['--section', 'overveiw'], 'there is no section overveiw; did you mean overview?'],
    [
      ['--section', 'buckets'],
      '--section buckets is for sources of the kind storage, and no source here is of that kind',
    ],
    [['--group', 'Eror'], 'there is no group Eror; did you mean Errors?'],
    [['--limit', '0'], '--limit 0: give the number of rows'],
    [['--output', 'csv'], '--output csv: choose text or json'],
  ])('%j', async (args, message) => {
    const ended = await logtally(['analyze', logs, '--out', out, ...args]);
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 2, stdout: '' });
    expect(ended.stderr).toContain(message);
  });
});

test('analyze exits with 1 if no line is a request', async () => {
  const file = join(folder, 'garbage.log');
  writeFileSync(file, 'nothing\nto see\n');
  const ended = await logtally(['analyze', file, '--format', 'nginx', '--out', out]);
  expect(ended.code).toBe(1);
  expect(ended.stderr).toContain('no line of the files is a request; logtally parse --verbose PATH shows why');
});
