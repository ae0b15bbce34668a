import { execFileSync, spawn } from 'node:child_process';
import {
  copyFileSync,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EditionRecord } from '../../lib/model/edition.ts';
import { logLine, writeLog } from '../lake/duckdb/raw-log.ts';
import { logtally } from './command.ts';

const PROGRAM = join(import.meta.dirname, '..', '..', 'bin', 'logtally.ts');

const folder = mkdtempSync(join(tmpdir(), 'logtally-odd-'));
const logs = join(folder, 'logs');
const log = join(folder, 'access.log.gz');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LINES = ['R1', 'R2', 'R3'].map((id) => logLine('2026-10-05 10:00:00', id));

beforeAll(() => {
  writeLog(join(logs, 'access.log'), LINES);
  writeLog(log, LINES);
  symlinkSync('/dev/stdout', join(logs, 'error.log'));
  writeFileSync(join(logs, 'noise.bin'), Buffer.from([1, 0, 2, 0, 3, 0, 0, 4]));
  writeFileSync(join(logs, 'cut.gz'), gzipSync(`${logLine('2026-10-05 11:00:00', 'R4')}\n`).subarray(0, -6));
});

/** Runs a command of bash, in which LOGTALLY is the program. */
async function shell(command: string, cwd = folder) {
  const child = spawn('bash', ['-c', command], {
    cwd,
    env: { PATH: process.env.PATH, NO_COLOR: '1', LOGTALLY: `${process.execPath} ${PROGRAM}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const code = new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, stdout, stderr };
}

const PASSED_OVER = {
  'error.log': 'is a link to /dev/stdout, not a log',
  'noise.bin': 'is binary, not a log',
  'cut.gz': 'ends early: unexpected end of file; the lines before that were read',
};

describe('skipped files are reported', () => {
  test.each([['detected'], ['named']])('in edition.json, page, mail and terminal, the format being %s', async (how) => {
    const out = join(folder, `out-${how}`);
    const args = ['report', '--input', logs, '--date-range', '2026-10-01', '2026-10-31', '--out', out];
    const format = how === 'named' ? ['--format', 's3-access'] : [];
    const ended = await logtally([...args, ...format]);
    expect(ended.code).toBe(0);
    const edition = join(out, 'report', '2026-10-01_2026-10-31');
    const record: EditionRecord = JSON.parse(readFileSync(join(edition, 'edition.json'), 'utf8'));
    const [source] = record.sources;
    expect(source?.lines).toBe(4);
    expect(Object.fromEntries(source?.unreadable.map(({ log_object, reason }) => [log_object, reason]) ?? [])).toEqual(
      PASSED_OVER,
    );
    const page = readFileSync(join(edition, 'report.html'), 'utf8');
    const mail = readFileSync(join(edition, 'mail.eml'), 'utf8').replace(/=\r?\n/g, '');
    for (const [name, reason] of Object.entries(PASSED_OVER)) {
      expect(ended.stderr).toContain(`${name}: ${reason}\n`);
      expect(ended.stdout.replace(/\s+/g, ' ')).toContain(`logs: ${name} ${reason}.`);
      expect(page).toContain(`logs: ${name} ${reason}.`);
      expect(mail).toContain(`logs: ${name} ${reason}`);
    }
    const again = await logtally([...args, ...format, '--json']);
    expect(JSON.parse(again.stdout)).toMatchObject({ outcome: 'up_to_date', edition: { sources: record.sources } });
  });

  test('by parse and analyze', async () => {
    const parsed = await logtally(['parse', logs]);
    expect([parsed.code, parsed.stdout.trimEnd().split('\n').length]).toEqual([1, 4]);
    const analyzed = await logtally(['analyze', logs, '--section', 'overview', '--out', join(folder, 'out-analyze')]);
    for (const [name, reason] of Object.entries(PASSED_OVER)) {
      expect(parsed.stderr).toContain(`${name}: ${reason}\n`);
      expect(analyzed.stderr).toContain(`${name}: ${reason}\n`);
      expect(analyzed.stdout.replace(/\s+/g, ' ')).toContain(`logs: ${name} ${reason}.`);
    }
  });
});

describe('logs that can be read once only', () => {
  const count = (ended: { stdout: string }) => ended.stdout.trimEnd().split('\n').length;

  test('come from standard input, compressed or not', async () => {
    expect(count(await shell(`$LOGTALLY parse - < ${log}`))).toBe(3);
    expect(count(await shell(`gunzip -c ${log} | $LOGTALLY parse -`))).toBe(3);
    expect(count(await shell(`gunzip -c ${log} | $LOGTALLY parse - ${logs}/access.log --format s3-access`))).toBe(6);
    const { stdout } = await shell(`cat ${log} | $LOGTALLY analyze - --section overview --out out-stdin --json`);
    expect(JSON.parse(stdout)).toMatchObject({ sources: [{ lines: 3, parsed: 3 }] });
  });

  test('and the same ones are up to date the next time', async () => {
    const report = `cat ${log} | $LOGTALLY report --input - --date-range 2026-10-05 2026-10-05 --out out-again --json`;
    expect(JSON.parse((await shell(report)).stdout)).toMatchObject({
      outcome: 'published',
      edition: { headline: { requests: 3 } },
    });
    expect(JSON.parse((await shell(report)).stdout)).toMatchObject({ outcome: 'up_to_date' });
  });

  test('come from a FIFO and from a command', async () => {
    const fifo = join(folder, 'fifo');
    execFileSync('mkfifo', [fifo]);
    const ended = logtally(['parse', fifo]);
    createWriteStream(fifo).end(readFileSync(log));
    expect(count(await ended)).toBe(3);
    expect(count(await shell(`$LOGTALLY parse <(gunzip -c ${log}) <(gunzip -c ${log})`))).toBe(6);
  });

  test('that contain no line are an error', async () => {
    const ended = await shell('$LOGTALLY report --input - --out out-empty < /dev/null');
    expect(ended.code).toBe(1);
    expect(ended.stdout).toBe('');
  });
});

test('a run in the folder of its results does not read them, nor what it writes', async () => {
  const place = join(folder, 'place');
  mkdirSync(place);
  copyFileSync(log, join(place, 'access.log.gz'));
  const report = '$LOGTALLY report --input . --date-range 2026-10-01 2026-10-31';
  for (const out of ['', '--out other/reports']) {
    expect((await shell(`${report} ${out}`, place)).code).toBe(0);
    const { stdout } = await shell(`${report} ${out} --json`, place);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'up_to_date', edition: { sources: [{ lines: 3 }] } });
  }
  for (const redirect of ['-o records.json', '> records.jsonl']) {
    for (const _run of [1, 2]) await shell(`$LOGTALLY parse . ${redirect}`, place);
  }
  expect(readFileSync(join(place, 'records.json'), 'utf8').trimEnd().split('\n')).toHaveLength(3);
});
