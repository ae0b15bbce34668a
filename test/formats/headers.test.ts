import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { detectFileFormats } from '../../lib/cli/detect-files.ts';
import { type Duckdb, openDuckdb } from '../../lib/engine/duckdb/duckdb.ts';
import { trinoReader } from '../../lib/formats/athena/reader.ts';
import type { Format } from '../../lib/formats/format.ts';
import { FORMATS, formatOf } from '../../lib/formats/formats.ts';
import { mappingSql } from '../../lib/formats/mapping.ts';
import { formatFrom, formatSchema } from '../../lib/formats/parse-format.ts';
import { dropStaged, stageFiles } from '../../lib/lake/duckdb/staging.ts';
import { findRawFiles, type RawFile } from '../../lib/sources/raw-files.ts';
import type { Source } from '../../lib/sources/source.ts';
import { mapLines } from '../parser/mapped-lines.ts';

/* A `#Fields` line says what the lines after it hold, wherever it stands. */

const folder = join(tmpdir(), `logtally-headers-${process.pid}`);
const cloudfront = formatOf('cloudfront');
const w3c = formatOf('w3c');

let duckdb: Duckdb;
beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  duckdb = await openDuckdb({ memory: '1GB', threads: 2, temp_folder: join(folder, 'duckdb') });
});
afterAll(() => {
  duckdb.close();
  rmSync(folder, { recursive: true, force: true });
});

async function rawFile(name: string, content: string | Buffer): Promise<RawFile[]> {
  const path = join(folder, name);
  writeFileSync(path, content);
  return findRawFiles([path]);
}

function inLines(lines: readonly (readonly string[])[], delimiter = '\t'): string {
  return lines.map((fields) => `${fields.join(fields[0]?.startsWith('#') ? ' ' : delimiter)}\n`).join('');
}

/** Path, status and client of each line in the lake, by time; of a reject the reason. */
async function staged(format: Format, files: readonly RawFile[]): Promise<unknown[][]> {
  const connection = await duckdb.connect();
  try {
    const source = { name: 'cdn', definition: format } as Source;
    const { days } = await stageFiles({ duckdb, folder }, connection, source, files, 'event_time');
    const paths = days.flatMap(({ file }) => (file ? [`'${file.path}'`] : []));
    const queries = [
      ...(paths.length > 0
        ? [`SELECT path, status, client_ip FROM read_parquet([${paths.join(', ')}]) ORDER BY time, path`]
        : []),
      'SELECT reason, NULL, NULL FROM rejects',
    ];
    const rows: unknown[][] = [];
    for (const query of queries) rows.push(...(await connection.runAndReadAll(query)).getRowsJS());
    return rows;
  } finally {
    await dropStaged(connection);
    connection.closeSync();
  }
}

const FITS_NO_LINE = 'fits no line of the format';

/** Two headers with as many names, whose values look alike. */
const SWAPPED = [
  ['#Fields:', 'date', 'time', 'cs-uri-stem', 'sc-status', 'sc-bytes', 'c-ip'],
  ['2026-10-06', '00:00:01', '/one', '200', '404', '192.0.2.1'],
  ['#Fields:', 'date', 'time', 'cs-uri-stem', 'sc-bytes', 'sc-status', 'c-ip'],
  ['2026-10-06', '00:00:02', '/two', '200', '404', '192.0.2.2'],
];

const AS_THEY_STAND = [
  ['/one', 200, '192.0.2.1'],
  ['/two', 404, '192.0.2.2'],
];

describe('a header applies to the lines after it', () => {
  test('in a file with several', async () => {
    expect(await staged(cloudfront, await rawFile('several.log', inLines(SWAPPED)))).toEqual(AS_THEY_STAND);
    expect(await staged(w3c, await rawFile('several-w3c.log', inLines(SWAPPED, ' ')))).toEqual(AS_THEY_STAND);
  });

  test('in compressed logs one after the other in a file', async () => {
    const members = [SWAPPED.slice(0, 2), SWAPPED.slice(2)].map((lines) => gzipSync(inLines(lines)));
    expect(await staged(cloudfront, await rawFile('members.log.gz', Buffer.concat(members)))).toEqual(AS_THEY_STAND);
  });

  test('and not to those before it, which are read by their fields', async () => {
    const lines = [
      ['2026-10-06', '00:00:01', 'FRA2', '182', '192.0.2.1', 'GET', 'example.com', '/legacy', '200'],
      ['2026-10-06', '00:00:02', '192.0.2.2', '/lost', '200', '5'],
      ['#Fields:', 'date', 'time', 'c-ip', 'cs-uri-stem', 'sc-bytes', 'sc-status'],
      ['2026-10-06', '00:00:03', '192.0.2.3', '/after', '200', '404'],
    ];
    expect(await staged(cloudfront, await rawFile('middle.log', inLines(lines)))).toEqual([
      ['/legacy', 200, '192.0.2.1'],
      ['/after', 404, '192.0.2.3'],
      [FITS_NO_LINE, null, null],
    ]);
  });

  test('also for lines that are no UTF-8', async () => {
    const content = Buffer.from(
      inLines([
        ['#Fields:', 'date', 'time', 'c-ip', 'sc-status', 'cs-uri-stem', 'cs(User-Agent)'],
        ['2026-10-06', '00:00:01', '192.0.2.1', '200', '/one', 'caf\u00e9'],
      ]),
      'latin1',
    );
    expect(await staged(cloudfront, await rawFile('latin.log', content))).toEqual([['/one', 200, '192.0.2.1']]);
  });

  test.each(['\t', ' ', '  ', ',', '|', ';'])('with fields separated by %j', async (delimiter) => {
    const lines = SWAPPED.map(([first = '', ...others]) => [first, ...others]);
    expect(await staged(cloudfront, await rawFile('delimited.log', inLines(lines, delimiter)))).toEqual(AS_THEY_STAND);
  });

  test('unless their fields do not match it', async () => {
    const header = ['#Fields:', 'date', 'time', 'c-ip', 'cs-method', 'cs-uri-stem', 'sc-status', 'sc-bytes'];
    const lines = [
      ['2026-10-06', '00:00:01', 'GET', '192.0.2.1', '/one', '200', '1'],
      ['2026-10-06', '00:00:01', '192.0.2.1', 'GET', '200', '/one', '1'],
      ['2026-10-06', '00:00:01', '192.0.2.1', 'GET', '/one', '200', '1', 'further'],
      ['2026-10-06', '00:00:01', '192.0.2.1', 'GET', '/one', '-', '-'],
    ];
    expect(await staged(cloudfront, await rawFile('unfit.log', inLines([header, ...lines])))).toEqual([
      ['/one', null, '192.0.2.1'],
      ...Array.from({ length: 3 }, () => [FITS_NO_LINE, null, null]),
    ]);
  });
});

