import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Duckdb, openDuckdb } from '../../lib/engine/duckdb/duckdb.ts';
import { trinoReader } from '../../lib/formats/athena/reader.ts';
import type { Format } from '../../lib/formats/format.ts';
import { FORMATS, formatOf } from '../../lib/formats/formats.ts';
import { MAPPED_COLUMNS, mappingSql } from '../../lib/formats/mapping.ts';
import { daysSql, FOLDER_DAY } from '../../lib/lake/athena/days-sql.ts';
import { requestsSql } from '../../lib/lake/duckdb/day-sql.ts';
import { dropStaged, type StagedDay, stageFiles } from '../../lib/lake/duckdb/staging.ts';
import { emptyRows } from '../../lib/lake/duckdb/views.ts';
import { REJECTED_COLUMNS, REQUEST_COLUMNS } from '../../lib/model/request-columns.ts';
import { rawTableName } from '../../lib/model/table-names.ts';
import type { RawFile } from '../../lib/sources/raw-files.ts';
import type { Source } from '../../lib/sources/source.ts';
import { generateLines } from '../../samples/generator/entries.ts';
import { FORMAT_FIXTURES } from '../formats/format-fixtures.ts';
import { GOOD_LINE, HOSTILE_LINES, mutatedLines, PRINCIPAL_LINES } from '../formats/hostile-lines.ts';
import { createDatabase, type Database } from './database.ts';
import { expectSameRows } from './same-rows.ts';
import { plainValue } from './values.ts';

/** What the lake keeps of a reject; its other columns mean nothing. */
const REJECTED = REJECTED_COLUMNS.map(({ name }) => name);
const temporary = join(tmpdir(), `logtally-trino-formats-${process.pid}`);

let trino: Database;
let duckdb: Duckdb;
beforeAll(async () => {
  duckdb = await openDuckdb({ memory: '1GB', threads: 2, temp_folder: temporary });
  const source = {
    layout: 'partitioned',
    accounts: ['111122223333'],
    regions: ['eu-central-1'],
    buckets: ['web'],
    since: '2026-09-01',
  };
  const sources = FORMATS.map(({ id }) => [id, { ...source, format: id, location: `s3://example-logs/${id}/` }]);
  trino = await createDatabase('formats', Object.fromEntries(sources), '2026-10-31');
});
afterAll(() => duckdb.close());

/** A log of one day where the raw table of a format looks for it. */
interface Log {
  format: Format;
  day: string;
  file: RawFile;
}

let hour = 0;

/** Writes a log into a day of its own: the next one, unless `day` names it. */
function putLog(id: string, content: Buffer | string, ending = 'log', day = `2026-10-${10 + hour++}`): Log {
  const key = `example-logs/${id}/111122223333/eu-central-1/web/${day.replaceAll('-', '/')}/${day}-00-00-00-0A.${ending}`;
  const path = join(trino.buckets, key);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  const file = {
    path,
    log_object: `local:///${trino.name}/${key}`,
    modified: new Date(0),
    size_bytes: Buffer.byteLength(content),
    etag: '',
  };
  return { format: formatOf(id), day, file };
}

/** Expects that Trino and the laptop's parser map each line alike; returns the rows. */
async function expectSameMapping({ format, day, file }: Log): Promise<Record<string, unknown>[]> {
  const columns = [...MAPPED_COLUMNS, 'reason', 'line'];
  const reader = trinoReader(format, table(format), '"timestamp" = ?', FOLDER_DAY);
  return expectSame(
    columns,
    `SELECT ${columns.join(', ')} FROM (${mappingSql(format, `(${reader})`)})`,
    [day.replaceAll('-', '/')],
    await onLaptop(format, file, columns, (staged) => `SELECT * FROM read_parquet('${staged.file?.path}')`),
  );
}

/** Expects that both make the same of a day: each request once, and every reject; returns the rows. */
async function expectSameDay({ format, day, file }: Log): Promise<Record<string, unknown>[]> {
  const columns = [...MAPPED_COLUMNS, 'copies', 'reason', 'line'];
  return expectSame(
    columns,
    `SELECT ${columns.join(', ')} FROM (${daysSql(sourceOf(format), table(format))})`,
    [day.replaceAll('-', '/'), day.replaceAll('-', '/'), day, day],
    await onLaptop(format, file, columns, requestsSql),
  );
}

function sourceOf({ id }: Format): Source {
  const source = trino.sources[id];
  if (!source) throw new Error(`there is no source ${id}`);
  return source;
}

function table({ id }: Format): string {
  return `${trino.name}.${rawTableName(id)}`;
}

