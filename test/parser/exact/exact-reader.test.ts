import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Duckdb, openDuckdb } from '../../../lib/engine/duckdb/duckdb.ts';
import type { Format } from '../../../lib/formats/format.ts';
import { FORMATS, formatOf } from '../../../lib/formats/formats.ts';
import { customFormatSchema, formatFrom } from '../../../lib/formats/parse-format.ts';
import { compileExactReader } from '../../../lib/parser/exact/exact-reader.ts';
import { FORMAT_FIXTURES } from '../../formats/format-fixtures.ts';
import { HOSTILE_LINES, mutatedLines, PRINCIPAL_LINES } from '../../formats/hostile-lines.ts';
import { isSameLine, readAsAthena } from '../athena-reader.ts';
import { damagedLines, printedSeed } from '../damaged-lines.ts';

/* The reader in JavaScript is the SQL that Athena runs, line by line: what fits, and each raw column. */

const seed = printedSeed('exact reader');

let duckdb: Duckdb;
beforeAll(async () => {
  const temp_folder = join(tmpdir(), `logtally-exact-${process.pid}`);
  duckdb = await openDuckdb({ memory: '1GB', threads: 2, temp_folder });
});
afterAll(() => duckdb.close());

/** Expects that both read all lines alike; returns how many fit. */
async function expectAgreement(format: Format, lines: readonly string[]): Promise<number> {
  const expected = await readAsAthena(duckdb, format, lines);
  const reader = compileExactReader(format);
  const found = lines.map((line) => reader.read(line));
  const differences = lines.flatMap((line, index) => {
    const [mine, athena] = [found[index] ?? 'ignored', expected[index] ?? 'ignored'];
    return isSameLine(format, mine, athena) ? [] : [{ line, mine, athena }];
  });
  expect(differences.slice(0, 3)).toEqual([]);
  return found.filter((line) => typeof line !== 'string').length;
}

test.each(FORMATS)(`$id: its fixtures, and damaged lines, SEED=${seed}`, async (format) => {
  const lines = FORMAT_FIXTURES.filter((fixture) => fixture.format === format).flatMap((fixture) => fixture.lines);
  const headers = lines.filter((line) => line.startsWith('#Fields:'));
  const damaged = damagedLines(lines, format.id === 'json' ? 1_000 : 3_000, seed);
  // Whole headers now and then, so that there are fields to read.
  const mixed = damaged.flatMap((line, index) => [
    ...(index % 10 === 0 ? headers.slice(index % 7, (index % 7) + 1) : []),
    line,
  ]);
  expect(await expectAgreement(format, [...lines, ...mixed])).toBeGreaterThan(lines.length / 2);
});

test('reads hostile lines of S3', async () => {
  await expectAgreement(formatOf('s3-access'), HOSTILE_LINES);
  await expectAgreement(formatOf('s3-access'), PRINCIPAL_LINES);
  await expectAgreement(formatOf('s3-access'), mutatedLines([...HOSTILE_LINES, ...PRINCIPAL_LINES], 3_000));
});

/** A format of the user's own. */
function own(described: Record<string, unknown>): Format {
  return formatFrom('own', customFormatSchema.parse(described));
}

