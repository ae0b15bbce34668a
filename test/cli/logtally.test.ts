import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EditionRecord } from '../../lib/model/edition.ts';
import { logLine, writeLog } from '../lake/duckdb/raw-log.ts';
import { type SmtpTestServer, startSmtp } from '../servers/smtp.ts';
import { logtally } from './command.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const EXPECTED = JSON.parse(readFileSync(join(ROOT, 'samples', 's3-access.expected.json'), 'utf8')).months['2026-10'];

const folder = mkdtempSync(join(tmpdir(), 'logtally-cli-'));
const logs = join(folder, 'logs');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A config over logs in this folder, with a lake and editions of its own. */
function config(name: string, more: object = {}): string {
  const path = join(folder, `${name}.yaml`);
  const settings = {
    sources: { web: { folder: logs, ...more } },
    reports: { web: { title: 'Web' } },
    lake: { folder: join(folder, name, 'lake') },
    out: join(folder, name, 'out'),
  };
  writeFileSync(path, JSON.stringify(settings));
  return path;
}

beforeAll(() => {
  writeLog(join(logs, 'access.log'), [
    logLine('2026-10-05 10:00:00', 'R1'),
    logLine('2026-10-06 10:00:00', 'R2'),
    'garbage',
  ]);
});

describe('the report on the bundled sample', () => {
  const out = join(folder, 'sample');
  const args = ['report', '--today', '2026-11-03', '--out', out, '--json'];
  const files = (below = out) => {
    const edition = join(below, 'website-monthly', '2026-10-01_2026-10-31');
    const data = readdirSync(edition).filter((name) => /\.(parquet|csv\.gz)$/.test(name));
    return Object.fromEntries(data.map((name) => [name, readFileSync(join(edition, name)).toString('base64')]));
  };

  test('counts what the generator counted; writes the same bytes in another folder; and is up to date the next time', async () => {
    const first = await logtally(args);
    expect(first.code).toBe(0);
    const { edition, changed }: { edition: EditionRecord; changed: boolean } = JSON.parse(first.stdout);
    expect(changed).toBe(true);
    expect(edition.sources).toMatchObject([
      {
        source: 'website',
        lines: EXPECTED.lines,
        requests: EXPECTED.requests,
        not_requests: EXPECTED.not_requests,
        duplicates: EXPECTED.duplicates,
        rejected: EXPECTED.rejected,
        hours_without_a_line: 0,
      },
    ]);
    expect(edition.headline).toMatchObject({
      requests: EXPECTED.requests,
      bytes_sent: EXPECTED.bytes_sent,
      clients: EXPECTED.unique_clients,
    });
    expect(edition.headline_before).toMatchObject({ requests: 42_976, bytes_sent: 840_830_586_397 });

    const before = files();
    const again = JSON.parse((await logtally(args)).stdout);
    expect([again.changed, again.edition.revision, again.steps.length]).toEqual([false, 1, 1]);
    expect(files()).toEqual(before);
    const elsewhere = join(folder, 'elsewhere');
    const other = JSON.parse((await logtally(args.with(args.indexOf(out), elsewhere))).stdout);
    expect([other.changed, other.edition.revision, other.steps.length > 20]).toEqual([true, 1, true]);
    expect(files(elsewhere)).toEqual(before);
  });
});

describe('wrong usage exits with 2 and says what to do', () => {
  test.each([
    [['--date-range', '2026-02-30', '2026-03-01'], '"2026-02-30" is not a date'],
    [['--date-range', '2026-03-02', '2026-03-01'], 'ends before it starts'],
    [['--date-range', '2026-03-02'], 'two dates'],
    [['--frequency', 'weekly', '--date-range', '2026-03-01', '2026-03-02'], 'exclude each other'],
    [['--frequency', 'daily'], 'weekly, monthly, quarterly'],
    [['--input', logs, '--format', 'nope'], "unknown format 'nope'"],
    [['--format', 'auto'], '--format auto is for --input'],
    [['--report', 'nope'], 'unknown report "nope"'],
    [['--source', 'nope'], '--source nope'],
    [['--config', '/no/such.yaml'], 'no such file'],
    [['--dry-run'], '--remove-original-logs'],
    [['--input', logs, '--remove-original-logs'], 'not for --input'],
    [['--output', 'xml'], '--output xml: choose text or json'],
    [['--email'], 'SMTP_HOST'],
    [['--nope'], "unknown option '--nope'"],
    [['--output', 'text', '--json'], '--json and --output text exclude each other'],
    [['--today', 'tomorrow'], '--today tomorrow is not a date'],
    [['--out', join(logs, 'access.log')], `${join(logs, 'access.log')} is a file; name a folder`],
    [['--out', join(logs, 'access.log', 'out')], `${join(logs, 'access.log')} is a file; name a folder`],
    [['--out', '/proc/reports'], 'nothing can be written to /proc'],
  ])('%j', async (args, message) => {
    const ended = await logtally(['report', ...args]);
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 2, stdout: '' });
    expect(ended.stderr).toContain(message);
  });
});

