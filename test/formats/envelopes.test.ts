import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Duckdb, openDuckdb } from '../../lib/engine/duckdb/duckdb.ts';
import { trinoReader } from '../../lib/formats/athena/reader.ts';
import type { Format } from '../../lib/formats/format.ts';
import { FORMATS, formatOf } from '../../lib/formats/formats.ts';
import { MAPPED_COLUMNS, mappingSql } from '../../lib/formats/mapping.ts';
import { STORED_LINES, storeLines } from '../parser/athena-reader.ts';
import { mapLines } from '../parser/mapped-lines.ts';
import { FORMAT_FIXTURES } from './format-fixtures.ts';

let duckdb: Duckdb;
beforeAll(async () => {
  const temp_folder = join(tmpdir(), `logtally-envelopes-${process.pid}`);
  duckdb = await openDuckdb({ memory: '1GB', threads: 2, temp_folder });
});
afterAll(() => duckdb.close());

/** How programs that carry lines write them. */
const ENVELOPES: [name: string, wrap: (line: string) => string][] = [
  ['syslog to a server', (line) => `<190>Oct  6 00:00:38 web1 nginx: ${line}`],
  ['syslog with a year, without a host', (line) => `<190>Oct  6 00:00:38 2026 nginx[7]: ${line}`],
  ['rsyslog with ISO times', (line) => `2026-10-06T00:00:38.123456+02:00 web1 nginx[7]: ${line}`],
  ['RFC 5424', (line) => `<190>1 2026-10-06T00:00:38.123Z web1 nginx 7 - [a@1 b="c \\] d"] ${line}`],
  ['CRI of Kubernetes', (line) => `2026-10-06T00:00:38.123456789Z stdout F ${line}`],
  ['docker compose logs', (line) => `web-1  | ${line}`],
  ['docker compose logs --timestamps', (line) => `web-1  | 2026-10-06T00:00:38.123456789Z ${line}`],
  ['kubectl logs --prefix', (line) => `[pod/web-6d4cf56db6-x7k2p/nginx] ${line}`],
  ['kubectl logs --timestamps', (line) => `2026-10-06T00:00:38.123456789+02:00 ${line}`],
  ['an export of CloudWatch Logs', (line) => `2026-10-06T00:00:38.123Z ${line}`],
  [
    'json-file of Docker',
    (line) => JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: '2026-10-06T00:00:38Z' }),
  ],
  [
    'journald',
    (line) => JSON.stringify({ __REALTIME_TIMESTAMP: '1791244838123456', _HOSTNAME: 'web1', MESSAGE: line }),
  ],
];

/** The same by the SQL that Athena runs. */
async function rowsOfAthena(format: Format, lines: readonly string[]): Promise<Record<string, unknown>[]> {
  const connection = await duckdb.connect();
  await storeLines(connection, lines);
  const reader = trinoReader(format, STORED_LINES, 'true', "'2026-10-07'");
  const found = await connection.runAndReadAll(
    `SELECT ${[...MAPPED_COLUMNS, 'reason', 'line'].join(', ')} FROM (${mappingSql(format, `(${reader})`)})
     ORDER BY CAST(log_object AS INTEGER)`,
  );
  connection.closeSync();
  return found.getRowObjectsJS().map(({ log_object: _number, ...row }) => {
    const kept = Object.entries(row).filter(([, value]) => value !== null);
    return Object.fromEntries(kept.map(([name, value]) => [name, typeof value === 'bigint' ? numberOf(value) : value]));
  });
}

/** As the parser has it: a number, unless that is not exact. */
function numberOf(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** The lines of a format's fixtures that become rows; those that are in an envelope already are left out. */
function fittingLines(format: Format): string[] {
  const lines = FORMAT_FIXTURES.filter((fixture) => fixture.format === format).flatMap((fixture) => fixture.lines);
  const wanted = lines.filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('{"log"'));
  const rows = mapLines(format, wanted);
  return wanted.filter((_, index) => rows[index]?.reason === undefined);
}

describe.each(FORMATS.filter(({ envelopes }) => envelopes))('$id', (format) => {
  test.each(ENVELOPES)('in %s', (_name, wrap) => {
    const lines = fittingLines(format);
    expect(mapLines(format, lines.map(wrap))).toEqual(mapLines(format, lines));
  });

  test('and so Athena reads them', async () => {
    const lines = fittingLines(format);
    const expected = mapLines(format, lines);
    // Plans take most of the time, and rows of many paths the memory: so a few at a time.
    for (let first = 0; first < ENVELOPES.length; first += 3) {
      const some = ENVELOPES.slice(first, first + 3);
      const rows = await rowsOfAthena(
        format,
        some.flatMap(([, wrap]) => lines.map(wrap)),
      );
      expect(rows).toEqual(some.flatMap(() => expected));
    }
  });
});

const LINE = '192.0.2.1 - - [06/Oct/2026:00:00:38 +0000] "GET /a HTTP/1.1" 200 612 "-" "curl/8.11.1"';

test('a line that the container runtime split is a whole reject', () => {
  const part = `2026-10-06T00:00:38.123456789Z stdout P ${LINE}`;
  const rows = mapLines(formatOf('nginx'), [part]);
  expect(rows).toEqual([expect.objectContaining({ reason: 'fits no line of the format', line: part })]);
});

test('a reject keeps its envelope', () => {
  const lines = ['web-1  | starting', '{"log":"starting\\n","stream":"stdout","time":"2026-10-06T00:00:38Z"}'];
  expect(mapLines(formatOf('nginx'), lines).map(({ line }) => line)).toEqual(lines);
});

test('other text than an object in an envelope is a message of a JSON log', () => {
  const lines = ['starting', '{half', '[1]'].map((log) =>
    JSON.stringify({ log: `${log}\n`, stream: 'stdout', time: '2026-10-06T00:00:38Z' }),
  );
  const rows = mapLines(formatOf('json'), lines);
  expect(rows.map(({ record_kind }) => record_kind)).toEqual(['message', 'message', 'message']);
});

test('formats of the user read envelopes if they say so', () => {
  const { envelopes: _none, ...own } = formatOf('nginx');
  const wrapped = [`web-1  | ${LINE}`];
  expect(mapLines({ ...own, envelopes: false }, wrapped)[0]?.reason).toBe('fits no line of the format');
  expect(mapLines({ ...own, envelopes: true }, wrapped)[0]?.status).toBe(200);
});
