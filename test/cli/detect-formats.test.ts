import { globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { detectFileFormats } from '../../lib/cli/detect-files.ts';
import { detectFormats } from '../../lib/cli/detect-formats.ts';
import type { Candidate, Detection } from '../../lib/formats/detect.ts';
import { FORMATS } from '../../lib/formats/formats.ts';
import { customFormatSchema, formatFrom } from '../../lib/formats/parse-format.ts';
import { findRawFiles } from '../../lib/sources/raw-files.ts';
import { FORMAT_FIXTURES } from '../formats/format-fixtures.ts';

/** Logs of programs whose format is none of ours. */
const NO_FORMAT = join(import.meta.dirname, '..', 'fixtures', 'no-format');

const folder = mkdtempSync(join(tmpdir(), 'logtally-detect-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const COMBINED = '192.0.2.1 - - [06/Oct/2026:10:00:00 +0000] "GET /a HTTP/1.1" 200 12 "-" "curl/8.5.0"';
const NGINX_ERROR =
  '2026/10/06 10:00:01 [error] 12#12: *3 open() "/srv/b" failed, client: 192.0.2.1, server: example.com';
const ALB =
  'https 2026-10-06T10:00:00.186641Z app/web/50dc6c495c0c9188 192.0.2.1:2817 192.0.2.9:80 0.000 0.001 0.000 200 200 34 366 "GET https://example.com:443/ HTTP/1.1" "curl/8.5.0" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.3 arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/web/73e2d6bc24d8a067 "Root=1-58337364-23a8c76965a2ef7629b185e3" "example.com" "-" 0 2026-10-06T10:00:00.186000Z "forward" "-" "-"';

/** What is detected of some files: ids of formats with the files in each, and the lines that are printed. */
async function detected(paths: string[], own = {}) {
  const lines: string[] = [];
  const formats = Object.entries(own).map(([id, text]) => formatFrom(id, customFormatSchema.parse(text)));
  const groups = await detectFormats(await findRawFiles(paths), formats, { print: (line) => lines.push(line) });
  return {
    files: Object.fromEntries(groups.map(({ format, files }) => [format.id, files.map((file) => file.log_object)])),
    lines,
  };
}

/** Writes files below a folder of their own and returns it. */
function filesIn(name: string, files: Record<string, string | Buffer>): string {
  const path = join(folder, name);
  mkdirSync(path);
  for (const [file, content] of Object.entries(files)) writeFileSync(join(path, file), content);
  return path;
}

describe('the logs of a folder', () => {
  test('are grouped by format, with a line printed per format', async () => {
    const logs = filesIn('mixed', {
      'access.log': `${COMBINED}\n`,
      'error.log': `${NGINX_ERROR}\n`,
      'alb.log.gz': gzipSync(`${ALB}\n`),
    });
    expect(await detected([logs])).toEqual({
      files: { nginx: ['access.log', 'error.log'], alb: ['alb.log.gz'] },
      lines: [
        'nginx: 2 files, 2 of 2 sampled lines fit; apache fits as well; choose with --format',
        'alb: alb.log.gz, 1 of 1 sampled lines fit',
      ],
    });
  });

  test('that fit no format are named and kept apart, where their lines are rejected', async () => {
    const logs = filesIn('strange', { 'alb.log': `${ALB}\n`, 'notes.txt': 'some notes\n' });
    const { files, lines } = await detected([logs]);
    expect(files).toEqual({ alb: ['alb.log'], unrecognised: ['notes.txt'] });
    expect(lines[1]).toMatch(
      /^notes\.txt: the first lines fit no format, so all lines are rejected; choose one with --format: alb, apache, cloudfront,/,
    );
    await expect(detected([join(logs, 'notes.txt')])).rejects.toThrow(/notes\.txt: .* --format: alb, apache/);
  });

  test('may be in a format of the configuration', async () => {
    const logs = filesIn('own', { 'shop.log': '2026-10-06T10:00:00Z|192.0.2.1|basket\n' });
    const own = {
      shop: parse(String.raw`{ title: Shop, patterns: ['(?<time>[^|]+)\|(?<client_ip>[^|]+)\|(?<message>.*)'] }`),
    };
    expect((await detected([logs], own)).files).toEqual({ shop: ['shop.log'] });
  });
});

describe('a file', () => {
  test.each([
    ['with a byte order mark and CRLF', `\ufeff${ALB}\r\n${ALB}\r\n`],
    ['of one line without a line end', ALB],
    ['with empty lines and comments first', `\n# comment\n\n${ALB}\n`],
    ['whose first line is very long', `${'x'.repeat(3_000_000)}\n${`${ALB}\n`.repeat(30)}`],
    ['with bytes that are not UTF-8', Buffer.concat([Buffer.from(`${ALB}\n`), Buffer.from([0xff, 0xfe, 0x0a])])],
  ])('%s is detected', async (name, content) => {
    const logs = filesIn(name, { 'a.log': content });
    expect((await detected([logs])).files).toEqual({ alb: ['a.log'] });
  });

  test.each([
    ['that is empty', ''],
    ['of comments only', '# comment\n'],
    ['that is binary', Buffer.from([1, 0, 2, 0])],
  ])('%s is not detected and joins the others', async (name, content) => {
    const logs = filesIn(name, { 'a.log': `${ALB}\n`, 'b.log': content });
    const { files, lines } = await detected([logs]);
    expect(files).toEqual({ alb: ['a.log', 'b.log'] });
    expect(lines).toEqual(['alb: a.log, 1 of 1 sampled lines fit']);
    expect(Object.values((await detected([join(logs, 'b.log')])).files)).toHaveLength(1);
  });

  test('that is a truncated .gz is detected from what can be read', async () => {
    const zipped = gzipSync(`${ALB}\n`.repeat(2000));
    const logs = filesIn('truncated', { 'a.log.gz': zipped.subarray(0, zipped.length / 2) });
    expect((await detected([logs])).files).toEqual({ alb: ['a.log.gz'] });
  });
});

describe('lines of every shape', () => {
  /** nginx and Apache write the same lines but for those of their error logs. */
  const ALIKE = ['apache', 'nginx'];
  /** Fixtures that another format reads as well, and why. */
  const UNCLEAR: Record<string, string> = {
    fastly: 'it mixes bodies of four kinds, all of which are syslog lines',
    'fastly/shield': 'it is JSON behind a prefix that the format json knows too',
  };
  /** Fixtures of which only the time is understood. */
  const ONLY_TIMES = ['json/status-of-a-server'];
  const verdicts = new Map<string, Detection | undefined>();

  beforeAll(async () => {
    const copies = join(folder, 'shapes');
    mkdirSync(copies);
    // The names of the files say nothing of the format; lines that are rejected in it say nothing of it either.
    for (const [index, { lines, expected }] of FORMAT_FIXTURES.entries()) {
      const rejected = new Set(expected.map(({ line }) => line));
      const fitting = lines.filter((line) => !rejected.has(line));
      writeFileSync(join(copies, String(index)), fitting.map((line) => `${line}\n`).join(''));
    }
    const files = await findRawFiles([copies, NO_FORMAT]);
    for (const [{ path }, verdict] of await detectFileFormats(files, FORMATS)) {
      verdicts.set(FORMAT_FIXTURES[Number(basename(path))]?.name ?? basename(path), verdict);
    }
  });

  test.each(FORMAT_FIXTURES)('$name is detected by its lines alone', ({ name, format }) => {
    const { best, ties = [], others = [] } = verdicts.get(name) ?? {};
    const idsOf = (candidates: readonly (Candidate | undefined)[]) => candidates.map((one) => one?.format.id).sort();
    if (ONLY_TIMES.includes(name)) expect(best).toBeUndefined();
    else if (UNCLEAR[name]) expect(idsOf([best, ...ties, ...others])).toContain(format.id);
    else expect([[format.id], ALIKE.includes(format.id) ? ALIKE : []]).toContainEqual(idsOf([best, ...ties]));
  });

  test.each(globSync('*.log', { cwd: NO_FORMAT }))('%s has no format', (name) => {
    expect([verdicts.has(name), verdicts.get(name)]).toEqual([true, undefined]);
  });
});