/** What the laptop reads of a log: the requests that a query selects, and every reject. */
async function onLaptop(
  format: Format,
  file: RawFile,
  columns: readonly string[],
  requestsOf: (staged: StagedDay) => string,
): Promise<unknown[][]> {
  const connection = await duckdb.connect();
  try {
    const source = { name: 'log', definition: format } as Source;
    const { days } = await stageFiles({ duckdb, folder: temporary }, connection, source, [file], 'folder');
    const requests = days.flatMap((day) =>
      day.file ? [`SELECT *, NULL AS reason, NULL AS line FROM (${requestsOf(day)})`] : [],
    );
    const rejects = 'SELECT reason, log_object, line, copies FROM rejects';
    const reader = await connection.runAndReadAll(
      `SELECT ${columns.join(', ')} FROM (${emptyRows(REQUEST_COLUMNS)} UNION ALL BY NAME ${[...requests, rejects].join(' UNION ALL BY NAME ')})`,
    );
    return reader.getRowsJS();
  } finally {
    await dropStaged(connection);
    connection.closeSync();
  }
}

async function expectSame(
  columns: readonly string[],
  sql: string,
  parameters: readonly string[],
  rows: readonly unknown[][],
) {
  const answer = await trino.ask(sql, parameters);
  const named = (row: readonly unknown[]) => {
    const values = row.map(
      (value, index) => [columns[index] ?? '', plainValue(value, answer.columns[index]?.type)] as const,
    );
    const isRejected = row.at(-1) !== null;
    return Object.fromEntries(
      values.filter(([name, value]) => value !== null && (!isRejected || REJECTED.includes(name) || name === 'line')),
    );
  };
  const found = answer.rows.map(named);
  expectSameRows(found, rows.map(named));
  return found;
}

