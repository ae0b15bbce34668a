import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { logtally } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'logtally-first-'));
const logs = join(folder, 'logs');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A line of nginx's combined format. */
function line(date: string, path = '/'): string {
  return `192.0.2.1 - - [${date}:08:00:00 +0000] "GET ${path} HTTP/1.1" 200 100 "-" "curl/8.7.1"`;
}

/** Writes a log whose last change was long after its lines were written. */
function write(name: string, lines: readonly string[]): string {
  const path = join(logs, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  utimesSync(path, new Date('2026-11-20'), new Date('2026-11-20'));
  return path;
}

const out = (name: string) => join(folder, name);

beforeAll(() => mkdirSync(logs));

describe('a report of files without a period', () => {
  test('is about the days from the first to the last request, however the files are named', async () => {
    const files = [
      write('a.log', [line('05/Oct/2026'), line('05/Oct/2026', '/a')]),
      write('b.log', [line('09/Oct/2026')]),
    ];
    const given = await logtally(['report', ...files, '--out', out('given')]);
    expect(given.stderr).toContain('the files have requests from 2026-10-05 to 2026-10-09\n');
    expect(given.stdout).toMatch(/^ {2}Requests +3$/m);
    expect(readdirSync(join(out('given'), 'report'))).toEqual(['2026-10-05_2026-10-09']);
    const ways = [
      ['--input', ...files],
      [files[0] ?? '', '--input', files[1] ?? ''],
      ['--json', '--', ...files],
    ];
    for (const [index, way] of ways.entries()) {
      const ended = await logtally(['report', '--json', '--out', out(`way-${index}`), ...way]);
      const { edition, folder } = JSON.parse(ended.stdout);
      expect([edition.period, edition.headline.requests]).toEqual([
        { kind: 'date_range', from: '2026-10-05', to: '2026-10-09' },
        3,
      ]);
      expect(folder).toMatch(/report\/2026-10-05_2026-10-09\/$/);
    }
  });

  test('counts every rejected line, on whichever day', async () => {
    const files = [
      write('good.log', [line('05/Oct/2026'), 'neither', line('05/Oct/2026')]),
      write('stray.log', [line('05/Oct/2026'), '192.0.2.1 - - [03/Mar/2019:08:00:00 +0000] "cut']),
      write('notes.log', ['no log', 'at all']),
    ];
    const report = await logtally(['report', ...files, '--format', 'nginx', '--out', out('rejects'), '--json']);
    const { edition } = JSON.parse(report.stdout);
    expect(edition.period).toEqual({ kind: 'date_range', from: '2026-10-05', to: '2026-10-05' });
    expect(edition.sources).toMatchObject([{ lines: 7, parsed: 3, rejected: 4, hours_without_a_line: 23 }]);
    const analysis = await logtally(['analyze', ...files, '--format', 'nginx', '--out', out('analyzed'), '--json']);
    expect(JSON.parse(analysis.stdout).sources).toMatchObject([{ lines: 7, parsed: 3, rejected: 4 }]);
  });

  test('refuses a range that only a wrong date can explain, and names the days', async () => {
    const file = write('clock.log', [line('05/Oct/2026'), line('01/Jan/1970'), line('06/Oct/2026')]);
    const ended = await logtally(['report', file, '--out', out('clock')]);
    expect([ended.code, ended.stdout]).toEqual([1, '']);
    expect(ended.stderr).toContain('the files have requests of 1970-01-01, 2026-10-05 to 2026-10-06, more than ten');
    expect(ended.stderr).toContain('--date-range 2026-10-01 2026-10-06');
    const chosen = ['--date-range', '2026-10-01', '2026-10-06', '--json'];
    const { edition } = JSON.parse((await logtally(['report', file, '--out', out('clock'), ...chosen])).stdout);
    expect(edition.headline.requests).toBe(2);
  });

  test('exits with 1 if no line is a request', async () => {
    const ended = await logtally([
      'report',
      write('prose.log', ['no log']),
      '--format',
      'nginx',
      '--out',
      out('prose'),
    ]);
    expect([ended.code, ended.stdout]).toEqual([1, '']);
    expect(ended.stderr).toContain('no line of the files is a request; logtally parse --verbose PATH shows why');
  });

  test('is of the frequency if --frequency or --today asks for one', async () => {
    const file = write('month.log', [line('05/Oct/2026')]);
    for (const asked of [
      ['--today', '2026-11-03'],
      ['--today', '2026-11-03', '--frequency', 'monthly'],
    ]) {
      const ended = await logtally(['report', file, '--out', out('month'), '--json', ...asked]);
      expect(JSON.parse(ended.stdout).edition.period).toEqual({
        kind: 'monthly',
        from: '2026-10-01',
        to: '2026-10-31',
      });
    }
  });
});

describe('a period without a line', () => {
  const days = ['--date-range', '2020-01-01', '2020-01-02'];

  test.each(['report', 'analyze'])(
    '%s writes nothing, names the days that there are and exits with 1',
    async (command) => {
      const file = write('quiet.log', [line('05/Oct/2026'), line('06/Oct/2026'), line('09/Oct/2026')]);
      const ended = await logtally([command, file, '--out', out(`quiet-${command}`), ...days]);
      expect([ended.code, ended.stdout]).toEqual([1, '']);
      expect(ended.stderr).toContain(
        'no line of the logs is from 2020-01-01 to 2020-01-02, so nothing was written; there are lines of 2026-10-05 to 2026-10-06, 2026-10-09: --date-range 2026-10-05 2026-10-09\n',
      );
      expect(readdirSync(out(`quiet-${command}`))).toEqual(['lake']);
    },
  );

  test('names the days of dated folders, which are not read for it, and of a source in a configuration', async () => {
    const dated = join(folder, 'dated', '2026', '10', '05');
    mkdirSync(dated, { recursive: true });
    writeFileSync(join(dated, 'a.log'), `${line('05/Oct/2026')}\n`);
    const config = join(folder, 'dated.yaml');
    const settings = {
      sources: { web: { format: 'nginx', layout: 'dated', folder: join(folder, 'dated') } },
      reports: { web: {} },
      lake: { folder: out('dated-lake') },
      out: out('dated-out'),
    };
    writeFileSync(config, JSON.stringify(settings));
    const ended = await logtally(['report', '--config', config, '--frequency', 'weekly', '--today', '2020-01-08']);
    expect([ended.code, ended.stdout]).toEqual([1, '']);
    expect(ended.stderr).toContain('there are lines of 2026-10-05: --date-range 2026-10-05 2026-10-05');
    expect(existsSync(out('dated-out'))).toBe(false);
  });

  test('with rejected lines has an edition that counts them', async () => {
    const file = write('rejected.log', ['[01/Jan/2020:00:00:00] cut']);
    const ended = await logtally(['report', file, '--format', 'nginx', '--out', out('rejected'), '--json', ...days]);
    expect(JSON.parse(ended.stdout).edition.sources).toMatchObject([{ lines: 1, rejected: 1 }]);
  });
});

describe('wrong options are reported before a log is opened', () => {
  const missing = join(folder, 'not there.log');
  const config = join(folder, 'plain.yaml');
  beforeAll(() => writeFileSync(config, JSON.stringify({ sources: { web: {} }, reports: { web: {} } })));

  test.each([
    [['report', '--date-range', '2026-10-01'], '--date-range takes two dates'],
    [['report', '--date-range', '2026-10-01', '2026-13-01'], '"2026-13-01" is not a date'],
    [['report', '--frequency', 'daily'], '--frequency daily'],
    [['report', '--frequency', 'weekly', '--date-range', '2026-10-01', '2026-10-02'], 'exclude each other'],
    [['report', '--today', '2026-02-30'], '--today 2026-02-30'],
    [['report', '--format', 'ngnix'], "unknown format 'ngnix'"],
    [['report', '--output', 'yaml'], '--output yaml'],
    [['report', '--report', 'No Name'], 'No Name'],
    [['report', '--config', '/no/such.yaml'], 'no such file'],
    [['report', '--config', config, '--format', 'auto', '--report', 'nope'], 'unknown report "nope"'],
    [['report', '--config', config, '--format', 'auto', '--source', 'nope'], '--source nope'],
    [['report', '--remove-original-logs'], 'not for --input'],
    [['report', '--out', '/proc/x'], '--out: nothing can be written to /proc'],
    [['analyze', '--out', '/proc/x'], '--out: nothing can be written to /proc'],
    [['analyze', '--where', 'status >'], '--where, character 9'],
    [['analyze', '--group-by', 'nope'], '--group-by, character 1'],
    [['analyze', '--section', 'overveiw'], 'did you mean overview?'],
    [['analyze', '--group', 'Eror'], 'did you mean Errors?'],
    [['analyze', '--limit', '-1'], '--limit -1'],
    [['parse', '--format', 'ngnix'], "unknown format 'ngnix'"],
    [['parse', '--output', 'yaml'], '--output yaml'],
    [['parse', '-o', '/no/such/folder/out.json'], 'there is no folder /no/such/folder'],
    [['parse', '-o', '/proc/out.json'], 'nothing can be written to /proc'],
    [['parse', '-o', tmpdir()], 'is a folder; name a file'],
  ])('%j', async ([command = '', ...options], message) => {
    const ended = await logtally([command, missing, ...options]);
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 2, stdout: '' });
    expect(ended.stderr).toContain(message);
  });
});