test('on Athena, without the order of lines, one that fits several headers is rejected', async () => {
  const values = SWAPPED.map((fields) => `('${fields.join(fields[0]?.startsWith('#') ? ' ' : '\t')}', 'a.log')`);
  const longer = `('#Fields: date time cs-uri-stem', 'a.log'), ('2026-10-06\t00:00:03\t/three', 'a.log')`;
  const lines = `(SELECT * FROM (VALUES ${values.join(', ')}, ${longer}) AS lines (line, "$path")) AS raw`;
  const mapped = mappingSql(cloudfront, `(${trinoReader(cloudfront, lines, 'true', "''")})`);
  const rows = await duckdb.run(`SELECT path, reason FROM (${mapped}) ORDER BY time`);
  expect(rows.map((row) => Object.values(row))).toEqual([
    ['/one', FITS_NO_LINE],
    ['/two', FITS_NO_LINE],
    ['/three', null],
  ]);
});

describe('the format of a log with headers', () => {
  const detected = async (name: string, content: string) => {
    const [detection] = (await detectFileFormats(await rawFile(name, content), FORMATS)).values();
    return detection && [detection.best.format.id, ...detection.ties.map(({ format }) => format.id)];
  };

  test("is CloudFront's or another", async () => {
    const header = (names: string) => ['#Fields:', ...names.split(' ')];
    const common = ['2026-10-06', '00:00:01', '192.0.2.1', 'GET', '/one', '200'];
    const plain = 'date time c-ip cs-method cs-uri-stem sc-status';
    expect(await detected('tabs.log', inLines([header(plain), common]))).toEqual(['cloudfront']);
    expect(await detected('spaces.log', inLines([header(plain), common], ' '))).toEqual(['w3c']);
    expect(await detected('iis.log', inLines([header(`${plain} sc-win32-status`), [...common, '0']], ' '))).toEqual([
      'w3c',
    ]);
    expect(await detected('country.log', inLines([header(`${plain} c-country`), [...common, 'DE']], ' '))).toEqual([
      'cloudfront',
    ]);
  });

  test('is unknown without one, if the fields are not those of the legacy log', async () => {
    const lines = [['2026-10-06', '00:00:38', '192.0.2.1', 'GET', '/a', '200', '100', '0.010', 'Hit']];
    expect(await detected('plain.log', inLines(lines))).toBeUndefined();
  });
});

test('a format of the user describes lines whose header is gone', async () => {
  const described = formatSchema.parse({
    title: 'Chosen fields',
    header: {
      columns: { time: 'date time', client_ip: 'c-ip', url: 'cs-uri-stem', status: 'sc-status' },
      default_names: ['date', 'time', 'c-ip', 'cs-method', 'cs-uri-stem', 'sc-status'],
    },
  });
  const lines = [
    ['2026-10-06', '00:00:01', '192.0.2.1', 'GET', '/one', '200'],
    ['2026-10-06', '00:00:02', '/two', 'GET', '192.0.2.1', '200'],
  ];
  expect(await staged(formatFrom('chosen', described), await rawFile('gone.log', inLines(lines)))).toEqual([
    ['/one', 200, '192.0.2.1'],
    [FITS_NO_LINE, null, null],
  ]);
});

test('time taken is in the unit of who wrote it', () => {
  const duration = (names: string, value: string) => {
    const header = `#Fields: date time c-ip cs-uri-stem sc-status ${names}`;
    const [row] = mapLines(w3c, [header, `2026-10-06 00:00:01 192.0.2.1 /one 200 ${value}`]);
    return row?.duration_ms;
  };
  expect(duration('time-taken', '2')).toBe(2000);
  expect(duration('time-taken', '0.5')).toBe(500);
  expect(duration('sc-win32-status time-taken', '0 2')).toBe(2);
});