test.each(['', 'report', 'analyze', 'parse', 'sync', 'partition', 'file-logs'])(
  'the help of %s ends with two examples',
  async (command) => {
    const { code, stdout } = await logtally([...(command ? [command] : []), '--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\nExamples:\n {2}logtally \S+ .+\n {2}logtally \S+ .+\n$/);
  },
);

test('a report that hashes addresses says where to set its secret, and reads nothing without it', async () => {
  const settings = {
    sources: { web: { folder: logs } },
    reports: { web: { privacy: { client_ip: 'hash' } } },
    lake: { folder: join(folder, 'secret', 'lake') },
  };
  const path = join(folder, 'secret.yaml');
  writeFileSync(path, JSON.stringify(settings));
  const ended = await logtally(['report', '--config', path, '--date-range', '2026-10-05', '2026-10-06']);
  expect(ended.code).toBe(1);
  expect(ended.stderr).toContain('at least 16 characters into the environment variable LOGTALLY_SALT');
  expect(readdirSync(join(folder, 'secret', 'lake'))).not.toContain('requests');
});

describe('logs that cannot be read exit with 1', () => {
  test('a path that does not exist', async () => {
    const ended = await logtally(['report', '--input', '/no/such/path']);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('/no/such/path does not exist');
  });

  test('a file that is not a log', async () => {
    const file = join(folder, 'noise.bin');
    writeFileSync(file, Buffer.from([1, 0, 2, 0]));
    const ended = await logtally(['report', '--input', file, '--out', join(folder, 'noise')]);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain(`${file}: is binary, not a log`);
    expect(ended.stderr).toContain('no file could be read');
  });

  test('an empty folder', async () => {
    mkdirSync(join(folder, 'empty'));
    const ended = await logtally(['report', '--input', join(folder, 'empty')]);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('has no log files');
  });
});

describe('the summary of a run', () => {
  const args = (name: string) => [
    'report',
    '--input',
    logs,
    '--out',
    join(folder, name),
    '--date-range',
    '2026-10-05',
    '2026-10-06',
  ];

  test('is for people, without colors in a pipe unless the environment asks for them', async () => {
    const plain = await logtally(args('view'));
    expect(plain.stdout).toMatch(/^ {2}Requests +2$/m);
    expect(plain.stdout).toMatch(/^Top objects by requests {2}requests$/m);
    expect(plain.stdout).toMatch(/report\.html$/m);
    expect(plain.stdout).not.toContain('\u001b');
    const colored = await logtally(args('view'), { FORCE_COLOR: '1', COLUMNS: '60' });
    expect(colored.stdout).toContain('\u001b[1m');
  });

  test('is one JSON object with --output json', async () => {
    const { stdout } = await logtally([...args('json'), '--output', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      changed: true,
      mail: 'written',
      edition: { headline: { requests: 2 } },
    });
  });

  test('opens the page with --open', async () => {
    const noted = join(folder, 'opened');
    writeFileSync(join(folder, 'xdg-open'), `#!/bin/sh\nprintf '%s' "$1" > '${noted}'\n`, { mode: 0o755 });
    const ended = await logtally([...args('a page'), '--open'], { PATH: `${folder}:${process.env.PATH}` });
    expect(ended.code).toBe(0);
    await waitFor(() =>
      expect(readFileSync(noted, 'utf8')).toMatch(/a page\/report\/2026-10-05_2026-10-06\/report\.html$/),
    );
  });
});

describe('every request', () => {
  test('is published with --select-all', async () => {
    const args = [
      '--input',
      logs,
      '--out',
      join(folder, 'all'),
      '--date-range',
      '2026-10-05',
      '2026-10-06',
      '--select-all',
      '--json',
    ];
    const { edition } = JSON.parse((await logtally(['report', ...args])).stdout) as { edition: EditionRecord };
    expect(edition.requests).toMatchObject([
      { id: 'requests', rows: 2, files: [{ name: 'requests.parquet' }, { name: 'requests.csv.gz' }] },
    ]);
    const csv = gunzipSync(
      readFileSync(join(folder, 'all', 'report', '2026-10-05_2026-10-06', 'requests.csv.gz')),
    ).toString();
    expect(csv.split('\n')[0]).toMatch(/^\ufeff?source,time,bucketowner,bucket_name,requestdatetime,remoteip/);
    expect(csv).toContain('05/Oct/2026:10:00:00 +0000');
  });
});

describe('parse', () => {
  test('prints records with the columns of requests, in order, and then the counts', async () => {
    const ended = await logtally(['parse', logs]);
    expect(ended.code).toBe(0);
    const records = ended.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records.map(({ request_id, time, path }) => [request_id, time, path])).toEqual([
      ['R1', '2026-10-05T10:00:00.000Z', 'a.txt'],
      ['R2', '2026-10-06T10:00:00.000Z', 'a.txt'],
    ]);
    expect(ended.stderr.replace(/^(?:looking|detecting|reading) .*\n/gm, '')).toBe(
      `s3-access: access.log, 2 of 3 sampled lines fit; uncertain; choose with --format\nlines 3, parsed 2, rejected 1\n`,
    );
  });

  test('prints only what went wrong with --quiet', async () => {
    const damaged = join(folder, 'damaged.log');
    writeFileSync(damaged, Buffer.from([1, 0, 2, 0]));
    const ended = await logtally(['parse', logs, damaged, '--format', 's3-access', '--quiet']);
    expect(ended.stderr).toMatch(/^\S*damaged\.log: .+\n$/);
    expect(ended.stdout.trimEnd().split('\n')).toHaveLength(2);
  });

  test('writes CSV to a file', async () => {
    const file = join(folder, 'requests.csv');
    await logtally(['parse', logs, '--output', 'csv', '-o', file]);
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(4);
  });

  test('writes to a device without replacing it, and says that a disk is full', async () => {
    const ended = await logtally(['parse', logs, '-o', '/dev/full']);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('no space left on device');
    expect(statSync('/dev/full').isCharacterDevice()).toBe(true);
  });

  test('refuses a file below another one', async () => {
    const ended = await logtally(['parse', logs, '-o', join(logs, 'access.log', 'out.json')]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(`--out-file: ${join(logs, 'access.log')} is a file; name a folder`);
  });
});

describe('the format of --input', () => {
  const COMBINED = '192.0.2.1 - - [05/Oct/2026:10:00:00 +0000] "GET /a HTTP/1.1" 200 12 "-" "curl/8.5.0" 0.012\n';
  const mixed = join(folder, 'mixed');
  beforeAll(() => {
    mkdirSync(mixed);
    writeFileSync(join(mixed, 'web.log'), COMBINED);
    writeLog(join(mixed, 'bucket.log'), [logLine('2026-10-05 10:00:00', 'R1'), logLine('2026-10-05 11:00:00', 'R2')]);
    writeFileSync(join(mixed, 'shop.log'), '2026-10-05T10:00:00Z|192.0.2.1|basket\n');
    // A rejected line counts to the day of its file.
    utimesSync(join(mixed, 'shop.log'), new Date('2026-10-05'), new Date('2026-10-05'));
  });
  const own = join(folder, 'own.yaml');
  writeFileSync(
    own,
    JSON.stringify({
      formats: { shop: { title: 'Shop', patterns: ['(?<time>[^|]+)\\|(?<client_ip>[^|]+)\\|(?<message>.*)'] } },
      sources: { web: {} },
      reports: { web: {} },
    }),
  );

  test('is detected per file, and each format becomes a source of the report', async () => {
    const days = ['--date-range', '2026-10-05', '2026-10-05', '--out', join(folder, 'mixed-out'), '--json'];
    const ended = await logtally(['report', '--input', mixed, ...days]);
    expect(ended.stderr).toContain('nginx: web.log, 1 of 1 sampled lines fit');
    expect(ended.stderr).toContain('shop.log: the first lines fit no format');
    const { edition }: { edition: EditionRecord } = JSON.parse(ended.stdout);
    expect(edition.sources.map(({ source, format, parsed }) => [source, format, parsed]).sort()).toEqual([
      ['nginx', 'nginx', 1],
      ['s3-access', 's3-access', 2],
      ['unrecognised', 'unrecognised', 0],
    ]);
    expect(edition.sources.reduce((total, { rejected }) => total + rejected, 0)).toBe(1);
  });

  test('may be one of the configuration in parse', async () => {
    const detected = await logtally(['parse', mixed, '--config', own]);
    expect(detected.stderr).toContain('shop: shop.log, 1 of 1 sampled lines fit');
    expect(detected.stderr).toContain('lines 4, parsed 4, rejected 0');
    const alone = join(folder, 'formats.yaml');
    writeFileSync(alone, JSON.stringify({ formats: JSON.parse(readFileSync(own, 'utf8')).formats }));
    const named = await logtally(['parse', join(mixed, 'shop.log'), '--config', alone, '--format', 'shop']);
    expect(JSON.parse(named.stdout)).toMatchObject({ client_ip: '192.0.2.1', message: 'basket' });
  });

  test('is that of the source in the configuration, unless --format auto is given', async () => {
    const days = ['--date-range', '2026-10-05', '2026-10-05', '--json'];
    const args = ['report', '--config', config('given'), '--input', join(mixed, 'web.log'), ...days];
    const { edition } = JSON.parse((await logtally(args)).stdout) as { edition: EditionRecord };
    expect(edition.sources).toMatchObject([{ source: 'web', format: 's3-access', rejected: 1 }]);
    const told = JSON.parse((await logtally([...args, '--format', 'auto'])).stdout) as { edition: EditionRecord };
    expect(told.edition.sources).toMatchObject([{ source: 'web', format: 'nginx', parsed: 1 }]);
    const several = await logtally(['report', '--config', own, '--input', mixed, '--format', 'auto']);
    expect([several.code, several.stderr]).toEqual([2, expect.stringContaining('a source has one format')]);
  });
});

describe('original logs', () => {
  const range = ['--date-range', '2026-10-05', '2026-10-06'];

  test('are kept unless the configuration allows to remove them', async () => {
    const ended = await logtally(['report', '--config', config('kept'), ...range, '--remove-original-logs']);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('sources.web.remove_original_logs: true');
    expect(readdirSync(logs)).toEqual(['access.log']);
  });

  test('are kept while they hold lines of another day, and are listed by a dry run', async () => {
    const path = config('removed', { remove_original_logs: true });
    const partly = await logtally([
      'report',
      '--config',
      path,
      '--date-range',
      '2026-10-05',
      '2026-10-05',
      '--remove-original-logs',
      '--dry-run',
    ]);
    expect(partly.stdout).toContain('Would remove 0 original logs');
    const listed = await logtally(['report', '--config', path, ...range, '--remove-original-logs', '--dry-run']);
    expect(listed.stdout).toContain(`Would remove 1 original logs:\n  ${join(logs, 'access.log')}`);
    expect(readdirSync(logs)).toEqual(['access.log']);
  });
});

describe('original logs that may be removed', () => {
  test('are removed with their last day, and the next run counts the same lines', async () => {
    const folderOf = join(folder, 'going', 'logs');
    for (const day of ['05', '06']) {
      const lines = [logLine(`2026-10-${day} 10:00:00`, `R${day}`)];
      writeLog(join(folderOf, '2026/10', day, `2026-10-${day}-11-00-00-AAAA`), lines);
    }
    const path = config('going', { folder: folderOf, remove_original_logs: true });
    const run = ['report', '--config', path, '--date-range', '2026-10-06', '2026-10-06', '--json'];
    const first = JSON.parse((await logtally([...run, '--remove-original-logs'])).stdout);
    const left = readdirSync(folderOf, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(left.map(({ name }) => name)).toEqual(['2026-10-05-11-00-00-AAAA']);
    const again = JSON.parse((await logtally(run)).stdout);
    expect(again.changed).toBe(false);
    const gone = { files: 1, log_objects: ['2026/10/06/2026-10-06-11-00-00-AAAA'] };
    expect(again.edition.sources).toEqual([{ ...first.edition.sources[0], gone }]);
    expect(again.edition.sources).toMatchObject([{ lines: 1, parsed: 1 }]);
  });
});

describe('--email', () => {
  let server: SmtpTestServer;
  beforeAll(async () => {
    server = await startSmtp();
  });
  afterAll(() => server.close());

  test('sends one mail per revision', async () => {
    const env = {
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(server.port),
      SMTP_USERNAME: 'reports',
      SMTP_PASSWORD: 'secret word',
      FROM_EMAIL: 'reports@example.com',
      REPLY_TO_EMAIL: 'ops@example.com',
      TARGET_EMAIL_ADDRESS: 'team@example.com',
    };
    const args = [
      'report',
      '--config',
      config('mailed'),
      '--date-range',
      '2026-10-05',
      '2026-10-06',
      '--email',
      '--json',
    ];
    const first = await logtally(args, env);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(first.stdout).mail).toBe('sent');
    expect(JSON.parse((await logtally(args, env)).stdout).mail).toBe('sent before');
    expect(server.inbox.map(({ from, to }) => [from, to])).toEqual([['reports@example.com', ['team@example.com']]]);
  });
});

/** Tries again for two seconds, since what was started is not waited for. */
async function waitFor(check: () => void): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return check();
    } catch (error) {
      if (tries === 100) throw error;
      await setTimeout(20);
    }
  }
}
