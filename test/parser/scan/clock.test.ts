import { describe, expect, test } from '@jest/globals';
import { FORMATS, formatOf } from '../../../lib/formats/formats.ts';
import { formatFrom, formatSchema } from '../../../lib/formats/parse-format.ts';
import { compileMapping } from '../../../lib/parser/mapping/mapping.ts';
import { takeClock } from '../../../lib/parser/scan/clock.ts';
import { scannedRows } from './scanned-rows.ts';

const CLOCK_MS = (13 * 3600 + 45 * 60 + 38) * 1000;

/** Texts, what is kept of them, and the milliseconds that are taken. */
const TAKEN: readonly [string, string, number][] = [
  ['06/Oct/2026:13:45:38 +0000', '06/Oct/2026:00:00:00 +0000', CLOCK_MS],
  ['06/Oct/2026:13:45:38 -0130', '06/Oct/2026:00:00:00 -0130', CLOCK_MS],
  ['06/Oct/2026 13:45:38', '06/Oct/2026 00:00:00', CLOCK_MS],
  ['06/Oct/2026:13:45:38.125 +0200', '06/Oct/2026:00:00:00.000 +0200', CLOCK_MS + 125],
  ['2026-10-06T13:45:38Z', '2026-10-06T00:00:00Z', CLOCK_MS],
  ['2026-10-06 13:45:38', '2026-10-06 00:00:00', CLOCK_MS],
  ['2026/10/06 13:45:38', '2026/10/06 00:00:00', CLOCK_MS],
  ['2026-10-06T13:45:38.5Z', '2026-10-06T00:00:00.0Z', CLOCK_MS + 500],
  ['2026-10-06T13:45:38,25+02:00', '2026-10-06T00:00:00,00+02:00', CLOCK_MS + 250],
  ['2026-10-06T13:45:38.125999Z', '2026-10-06T00:00:00.000000Z', CLOCK_MS + 125],
  ['2026-10-06T00:00:00.000 +02', '2026-10-06T00:00:00.000 +02', 0],
  ['2026-10-06T23:59:59.999-0330', '2026-10-06T00:00:00.000-0330', 86_399_999],
  ['Tue, 06 Oct 2026 13:45:38', 'Tue, 06 Oct 2026 00:00:00', CLOCK_MS],
  ['Tue, 06 Oct 2026 13:45:38 GMT', 'Tue, 06 Oct 2026 00:00:00 GMT', CLOCK_MS],
];

const LEFT = [
  ...['06/Oct/2026:24:00:00 +0000', '06/Oct/2026:13:60:00 +0000', '06/Oct/2026:13:45:60 +0000', '06/Oct/2026'],
  ...['2026-10-06T13:45', '2026-10-06T13:45:38.Z', '2026-10-06t13:45:38Z', '2026-10-06T13:45:38 UTC', '2026-10-06'],
  ...['Oct  6 13:45:38', 'Tue Oct  6 13:45:38 2026', '1791244838.075', '1791244838', '13:45:38', '-', ''],
  ...['2026-10-06T13:45:38Z ', ' 2026-10-06T13:45:38Z', '2026-10-06T13:45:38\n', '2026-10-06T1３:45:38Z'],
];

describe('the clock', () => {
  test.each(TAKEN)('of %s', (text, midnight, clock_ms) => {
    expect(takeClock(text, 'time')).toMatchObject({ midnight, clock_ms });
  });

  test.each(LEFT)('is left in %j', (text) => expect(takeClock(text, 'time')).toBeUndefined());

  test("is left beside a fraction that S3's mapping does not read", () => {
    expect(takeClock('06/Oct/2026:13:45:38.125 +0000', 'requestdatetime')).toBeUndefined();
    expect(takeClock('06/Oct/2026:13:45:38 +0000', 'requestdatetime')?.clock_ms).toBe(CLOCK_MS);
    expect(takeClock('2026-10-06T13:45:38.125Z', 'requestdatetime')?.clock_ms).toBe(CLOCK_MS + 125);
  });

  test('is that of the column from which alone the mapping computes the time', () => {
    expect(compileMapping(formatOf('s3-json')).clock_column).toBe('requestdatetime');
    expect(compileMapping(formatOf('nginx')).clock_column).toBe('time');
    expect(FORMATS.filter((format) => compileMapping(format).clock_column === null).map(({ id }) => id)).toEqual([
      'cloudfront',
    ]);
  });

  test.each([
    ['fields', { fields: { time: 'quoted', status: 'status' } }],
    ['patterns', { patterns: ['"(?<time>[^"]*)" (?<status>[0-9]+)'] }],
  ])('is taken the same way from lines read by %s, after any other line', (_, described) => {
    const format = formatFrom('own', formatSchema.parse(described));
    const texts = [...TAKEN.map(([text]) => text), ...LEFT.filter((text) => text !== '' && !text.includes('\n'))];
    const pairs = texts.flatMap((first) => texts.flatMap((second) => [first, second]));
    const rows = scannedRows(format, Buffer.from(pairs.map((text) => `"${text}" 200`).join('\n')));
    expect(rows.map((row) => [row.texts?.[0], row.clock_ms])).toEqual(
      pairs.map((text) => [takeClock(text, 'time')?.midnight ?? text, takeClock(text, 'time')?.clock_ms ?? 0]),
    );
  });
});