function inLines(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

describe.each(FORMATS.map(({ id }) => id))('%s', (id) => {
  const fixtures = FORMAT_FIXTURES.filter(({ format }) => format.id === id);

  test('a day with the lines of its fixture', async () => {
    const own = fixtures.find(({ name }) => name === id);
    expect(await expectSameDay(putLog(id, inLines(own?.lines ?? []), 'log', '2026-10-07'))).not.toEqual([]);
  });

  test('the lines of each shape', async () => {
    for (const [index, { path, expected }] of fixtures.entries()) {
      const day = `2026-09-${String(index + 1).padStart(2, '0')}`;
      expect(await expectSameMapping(putLog(id, readFileSync(path), 'log', day))).toHaveLength(expected.length);
    }
  });

  test('compressed lines with characters dropped, doubled, swapped and moved', async () => {
    const all = fixtures.flatMap((fixture) => fixture.lines);
    const [header] = all.filter((line) => line.startsWith('#Fields:'));
    const mutated = mutatedLines(all, 2_000);
    // Athena does not know the order of lines: with one header it does not matter.
    const lines = header === undefined ? mutated : [header, ...mutated.filter((line) => !line.startsWith('#'))];
    await expectSameMapping(putLog(id, gzipSync(inLines(lines)), 'log.gz', '2026-10-08'));
  });
});

describe('hostile lines', () => {
  test('of S3', async () => {
    const lines = [
      ...HOSTILE_LINES,
      ...PRINCIPAL_LINES,
      ...mutatedLines([...generateLines({ lines: 300 }), ...HOSTILE_LINES], 10_000),
    ];
    const rows = await expectSameMapping(putLog('s3-access', inLines(lines)));
    expect(rows.filter(({ reason }) => reason !== undefined).length).toBeGreaterThan(500);
  });

  test('keys that are not text, or not encoded', async () => {
    const keys = [
      'caf%25E9',
      'caf%E9',
      '%25C3%25A9',
      '%C3%A9',
      'a+b',
      'a%2Bb',
      'a%252Bb',
      '100%',
      '%',
      '%2',
      '%zz',
      '%-1',
      '%2500',
      '%00',
      'x%250Ay',
      'x%0A%FF',
      '%25EF%25BF%25BD',
      '%25F0%259F%2598%2580',
      '%ED%A0%80',
      '%C0%80',
      '%25ZZ%2520',
    ];
    const lines = keys.flatMap((key) =>
      ['REST.GET.OBJECT', 'S3.EXPIRE.OBJECT'].map((operation) =>
        GOOD_LINE.replace('REST.GET.OBJECT', operation)
          .replace(' a.txt', () => ` ${key}`)
          .replace('3E57427F3EXAMPLE', '-'),
      ),
    );
    const rows = await expectSameMapping(putLog('s3-access', inLines(lines)));
    expect(rows.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['café'.replace('é', '%E9'), 'é', 'a b', '100%', '😀']),
    );
  });

  test('a very long line of quotes, and an empty one that does not count', async () => {
    const lines = [GOOD_LINE, '', ' ', GOOD_LINE.replace('curl/8.4.0', '" "'.repeat(60_000)), '"'.repeat(180_000)];
    expect(await expectSameMapping(putLog('s3-access', inLines(lines)))).toHaveLength(4);
  });

  test('bytes that are not UTF-8', async () => {
    const bytes = Buffer.concat([
      Buffer.from(GOOD_LINE.replace('curl', 'caf\u00e9')),
      Buffer.from('\n'),
      Buffer.from(GOOD_LINE.replace('curl', 'caf\u00e9'), 'latin1'),
      Buffer.from('\n'),
      Buffer.from(GOOD_LINE.replace('curl', '\u00f0\u009f\u0098'), 'latin1'),
      Buffer.from('\n\xff\xfe\xfd\n', 'latin1'),
    ]);
    await expectSameMapping(putLog('s3-access', bytes));
  });

  test('headers: several per log, similar ones, other separators, and none', async () => {
    const log = [
      '#Version: 1.0',
      '#Fields: date time c-ip cs-uri-stem sc-status',
      '2026-10-06\t00:00:38\t192.0.2.1\t/one\t200',
      '2026-10-06 00:00:39 192.0.2.1 /spaces 200',
      '2026-10-06,00:00:40,192.0.2.1,/commas,200',
      '2026-10-06|00:00:41|192.0.2.1|/unfit|ok',
      '#Fields: date time cs-uri-stem',
      '2026-10-06\t00:00:42\t/two',
      '#Fields:\tdate\ttime\tc-ip\tsc-status\tsc-bytes\tcs-uri-stem',
      '#Fields: date time c-ip sc-bytes sc-status cs-uri-stem',
      '2026-10-06\t00:00:43\t192.0.2.1\t200\t404\t/ambiguous',
      '2026-10-06\t00:00:44\tFRA2\t182\t192.0.2.2\tGET\texample.com\t/legacy\t200',
      '2026-10-06',
      '{"date":"2026-10-06","time":"00:00:45","cs-uri-stem":"/json","c-ip":"-"}',
    ];
    const paths = (rows: readonly (readonly unknown[])[]) =>
      rows.flatMap(([path, reason]) => (reason === null ? [path] : [])).sort();
    const read = async (id: string) => {
      const { format, day, file } = putLog(id, inLines(log));
      const reader = trinoReader(format, table(format), '"timestamp" = ?', FOLDER_DAY);
      const sql = `SELECT path, reason FROM (${mappingSql(format, `(${reader})`)})`;
      const { rows } = await trino.ask(sql, [day.replaceAll('-', '/')]);
      const laptop = await onLaptop(format, file, ['path', 'reason'], requestsSql);
      return { athena: paths(rows), laptop: paths(laptop) };
    };
    // Athena finds the header of a line by its number of fields, the laptop by the order of lines.
    expect(await read('cloudfront')).toEqual({
      athena: ['/commas', '/json', '/legacy', '/one', '/spaces', '/two'],
      laptop: ['/ambiguous', '/commas', '/json', '/one', '/spaces', '/two'],
    });
    expect(await read('w3c')).toEqual({
      athena: ['/commas', '/one', '/spaces', '/two'],
      laptop: ['/ambiguous', '/commas', '/one', '/spaces', '/two'],
    });
  });

  test('carriage returns', async () => {
    await expectSameMapping(putLog('s3-access', `${GOOD_LINE}\r\n${GOOD_LINE.replace('curl', 'c\rurl')}\r\n`));
  });

  test('a byte order mark', async () => {
    const rows = await expectSameMapping(putLog('json', '\ufeff{"time":"2026-10-06T00:00:38Z"}\n'));
    expect(rows).toEqual([expect.objectContaining({ time: '2026-10-06 00:00:38' })]);
  });

  test('a log that is cut off', async () => {
    expect(await expectSameMapping(putLog('s3-access', `${GOOD_LINE}\n${GOOD_LINE.slice(0, 50)}`))).toHaveLength(2);
  });

  test('times', async () => {
    const times = [
      ...[
        '06/Oct/2026:00:00:38 +0000',
        '06/Oct/2026:00:00:38 -0530',
        '06/Oct/2026:00:00:38',
        '06/Oct/2026:24:00:00 +0000',
      ],
      ...[
        '06/oct/2026:00:00:38 +0000',
        '6/Oct/2026:00:00:38 +0000',
        '06/Oct/2026:0:00:38 +0000',
        '06/Oct/26:00:00:38 +0000',
      ],
      ...[
        '06/Oct/2026:00:00:38 +00',
        '06/Oct/2026:00:00:38 0x10',
        '06/Oct/2026:00:00:38 -1_00',
        '06/Oct/2026:00:00:60 +0000',
      ],
      ...[
        '31/Feb/2026:00:00:38 +0000',
        '06/Foo/2026:00:00:38 +0000',
        '06/Oct/2026:00:00:38 Z',
        '06/Oct/0000:00:00:38 +9999',
      ],
      ...['2026-10-06T00:00:38Z', '2026-10-06 00:00:38', '2026-10-06T00:00:38.1234567+02:00', '2026/10/06 00:00:38,5'],
      ...[
        '2026-10-06T24:00:00Z',
        '2026-10-06T00:00:60Z',
        '2026-10-6T00:00:38Z',
        '2026-02-30T00:00:38Z',
        '2026-10-06',
        '2026-10-06T1:02:03Z',
      ],
      ...['2026-10-06T00:00:38-0x:10', '2026-10-06T00:00', '0000-01-01T00:00:00Z', '2026-10-06\t00:00:38'],
      ...[
        'Tue, 06 Oct 2026 00:00:38 GMT',
        'Tue, 6 Oct 2026 00:00:38 GMT',
        'Tue, 06 Oct +026 00:00:38 GMT',
        'Tue, 00 Oct 2026 00:00:38 GMT',
      ],
      ...[
        'Tue Oct  6 00:00:38 2026',
        'Tue Oct 31 24:00:38 2026',
        'Oct  6 00:00:38',
        'Oct 10 00:00:38',
        'Feb 29 00:00:38',
        'Dec 31 23:59:59',
      ],
      ...[
        '1791244839',
        '1791244839.8155608',
        '1791244839815',
        '1791244839815560',
        '1791244839815560800',
        '9999999999',
        '9999999999999',
      ],
      ...[
        '9999999999999999',
        '9999999999999999999',
        '99999999999',
        '999999999999999',
        '1e9',
        '-1791244839',
        '1791244839,5',
        '',
        '-',
        ' ',
      ],
    ];
    const lines = times.map((time, index) => JSON.stringify({ time, path: `/${index}`, status: 200 }));
    const rows = await expectSameMapping(putLog('json', inLines(lines)));
    expect(rows.filter(({ time }) => time !== undefined).length).toBeGreaterThan(20);
    const syslog = times.map((time) => `<134>${time} web app[1]: hello`);
    await expectSameMapping(putLog('syslog', inLines(syslog)));
  });

  test('JSON', async () => {
    const time = '"time":"2026-10-06T00:00:38Z"';
    // As text a number is what was written on Trino, and 0.5 for 0.50 on DuckDB.
    const numbers = [
      ...[
        '0.50',
        '1e3',
        '9.5e-05',
        '1E-7',
        '1e15',
        '1e99',
        '-5',
        '12345678901234567890',
        '0.1234567890123456789',
        '01',
        '.5',
        '+1',
        'NaN',
        '-Infinity',
      ],
      ...['"12"', '" 12"', '"1_0"', '"0x10"', '"٣"', '"12 "'],
    ];
    const texts = ['true', 'null', '""', '"-"', '[]', '{}', '"\\u0000"', '"a\\nb"', '"\\ud83d\\ude00"', '"\\x"'];
    const lines = [
      ...[...numbers, ...texts].flatMap((value) =>
        ['duration_ms', 'duration', 'status', 'bytes'].map((column) => `{${time},"${column}":${value}}`),
      ),
      ...texts.flatMap((value) =>
        ['host', 'path', 'level', 'protocol'].map((column) => `{${time},"${column}":${value}}`),
      ),
      ...[
        `{${time},}`,
        `{${time}} `,
        ` {${time}}`,
        `{${time}}x`,
        `{${time},"a":[1,]}`,
        `{${time},"a":{"b":1,}}`,
        `[{${time}}]`,
      ],
      ...[
        `{${time},"a":",}"}`,
        `{${time},"a":": NaN"}`,
        `{${time},"status":200,"status":404}`,
        `{${time},'status':200}`,
        `{${time},"a":/**/1}`,
      ],
      ...[
        `{${time},"path":"/a","a":${'['.repeat(900)}${']'.repeat(900)}}`,
        `{${time},"path":"/${'x'.repeat(100_000)}"}`,
        '{}',
        '[]',
        '"text"',
        '1',
        'null',
      ],
    ];
    await expectSameMapping(putLog('json', inLines(lines)));
  });
});
