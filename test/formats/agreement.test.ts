import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Duckdb, openDuckdb } from '../../lib/engine/duckdb/duckdb.ts';
import { splitReader } from '../../lib/formats/duckdb/split-reader.ts';
import {
  type FieldKind,
  type Format,
  hasFieldColumns,
  type TrailingFields,
  UNPARSED_COLUMN,
} from '../../lib/formats/format.ts';
import { formatOf } from '../../lib/formats/formats.ts';
import { formatFrom, formatSchema } from '../../lib/formats/parse-format.ts';
import { linePattern, serdePattern } from '../../lib/formats/pattern.ts';
import { generateLines } from '../../samples/generator/entries.ts';
import { FORMAT_FIXTURES } from './format-fixtures.ts';
import { GOOD_LINE, HOSTILE_LINES, mutatedLines, PRINCIPAL_LINES } from './hostile-lines.ts';

/* The DuckDB reader splits where Athena matches a pattern. They must agree on every line, most of all on hostile ones. */

const s3Access = formatOf('s3-access');

let duckdb: Duckdb;
beforeAll(async () => {
  duckdb = await openDuckdb({
    memory: '1GB',
    threads: 2,
    temp_folder: join(tmpdir(), `logtally-agreement-${process.pid}`),
  });
});
afterAll(() => duckdb.close());

/** A line's columns by the pattern, or only that it does not fit. */
function matched(format: Format, pattern: RegExp, line: string): Record<string, string | null> {
  const groups = pattern.exec(line)?.slice(1);
  if (!groups) return { [UNPARSED_COLUMN]: line };
  const columns = format.fields.map(({ name }, index) => [name, groups[index] ?? null]);
  return Object.fromEntries([...columns, [UNPARSED_COLUMN, null]]);
}

/** The columns of lines by the reader, in the order of the lines. */
async function read(format: Format, lines: readonly string[]): Promise<Record<string, string | null>[]> {
  const connection = await duckdb.connect();
  await connection.run('CREATE OR REPLACE TEMP TABLE lines (number BIGINT, line VARCHAR)');
  const appender = await connection.createAppender('lines');
  for (const [number, line] of lines.entries()) {
    appender.appendBigInt(BigInt(number));
    appender.appendVarchar(line);
    appender.endRow();
  }
  appender.closeSync();
  const reader = splitReader(format, '(SELECT line, CAST(number AS VARCHAR) AS log_object FROM lines)');
  const rows = await connection.runAndReadAll(`SELECT * FROM (${reader}) ORDER BY CAST("$path" AS BIGINT)`);
  connection.closeSync();
  return rows
    .getRowObjectsJS()
    .map(({ $path, line: _line, ...row }) =>
      row[UNPARSED_COLUMN] === null ? row : { [UNPARSED_COLUMN]: row[UNPARSED_COLUMN] },
    ) as Record<string, string | null>[];
}

/** Expects that reader and pattern agree on all lines; returns how many they reject. */
async function expectAgreement(format: Format, lines: readonly string[]): Promise<number> {
  const pattern = new RegExp(`^(?:${linePattern(format)})$`);
  const rows = await read(format, lines);
  const differences = lines.flatMap((line, index) => {
    const [expected, found] = [matched(format, pattern, line), rows[index]];
    return JSON.stringify(expected) === JSON.stringify(found) ? [] : [{ line, expected, found }];
  });
  expect(differences.slice(0, 3)).toEqual([]);
  return rows.filter((row) => row[UNPARSED_COLUMN] !== null).length;
}

test('hostile lines', async () => {
  expect(await expectAgreement(s3Access, HOSTILE_LINES)).toBe(9);
});

test('requesters of several words', async () => {
  expect(await expectAgreement(s3Access, PRINCIPAL_LINES)).toBe(4);
  await expectAgreement(s3Access, mutatedLines(PRINCIPAL_LINES, 3_000));
});

test('thousands of lines with characters dropped, doubled, swapped and moved', async () => {
  const mutated = mutatedLines([...generateLines({ lines: 300 }), ...HOSTILE_LINES], 10_000);
  expect(await expectAgreement(s3Access, mutated)).toBeGreaterThan(500);
});

/** How a field of each kind may be written. */
const WRITTEN: Record<FieldKind, readonly string[]> = {
  token: ['-', 'a', 'b.txt', ''],
  principal: ['-', 'a', 'arn:aws:iam::111122223333:user/a', 'arn:aws:iam::cloudfront:user/a b c', ''],
  bracketed_time: ['[06/Oct/2026:00:00:38 +0000]'],
  quoted: ['-', '""', '"GET / HTTP/1.1"', '"a "b" c"'],
  plain_quoted: ['""', '"GET / HTTP/1.1"'],
  status: ['-', '200'],
  number: ['-', '113'],
  seconds: ['-', '0.125'],
  host_id: ['HOST=', 'AIDAEXAMPLE HOST=', '-'],
  address_port: ['192.0.2.3:443', '2001:db8::1', '192.0.2.3'],
  http_time: ['Tue, 06 Oct 2026 00:00:38 GMT'],
};

