import { describe, expect, test } from '@jest/globals';
import { type Format, hasFieldColumns, rawColumns } from '../../lib/formats/format.ts';
import { formatOf } from '../../lib/formats/formats.ts';
import { formatFrom, formatSchema } from '../../lib/formats/parse-format.ts';
import { linePattern, serdePattern } from '../../lib/formats/pattern.ts';
import { compileScanner } from '../../lib/parser/scan/scanner.ts';
import { generateLines } from '../../samples/generator/entries.ts';
import { Random } from '../oracle/random.ts';
import { printedSeed } from '../parser/damaged-lines.ts';
import { FIELD_SHAPES, linesOfShape } from '../parser/scan/field-shapes.ts';
import { rowsOf } from '../parser/scan/scanned-rows.ts';
import { FORMAT_FIXTURES } from './format-fixtures.ts';
import { GOOD_LINE, HOSTILE_LINES, mutatedLines, PRINCIPAL_LINES } from './hostile-lines.ts';

/* The parser walks over bytes where Athena matches a pattern. They must agree on every line, most of all on hostile ones. */

const s3Access = formatOf('s3-access');
const seed = printedSeed('agreement');

/** The texts of a line's fields by the pattern, as JavaScript understands it; undefined if it does not fit. */
function matched(format: Format, pattern: RegExp, line: string): (string | null)[] | undefined {
  const groups = pattern.exec(line)?.slice(1);
  return groups && format.fields.map((_, index) => groups[index] ?? null);
}

/** Expects that the parser and the pattern agree on all lines; returns how many they reject. */
function expectAgreement(described: Format, lines: readonly string[]): number {
  // Like the tables that Athena's pattern fills, which hold nothing but the fields of lines.
  const { fields, required_fields, trailing_fields } = described;
  const format = formatFrom('fields', formatSchema.parse({}), 'SELECT');
  const plain = { ...format, fields, required_fields, trailing_fields };
  const pattern = new RegExp(`^(?:${linePattern(plain)})$`);
  const bytes = Buffer.from(lines.join('\n'));
  const scanner = compileScanner(plain, new Set(rawColumns(plain)));
  const rows = rowsOf(scanner.scan({ bytes, start: 0, end: bytes.length }), bytes);
  const expected = lines.filter((line) => line !== '').map((line) => ({ line, texts: matched(plain, pattern, line) }));
  const found = rows.map(({ line, texts }) => ({ line, texts }));
  const differences = expected.flatMap((row, index) =>
    JSON.stringify(row) === JSON.stringify(found[index]) ? [] : [{ expected: row, found: found[index] }],
  );
  expect(differences.slice(0, 3)).toEqual([]);
  expect(found.length).toBe(expected.length);
  return found.filter(({ texts }) => texts === undefined).length;
}

test('hostile lines', () => {
  expect(expectAgreement(s3Access, HOSTILE_LINES)).toBe(9);
});

test('requesters of several words', () => {
  expect(expectAgreement(s3Access, PRINCIPAL_LINES)).toBe(4);
  expectAgreement(s3Access, mutatedLines(PRINCIPAL_LINES, 3_000));
});

test('thousands of lines with characters dropped, doubled, swapped and moved', () => {
  const mutated = mutatedLines([...generateLines({ lines: 300 }), ...HOSTILE_LINES], 10_000);
  expect(expectAgreement(s3Access, mutated)).toBeGreaterThan(500);
});

test.each(FIELD_SHAPES)(`fields $kinds, of which $required are in every line, SEED=${seed}`, (shape) => {
  const { kinds, required, trailing_fields } = shape;
  const fields = Object.fromEntries(kinds.map((kind, index) => [`field_${index}`, kind]));
  const described = formatSchema.parse({ title: 'Shape', fields, required_fields: required, trailing_fields });
  const lines = linesOfShape(shape, 1_000, new Random(seed));
  const all = [...lines, ...mutatedLines(lines, 3_000)];
  expect(expectAgreement(formatFrom('shape', described), all)).toBeLessThan(all.length - 20);
});

describe('lines of a fixture', () => {
  const fixtures = FORMAT_FIXTURES.filter(({ format }) => format.fields.length > 0);

  test.each(fixtures)('$name', ({ format, lines, expected }) => {
    const { ignored } = format;
    const read = ignored ? lines.filter((line) => !new RegExp(`^(?:${ignored})`).test(line)) : lines;
    const rejected = expectAgreement(format, read);
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
