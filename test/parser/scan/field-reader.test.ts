import { expect, test } from '@jest/globals';
import { type Format, rawColumns } from '../../../lib/formats/format.ts';
import { FORMATS, formatOf } from '../../../lib/formats/formats.ts';
import { linePattern } from '../../../lib/formats/pattern.ts';
import { mayStartEnvelope } from '../../../lib/parser/exact/content.ts';
import { fieldReader } from '../../../lib/parser/scan/field-reader.ts';
import { RawRows } from '../../../lib/parser/scan/raw-rows.ts';
import { FORMAT_FIXTURES } from '../../formats/format-fixtures.ts';
import { GOOD_LINE, PRINCIPAL_LINES } from '../../formats/hostile-lines.ts';

/** The lines that are read in the fast way. */
function fastLines(format: Format, lines: readonly string[]): string[] {
  const reader = fieldReader(format, new RawRows(format, new Set(rawColumns(format))));
  return lines.filter((line) => {
    const bytes = Buffer.from(`${line}\n${'\0'.repeat(8)}`);
    reader?.startChunk?.(bytes);
    return reader?.read(bytes, 0, bytes.indexOf('\n'), 0);
  });
}

test.each(FORMATS.filter(({ fields }) => fields.length > 0))('$id: all lines that its fields fit', (format) => {
  const fields = new RegExp(`^(?:${linePattern(format)})$`);
  const lines = FORMAT_FIXTURES.filter((fixture) => fixture.format === format).flatMap((fixture) => fixture.lines);
  const fitting = lines.filter((line) => fields.test(line) && !mayStartEnvelope(format, line));
  expect(fastLines(format, lines)).toEqual(fitting);
  expect(fitting.length).toBeGreaterThanOrEqual(3);
});

test('quotes in the last quoted field and words of a principal do not slow a line down', () => {
  const lines = [
    GOOD_LINE,
    ...['"a "b" c"', '"a" b"', '"" ""', '"""', '-'].map((agent) => GOOD_LINE.replace('"curl/8.4.0"', agent)),
    GOOD_LINE.replace('"GET /a.txt HTTP/1.1"', '"GET /a"b HTTP/1.1"'),
    `${GOOD_LINE} us-east-1 "more" to come`,
    ...PRINCIPAL_LINES.slice(0, 2),
  ];
  expect(fastLines(formatOf('s3-access'), lines)).toEqual(lines);
});

test('only formats with fields are read so', () => {
  const ids = FORMATS.filter((format) => fieldReader(format, new RawRows(format, new Set()))).map(({ id }) => id);
  expect(ids).toEqual(['alb', 'apache', 'elb', 'fastly', 'nginx', 'nlb', 's3-access']);
});
