import { expect, test } from '@jest/globals';
import { type Format, rawColumns } from '../../../lib/formats/format.ts';
import { FORMATS, formatOf } from '../../../lib/formats/formats.ts';
import { compileExactReader } from '../../../lib/parser/exact/exact-reader.ts';
import { patternReader } from '../../../lib/parser/scan/pattern-reader.ts';
import { RawRows } from '../../../lib/parser/scan/raw-rows.ts';
import { FORMAT_FIXTURES } from '../../formats/format-fixtures.ts';

/** The lines that are read in the fast way. */
function taken(format: Format, lines: readonly string[]): string[] {
  const reader = patternReader(format, new RawRows(format, new Set(rawColumns(format))));
  return lines.filter((line) => {
    const bytes = Buffer.from(`${line}\n${'\0'.repeat(8)}`);
    return reader?.read(bytes, 0, bytes.indexOf('\n'), 0);
  });
}

test.each(['alb', 'apache', 'elb', 'envoy', 'haproxy', 'heroku', 'nginx', 'syslog', 'traefik'])(
  '%s: all lines of ASCII that fit and are no objects',
  (id) => {
    const format = formatOf(id);
    const { read } = compileExactReader(format);
    const lines = FORMAT_FIXTURES.filter((fixture) => fixture.format === format).flatMap((fixture) => fixture.lines);
    const isAscii = (line: string) => Buffer.from(line).length === line.length;
    const fitting = lines.filter((line) => isAscii(line) && !line.startsWith('{') && typeof read(line) !== 'string');
    expect(taken(format, lines)).toEqual(fitting);
    expect(fitting.length).toBeGreaterThanOrEqual(3);
  },
);

test('only formats with patterns are read so', () => {
  const ids = FORMATS.filter((format) => patternReader(format, new RawRows(format, new Set()))).map(({ id }) => id);
  expect(ids).toEqual(['alb', 'apache', 'elb', 'envoy', 'fastly', 'haproxy', 'heroku', 'nginx', 'syslog', 'traefik']);
});

test('long lines, and objects in a group of a pattern, are left to the exact reader', () => {
  const fastly = FORMAT_FIXTURES.filter(({ format }) => format.id === 'fastly').flatMap(({ lines }) => lines);
  const objects = fastly.filter((line) => line.endsWith('}'));
  expect(objects.length).toBeGreaterThan(0);
  expect(taken(formatOf('fastly'), objects)).toEqual([]);
  expect(taken(formatOf('syslog'), [`<13>Oct  6 00:00:38 host app: ${'x'.repeat(70_000)}`])).toEqual([]);
});
