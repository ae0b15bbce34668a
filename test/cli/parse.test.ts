import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FileRecords } from '../../lib/cli/records.ts';
import { recordsOf } from '../../lib/cli/records.ts';
import type { Format } from '../../lib/formats/format.ts';
import { formatOf } from '../../lib/formats/formats.ts';
import { findRawFiles, type RawFile } from '../../lib/sources/raw-files.ts';
import { FORMAT_FIXTURES } from '../formats/format-fixtures.ts';
import { logLine } from '../lake/duckdb/raw-log.ts';
import { logtally } from './command.ts';

const PROGRAM = join(import.meta.dirname, '..', '..', 'bin', 'logtally.ts');

const folder = mkdtempSync(join(tmpdir(), 'logtally-parse-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function rawFile(name: string, content: string | Buffer, modified?: string): Promise<RawFile> {
  const path = join(folder, name);
  writeFileSync(path, content);
  const [file] = await findRawFiles([path]);
  return { ...(file as RawFile), log_object: name, ...(modified ? { modified: new Date(modified) } : {}) };
}

/** What is read of files: records as objects, rejects with their place, and the ends of files. */
async function read(format: Format, files: readonly RawFile[]) {
  const records: Record<string, unknown>[] = [];
  const rejects: string[] = [];
  const ends: Omit<Extract<FileRecords, { kind: 'end' }>, 'kind'>[] = [];
  for await (const part of recordsOf({ format, output: 'json' }, files, new Map())) {
    if (part.kind === 'end') ends.push({ file: part.file, lines: part.lines, fault: part.fault });
    else {
      const lines = Buffer.from(part.text).toString().split('\n').slice(0, -1);
      records.push(...lines.map((line) => JSON.parse(line)));
      for (const { line_number, reason } of part.rejects) {
        rejects.push(`${part.file.log_object}:${line_number}: ${reason}`);
      }
    }
  }
  return { records, rejects, ends };
}

function withoutNulls(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([name, value]) => value !== null && name !== 'log_object'));
}

test.each(FORMAT_FIXTURES)(
  'records of $name are the rows that the fixture expects',
  async ({ format, path, expected }) => {
    const [file] = await findRawFiles([path]);
    const { records, rejects } = await read(format, [{ ...(file as RawFile), modified: new Date('2026-10-07') }]);
    const isReject = (row: Record<string, unknown>) => row.reason !== undefined;
    expect(records.map(withoutNulls)).toEqual(expected.filter((row) => !isReject(row)));
    expect(rejects.map((text) => text.replace(/^.*?:\d+: /, ''))).toEqual(
      expected.filter(isReject).map(({ reason }) => reason),
    );
  },
);

