import { describe, expect, test } from '@jest/globals';
import { type Format, rawColumns } from '../../../lib/formats/format.ts';
import { FORMATS, formatOf } from '../../../lib/formats/formats.ts';
import { formatFrom, formatSchema } from '../../../lib/formats/parse-format.ts';
import type { Scanner } from '../../../lib/parser/raw-batch.ts';
import { compileScanner } from '../../../lib/parser/scan/scanner.ts';
import { FORMAT_FIXTURES } from '../../formats/format-fixtures.ts';
import { GOOD_LINE, HOSTILE_LINES, PRINCIPAL_LINES } from '../../formats/hostile-lines.ts';
import { Random } from '../../oracle/random.ts';
import { damagedLines, printedSeed } from '../damaged-lines.ts';
import { FIELD_SHAPES, linesOfShape } from './field-shapes.ts';
import { exactRows, rowsOf, scannedRows, wholeScanner } from './scanned-rows.ts';

/* A scanner reads bytes in chunks, most of them in a fast way; what it finds is what the exact reader finds line by line. */

const seed = printedSeed('scanner');
const s3Access = formatOf('s3-access');

/** The lines of a format's fixtures. */
function fixtureLines(format: Format): string[] {
  return FORMAT_FIXTURES.filter((fixture) => fixture.format === format).flatMap(({ lines }) => lines);
}

/** Expects that the scanner reads the lines as the exact reader does; returns how many fit. */
function expectAgreement(format: Format, lines: readonly string[]): number {
  const found = scannedRows(format, Buffer.from(lines.join('\n')));
  const expected = exactRows(format, lines);
  const differences = expected.flatMap((row, index) =>
    JSON.stringify(row) === JSON.stringify(found[index]) ? [] : [{ found: found[index], expected: row }],
  );
  expect(differences.slice(0, 3)).toEqual([]);
  expect(found.length).toBe(expected.length);
  return found.filter(({ texts }) => texts).length;
}

test.each(FORMATS)(`$id: its fixtures, and damaged lines, SEED=${seed}`, (format) => {
  const lines = fixtureLines(format);
  expect(expectAgreement(format, [...lines, ...damagedLines(lines, 5_000, seed)])).toBeGreaterThan(lines.length / 2);
});

test(`hostile lines of S3, SEED=${seed}`, () => {
  const lines = [...HOSTILE_LINES, ...PRINCIPAL_LINES];
  expectAgreement(s3Access, [...lines, ...damagedLines(lines, 20_000, seed)]);
});

test.each(FIELD_SHAPES)(`fields $kinds, of which $required are in every line, SEED=${seed}`, (shape) => {
  const { kinds, required, trailing_fields } = shape;
  const fields = Object.fromEntries(kinds.map((kind, index) => [`field_${index}`, kind]));
  const described = formatSchema.parse({ fields, required_fields: required, trailing_fields });
  const lines = linesOfShape(shape, 1_000, new Random(seed));
  for (const envelopes of [false, true]) {
    for (const mapping of [undefined, 'SELECT']) {
      const format = formatFrom('shape', { ...described, envelopes }, mapping);
      const fitting = expectAgreement(format, [...lines, ...damagedLines(lines, 1_500, seed)]);
      // In an envelope, a line may not start with a bracket.
      if (!envelopes || kinds[0] !== 'bracketed_time') expect(fitting).toBeGreaterThan(30);
    }
  }
});

test.each(['#', '#|Enable [A-Za-z]+Logs? for ELB: ', '(?:#|;)', '#?', '[0-9]'])('ignored lines: %s', (ignored) => {
  const described = formatSchema.parse({ fields: { a: 'token', b: 'status' }, ignored });
  const lines = ['# 200', '; 200', 'Enable 200', 'Enable ConnectionLog for ELB: x', 'a 200', '1 200', ' 200', 'x'];
  expectAgreement(formatFrom('own', described), lines);
  expectAgreement(formatFrom('own', described, 'SELECT'), lines);
});