describe('JSON', () => {
  const format = own({ json: { time: ['a.b', 'list[1]', 'c beside d'], status: 'e' } });
  const texts = (line: string) => compileExactReader(format).read(line);

  test.each([
    ['{"a":{"b":"x"},"e":1}', ['x', '1']],
    ['{"e":1.50,"a":{"b":-0.0e+05}}', ['-0.0e+05', '1.50']],
    ['{"e":true,"a":{"b":false}}', ['false', 'true']],
    ['{"a":{"b":null},"list":[1,"two",3],"e":null}', ['two', null]],
    ['{"a":{"b":{"x":1}},"list":[1,[2]],"e":[3]}', [null, null]],
    ['{"a":{"b":""},"c":"x","e":""}', [null, null]],
    ['{"c":"x","d":false}', ['x', null]],
    ['{"e":1,"e":2,"a":{"c":1},"a":{"b":2}}', [null, '1']],
    ['{"a":{"b":"\\u00e9\\ud83d\\ude00\\n\\/"},"\\u0065":"key"}', ['é😀\n/', 'key']],
    [' \t{ "a" : { "b" : "}" } , "e" : "\\"{" } ', ['}', '"{']],
    [`{"x":${'['.repeat(100_000)}${']'.repeat(100_000)},"e":1}`, [null, '1']],
  ])('%.60s', (line, expected) => expect(texts(line)).toEqual(expected));

  test.each([
    ...['{"e":1,}', '{"e":01}', '{"e":NaN}', '{"e":"\\ud800"}', '{"e":"\\ude00\\ud800"}', '{"e":"\t"}', '{"e":1}x'],
    ...['[{"e":1}]', '"e"', '\ufeff{"e":1}', '{"e":1', "{'e':1}", '{"e":"\\x"}', '{"e":1}\f'],
  ])('%s is none', (line) => expect(texts(line)).toBe('unfit'));

  test('in a group of a pattern', () => {
    const grouped = own({ json: { status: 'e' }, patterns: ['(?<time>[^ {]+)(?: (?<json>.*))?'] });
    const { read } = compileExactReader(grouped);
    expect(['now {"e":1}', 'now', 'now ', 'now [1]', '{"e":1}'].map(read)).toEqual([
      ...[['now', '1'], ['now', null], 'unfit', 'unfit', [null, '1']],
    ]);
  });
});

describe('headers', () => {
  test('hold for the lines after them, in one file', () => {
    const { read, startFile } = compileExactReader(
      own({
        header: { columns: { time: 'date time', status: 'sc-status' }, default_names: ['sc-status', 'date', 'time'] },
      }),
    );
    expect(read('200 2026-10-06 00:00:38')).toEqual(['2026-10-06 00:00:38', '200']);
    expect(read('#Fields: date time sc-status')).toBe('ignored');
    expect(read('d t 404')).toEqual(['d t', '404']);
    expect(read('#Version: 1')).toBe('ignored');
    expect(read('d\tt\t-')).toEqual(['d t', null]);
    expect(read('d t not')).toBe('unfit');
    expect(read('#Fields: sc-status')).toBe('ignored');
    expect(read('d t 404')).toBe('unfit');
    startFile();
    expect(read('200 2026-10-06 00:00:38')).toEqual(['2026-10-06 00:00:38', '200']);
  });
});

describe('patterns', () => {
  const groups = (pattern: string, line: string) => compileExactReader(own({ patterns: [pattern] })).read(line);

  test('mean what they mean for RE2', () => {
    expect(groups('(?<time>.)', '😀')).toEqual(['😀']);
    expect(groups('(?<time>.{2})', 'a\u2028')).toEqual(['a\u2028']);
    expect(groups('(?<time>\\S+)\\s', 'a\u00a0 ')).toEqual(['a\u00a0']);
    expect(groups('(?<time>[]{]+)}\\-\\"', ']{}-"')).toEqual([']{']);
    expect(groups('(?<time>\\x{1F600}|\\x41)\\/', 'A/')).toEqual(['A']);
    expect(groups('(?<time>\\pL+\\p{Greek})', 'aé\u03b1')).toEqual(['aé\u03b1']);
    expect(groups('(?<time>[^\\s\\S])', 'a')).toBe('unfit');
    expect(groups('(?<time>[\\d\\-x]+)', '1-x')).toEqual(['1-x']);
  });
});

test('lines of no format stay whole', () => {
  const { read } = compileExactReader({ ...formatOf('syslog'), patterns: [], ignored: '#' });
  expect(['a "b', '', '# c'].map(read)).toEqual([['a "b'], 'ignored', 'ignored']);
});