/** Shapes of a line, and how many leading fields every line has. */
const SHAPES: readonly { kinds: readonly FieldKind[]; required: number; trailing_fields?: TrailingFields }[] = [
  { kinds: ['token', 'address_port', 'status', 'number'], required: 4 },
  { kinds: ['token', 'number', 'token', 'token'], required: 2 },
  { kinds: ['token', 'number', 'token', 'token'], required: 4, trailing_fields: 'any' },
  { kinds: ['bracketed_time', 'token', 'http_time', 'token'], required: 4 },
  { kinds: ['token'], required: 1 },
  { kinds: ['plain_quoted', 'token', 'status'], required: 3 },
  { kinds: ['plain_quoted', 'number', 'token'], required: 3, trailing_fields: 'any' },
  { kinds: ['plain_quoted', 'number'], required: 2, trailing_fields: 'any' },
  { kinds: ['plain_quoted'], required: 1 },
  { kinds: ['plain_quoted'], required: 1, trailing_fields: 'none' },
  { kinds: ['token', 'plain_quoted', 'number'], required: 2, trailing_fields: 'none' },
  { kinds: ['token', 'plain_quoted', 'seconds', 'token', 'status'], required: 2 },
  { kinds: ['token', 'bracketed_time', 'number', 'seconds'], required: 1 },
  { kinds: ['token', 'seconds', 'http_time'], required: 2, trailing_fields: 'none' },
  { kinds: ['token', 'quoted', 'number'], required: 2, trailing_fields: 'none' },
  { kinds: ['plain_quoted', 'token', 'token', 'token'], required: 3 },
  { kinds: ['http_time', 'plain_quoted', 'bracketed_time'], required: 3 },
  { kinds: ['principal', 'plain_quoted', 'token'], required: 3 },
  { kinds: ['bracketed_time', 'principal', 'number', 'token', 'plain_quoted', 'number'], required: 6 },
  { kinds: ['token', 'principal', 'status', 'plain_quoted', 'number', 'plain_quoted'], required: 6 },
  { kinds: ['quoted', 'principal', 'token', 'quoted'], required: 4, trailing_fields: 'none' },
  { kinds: ['quoted'], required: 1 },
  { kinds: ['quoted', 'token', 'number'], required: 3 },
  { kinds: ['token', 'quoted', 'quoted', 'status', 'host_id', 'token'], required: 4 },
  { kinds: ['token', 'plain_quoted', 'plain_quoted', 'status', 'token'], required: 4 },
];

test.each(SHAPES)(
  'fields $kinds, of which $required are in every line',
  async ({ kinds, required, trailing_fields }) => {
    const fields = Object.fromEntries(kinds.map((kind, index) => [`field_${index}`, kind]));
    const described = formatSchema.parse({ title: 'Shape', fields, required_fields: required, trailing_fields });
    const lines = Array.from({ length: 60 }, (_, number) => {
      const present = kinds.slice(0, required + (number % (kinds.length - required + 1)));
      return present.map((kind, index) => WRITTEN[kind][(number + index) % WRITTEN[kind].length]).join(' ');
    });
    const rejected = await expectAgreement(formatFrom('shape', described), [...lines, ...mutatedLines(lines, 3_000)]);
    expect(rejected).toBeLessThan(3_000);
  },
);

describe('lines of a fixture', () => {
  const fixtures = FORMAT_FIXTURES.filter(({ format }) => format.fields.length > 0);

  test.each(fixtures)('$name', async ({ format, lines, expected }) => {
    const { ignored } = format;
    const read = ignored ? lines.filter((line) => !new RegExp(`^(?:${ignored})`).test(line)) : lines;
    const rejected = await expectAgreement(format, read);
    // A format without patterns has no second way to read a line.
    const unfit = expected.filter(({ reason }) => reason === 'fits no line of the format').length;
    if (hasFieldColumns(format)) expect(rejected).toBeLessThanOrEqual(unfit);
  });
});

test('a line of a million quotes is read in less than two seconds', () => {
  const pattern = new RegExp(`^(?:${serdePattern(s3Access)})$`);
  const started = performance.now();
  pattern.exec(`${'"'.repeat(1_000_000)}`);
  pattern.exec(GOOD_LINE.replace('curl/8.4.0', '" "'.repeat(60_000)));
  expect(performance.now() - started).toBeLessThan(2_000);
});