describe('a log of many chunks', () => {
  const s3 = formatOf('s3-access');
  const COUNT = 30_000;
  const lines = Array.from({ length: COUNT }, (_, at) =>
    at % 5_003 === 5 ? `odd ${at}` : logLine(`2026-10-05 10:${String(at % 60).padStart(2, '0')}:00`, `R${at}`),
  );
  const text = `${lines.join('\n')}\n`;
  const ids = lines.flatMap((line, at) => (line.startsWith('odd') ? [] : [`R${at}`]));
  const odd = lines.flatMap((line, at) => (line.startsWith('odd') ? [at + 1] : []));

  test('has its records in order, and its rejects with their line numbers', async () => {
    const files = [
      await rawFile('one.log', text),
      await rawFile('two.log.gz', gzipSync(text.replaceAll('\n', '\r\n'))),
    ];
    const { records, rejects, ends } = await read(s3, files);
    expect(records.map(({ request_id }) => request_id)).toEqual([...ids, ...ids]);
    expect(rejects.map((reject) => reject.split(':').slice(0, 2).join(':'))).toEqual([
      ...odd.map((number) => `one.log:${number}`),
      ...odd.map((number) => `two.log.gz:${number}`),
    ]);
    expect(ends.map(({ lines, fault }) => [lines, fault])).toEqual([
      [COUNT, undefined],
      [COUNT, undefined],
    ]);
  });

  test('keeps to its headers', async () => {
    const header = (names: string) => `#Version: 1.0\n#Fields: ${names}\n`;
    const rows = (path: string, status: number, swapped: boolean) =>
      Array.from({ length: 20_000 }, (_, at) => {
        const fields = swapped ? [`${path}${at}`, `${status}`] : [`${status}`, `${path}${at}`];
        return `${['2026-10-06', '00:00:01', ...fields].join(' ')} ${'x'.repeat(80)}\n`;
      }).join('');
    const first = header('date time sc-status cs-uri-stem cs(User-Agent)');
    const second = header('date time cs-uri-stem sc-status cs(User-Agent)');
    const one = `${first}${rows('/a', 200, false)}${second}${rows('/b', 404, true)}`;
    const two = `${second}${rows('/c', 500, true)}`;
    const { records, rejects } = await read(formatOf('w3c'), [
      await rawFile('a.log', one),
      await rawFile('b.log', two),
    ]);
    expect(rejects).toEqual([]);
    const counts = Map.groupBy(records, ({ path, status }) => `${String(path).slice(0, 2)} ${status}`);
    expect([...counts].map(([name, { length }]) => [name, length])).toEqual([
      ['/a 200', 20_000],
      ['/b 404', 20_000],
      ['/c 500', 20_000],
    ]);
  });

  test('counts lines that are too long, and goes on after them', async () => {
    const long = 'x'.repeat(17 * 1024 * 1024);
    const file = await rawFile('long.log', `${lines[0]}\n${long}\n${lines[1]}\nodd\n`);
    const { records, rejects } = await read(s3, [file]);
    expect(records.map(({ request_id }) => request_id)).toEqual(['R0', 'R1']);
    expect(rejects).toEqual(['long.log:2: is longer than 16 MB', expect.stringMatching(/^long\.log:4: /)]);
  });

  test('is read up to its damage', async () => {
    const { records, ends } = await read(s3, [await rawFile('cut.log.gz', gzipSync(text).subarray(0, -9))]);
    expect(records.length).toBeGreaterThan(1000);
    expect(ends[0]?.fault).toMatch(/^ends early/);
  });
});

describe('logtally parse', () => {
  const log = join(folder, 'access.log');
  beforeAll(() => {
    const lines = Array.from({ length: 20_000 }, (_, at) => logLine('2026-10-05 10:00:00', `R${at}`));
    writeFileSync(log, [...lines.slice(0, 4), 'not a line', ...lines.slice(4)].map((line) => `${line}\n`).join(''));
  });

  test.each([[[]], [['--format', 's3-access']]])(
    'prints the first record while the input is open: %j',
    async (format) => {
      const child = spawn(process.execPath, [PROGRAM, 'parse', '-', ...format], { stdio: ['pipe', 'pipe', 'inherit'] });
      child.stdin.write(`${logLine('2026-10-05 10:00:00', 'R1')}\n${logLine('2026-10-05 10:00:01', 'R2')}\nunfin`);
      const [first] = (await once(child.stdout, 'data')) as [Buffer];
      expect(JSON.parse(first.toString().split('\n')[0] as string)).toMatchObject({ request_id: 'R1' });
      child.stdin.write(`ished\n${logLine('2026-10-05 10:00:02', 'R3')}\n`);
      const [next] = (await once(child.stdout, 'data')) as [Buffer];
      expect(JSON.parse(next.toString())).toMatchObject({ request_id: 'R3' });
      child.stdin.end();
      expect(await once(child, 'close')).toEqual([0, null]);
    },
  );

  test('names the file and the line of a reject with --verbose', async () => {
    const { stderr } = await logtally(['parse', log, '--verbose', '-o', join(folder, 'records.json')]);
    expect(stderr).toMatch(/^rejected: \S*access\.log:5: .*: not a line$/m);
    expect(stderr).toContain('lines 20001, parsed 20000, rejected 1\n');
  });

  test('ends without an error when nobody reads on', async () => {
    const child = spawn('bash', [
      '-c',
      `${process.execPath} ${PROGRAM} parse ${log} --quiet | head -n 1; exit \${PIPESTATUS[0]}`,
    ]);
    let stderr = '';
    child.stderr.on('data', (text) => (stderr += text));
    expect([await once(child, 'close'), stderr]).toEqual([[0, null], '']);
  });
});