describe('lines', () => {
  const described = formatSchema.parse({ fields: { time: 'token', status: 'status' }, ignored: '#' });
  const format = formatFrom('own', described);
  const rows = (text: string) =>
    scannedRows(format, Buffer.from(text)).map(({ number, line, texts }) => [number, line, ...(texts ?? ['unfit'])]);

  test('end with LF, CR or CRLF, and empty and ignored ones are counted', () => {
    expect(rows('a 200\n\n#x\r\nb 201\rc 202\r\r\n\n\rd 203\r\n')).toEqual([
      [1, 'a 200', 'a', '200'],
      [4, 'b 201', 'b', '201'],
      [5, 'c 202', 'c', '202'],
      [9, 'd 203', 'd', '203'],
    ]);
  });

  test.each([
    ['', 0],
    ['a', 1],
    ['a\n', 1],
    ['\n', 1],
    ['\r\n', 1],
    ['\n\r', 2],
    ['a\r\rb', 3],
    ['\r\n\r\nx', 3],
  ])('of %j are counted', (text, lines) => {
    expect(wholeScanner(format).scan({ bytes: Buffer.from(text), start: 0, end: text.length }).lines).toBe(lines);
  });

  test('may lack a line end, whether the bytes end there or go on', () => {
    expect(rows('a 200\nb 201').map(([, line]) => line)).toEqual(['a 200', 'b 201']);
    const bytes = Buffer.from('xx a 200\nb 2012345 y');
    const batch = wholeScanner(format).scan({ bytes, start: 3, end: 14 });
    expect(rowsOf(batch, bytes).map(({ line, texts }) => [line, texts])).toEqual([
      ['a 200', ['a', '200']],
      ['b 201', ['b', '201']],
    ]);
  });

  test('of one chunk are those of many', () => {
    const lines = fixtureLines(s3Access);
    const bytes = Buffer.from(lines.join('\r\n'));
    const scanner = wholeScanner(s3Access);
    const found = [];
    let counted = 0;
    for (let start = 0; start < bytes.length; ) {
      const line_feed = bytes.indexOf('\n', start);
      const end = line_feed === -1 ? bytes.length : line_feed + 1;
      const batch = scanner.scan({ bytes, start, end });
      for (const row of rowsOf(batch, bytes)) found.push({ ...row, number: row.number + counted });
      counted += batch.lines;
      start = end;
    }
    expect(found).toEqual(scannedRows(s3Access, bytes));
    expect(counted).toBe(lines.length);
  });

  test('of one chunk do not depend on those of the chunk before in the same bytes', () => {
    const scanner = wholeScanner(s3Access);
    const bytes = Buffer.alloc(4096);
    const agents = ['curl/8.4.0', 'a" "b', 'Wget/1.21.', 'curl/8.4.0', 'a" "c', ''];
    const found = agents.flatMap((agent) => {
      const end = bytes.write(`${GOOD_LINE.replace('curl/8.4.0', agent)}\n`.repeat(2));
      return rowsOf(scanner.scan({ bytes, start: 0, end }), bytes).map(({ texts }) => texts?.[16]);
    });
    expect(found).toEqual(agents.flatMap((agent) => [agent, agent]));
  });

  test('are all there if there are many', () => {
    const lines = Array.from(
      { length: 10_000 },
      (_, number) => `2026-10-06T00:00:${number % 60}Z ${100 + (number % 500)}`,
    );
    expect(expectAgreement(format, lines)).toBe(10_000);
  });

  test('with bytes that are not UTF-8 have U+FFFD in their place', () => {
    const bytes = Buffer.concat([Buffer.from('a\xff\xe2\x82b 200\n', 'latin1'), Buffer.from('é 201\n')]);
    expect(scannedRows(format, bytes).map(({ texts }) => texts)).toEqual([
      ['a\ufffd\ufffdb', '200'],
      ['é', '201'],
    ]);
  });

  test('may have a megabyte', () => {
    const long = 'x'.repeat(1_500_000);
    expect(expectAgreement(format, [`${long} 200`, `${long}é "200"`])).toBe(1);
    const quotes = '" '.repeat(500_000);
    const agents = [`${long}"${long}`, quotes, 'curl/8.4.0'];
    const text = agents.map((agent) => GOOD_LINE.replace('curl/8.4.0', () => agent)).join('\n');
    const started = performance.now();
    expect(scannedRows(s3Access, Buffer.from(text)).map(({ texts }) => texts?.[16]?.length)).toEqual(
      agents.map(({ length }) => length),
    );
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('are read in time if only CRs end them', () => {
    const started = performance.now();
    expect(rows('a 200\r'.repeat(300_000)).length).toBe(300_000);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('the hash of a line', () => {
  const hashes = (format: Format, bytes: Uint8Array) => {
    const { rows, line_hash } = wholeScanner(format).scan({ bytes, start: 0, end: bytes.length });
    return [...line_hash.subarray(0, rows)];
  };

  test.each(['s3-access', 'nginx', 'alb', 'nlb', 'json', 'syslog'])('%s: differs if any byte does', (id) => {
    const format = formatOf(id);
    const line = FORMAT_FIXTURES.find(({ name }) => name === id)?.lines.find((text) => !text.startsWith('#')) ?? '';
    const variants = new Set([line, `${line} `, `${line} x`, `${line} x "y"`, line.replaceAll('"-"', '-')]);
    for (let at = 0; at < line.length; at++) {
      const [before, after] = [line.slice(0, at), line.slice(at + 1)];
      for (const other of ['', '-', '0', '1', ' ', '"', 'x']) variants.add(before + other + after);
    }
    const found = hashes(format, Buffer.from([...variants].join('\n')));
    expect(found.length).toBe(variants.size);
    expect(new Set(found).size).toBe(variants.size);
    expect(found.every((hash) => Number.isInteger(hash) && hash >= 0 && hash < 2 ** 52)).toBe(true);
  });

  test('is the same for the same line, wherever it is and whatever was read before', () => {
    const lines = [GOOD_LINE, ...HOSTILE_LINES, ...PRINCIPAL_LINES];
    const text = lines.join('\n');
    const first = hashes(s3Access, Buffer.from(text));
    const again = hashes(s3Access, Buffer.from(`${text}\r\nx\r\n${text}`));
    expect(first.length).toBe(lines.length);
    expect(again.slice(0, first.length)).toEqual(first);
    expect(again.slice(-first.length)).toEqual(first);
    expect(lines.flatMap((line) => hashes(s3Access, Buffer.from(line)))).toEqual(first);
  });
});

test('columns that nobody needs are NULL', () => {
  const scanner = compileScanner(s3Access, new Set(['key', 'requestdatetime']), 'requestdatetime');
  const bytes = Buffer.from(`${GOOD_LINE}\n${GOOD_LINE.replace('"curl/8.4.0"', '"a" "b" c"')}\n`);
  const rows = rowsOf(scanner.scan({ bytes, start: 0, end: bytes.length }), bytes);
  expect(scanner.columns).toEqual(rawColumns(s3Access));
  for (const { texts, clock_ms } of rows) {
    const named = scanner.columns.map((name, index) => [name, texts?.[index]]);
    expect(named.filter(([, text]) => text !== null)).toEqual([
      ['requestdatetime', '06/Oct/2026:00:00:00 +0000'],
      ['key', 'a.txt'],
    ]);
    expect(clock_ms).toBe(38_000);
  }
});

test('texts can be forgotten between chunks', () => {
  const scanner = wholeScanner(s3Access);
  const bytes = Buffer.from(`${GOOD_LINE}\n`);
  const read = () => rowsOf(scanner.scan({ bytes, start: 0, end: bytes.length }), bytes);
  const before = read();
  scanner.clear();
  expect(read()).toEqual(before);
});

test('ids do not depend on what was read before texts were forgotten', () => {
  const lines = Array.from({ length: 20_000 }, (_, number) =>
    GOOD_LINE.replace('a.txt', `${number % 7 === 0 ? 'a' : number}.txt`),
  );
  const [some, others] = [lines.slice(0, 9_000), lines.slice(9_000)].map((part) => Buffer.from(part.join('\n')));
  const ids = (scanner: Scanner, bytes = Buffer.of()) => {
    const { rows, columns } = scanner.scan({ bytes, start: 0, end: bytes.length });
    return columns.map((column) => column.ids.slice(0, rows));
  };
  const scanner = wholeScanner(s3Access);
  ids(scanner, some);
  scanner.clear();
  expect(ids(scanner, others)).toEqual(ids(wholeScanner(s3Access), others));
});
