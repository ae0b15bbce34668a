import { expect, test } from '@jest/globals';
import { type Format, rawColumns } from '../../../lib/formats/format.ts';
import { formatOf } from '../../../lib/formats/formats.ts';
import { customFormatSchema, formatFrom } from '../../../lib/formats/parse-format.ts';
import { compileExactReader } from '../../../lib/parser/exact/exact-reader.ts';
import { headerReader } from '../../../lib/parser/scan/header-reader.ts';
import { RawRows } from '../../../lib/parser/scan/raw-rows.ts';
import { Random } from '../../oracle/random.ts';
import { damagedLines, printedSeed } from '../damaged-lines.ts';
import { exactRows, rowsOf, scannedRows, wholeScanner } from './scanned-rows.ts';

const seed = printedSeed('header reader');
const own = formatFrom(
  'own',
  customFormatSchema.parse({
    header: {
      columns: {
        time: 'date time',
        status: 'sc-status',
        url: ['cs-uri', 'cs-uri-stem'],
        user_agent: 'cs(User-Agent)',
        duration_s: { name: 'time-taken', beside: ['s-port'] },
        duration_ms: { name: 'time-taken', not_beside: ['s-port'] },
      },
      foreign: ['x-other'],
      plus_is_space: ['cs(User-Agent)'],
    },
  }),
);

/** The lines that the fast way takes. */
function taken(format: Format, lines: readonly string[]): string[] {
  const exact = compileExactReader(format);
  const reader = headerReader(format, new RawRows(format, new Set(rawColumns(format))), exact);
  return lines.filter((line) => {
    const bytes = Buffer.from(`${line}\n${'x'.repeat(8)}`);
    const isTaken = reader?.read(bytes, 0, bytes.indexOf('\n'), 0);
    if (!isTaken) exact.read(line);
    return isTaken;
  });
}

function expectAgreement(format: Format, lines: readonly string[]): void {
  const found = scannedRows(format, Buffer.from(lines.join('\n')));
  expect(found).toEqual(exactRows(format, lines));
}

const HEADER = '#Fields: date time cs-uri-stem sc-status cs(User-Agent) time-taken';

test('takes lines separated by tabs or spaces', () => {
  const lines = [
    '2026-10-06\t00:00:38\t/a "b"\t200\tcurl/8+x\t12',
    '2026-10-06 00:00:39 /a 200 a+b -',
    '2026-10-06   00:00:40 -  404 -',
    '2026-10-06\t00:00:41\t\t-\t-\t',
    ' 00:00:42 /a ',
    '- - ü',
  ];
  expect(taken(own, [HEADER, ...lines])).toEqual(lines);
  expectAgreement(own, [HEADER, ...lines, HEADER, ...lines]);
});

test('leaves other lines to the exact reader', () => {
  const lines = [
    'd t /before 200',
    HEADER,
    '#Version: 1.0',
    'd,t,/commas,200',
    'd t "/quoted" 200',
    'd t /a ok',
    'd t /a 2000',
    'd\tt\t/a\té',
    'alone',
    'd t /a 200 ua 1 further',
    '#Fields: x-other date time cs-uri-stem',
    'd t /foreign 200',
  ];
  expect(taken(own, lines)).toEqual([]);
  expectAgreement(own, lines);
});

test('a header holds for the lines after it in its file, even if it is no UTF-8', () => {
  const scanner = wholeScanner(own);
  const texts = (text: string) => {
    const bytes = Buffer.from(text, 'latin1');
    return rowsOf(scanner.scan({ bytes, start: 0, end: bytes.length }), bytes).map((row) => row.texts?.slice(1, 3));
  };
  expect(texts(`${HEADER}\nd t /a 200\n`)).toEqual([['200', '/a']]);
  expect(texts('d t /b 201\n#Fields: sc-status caf\xe9 cs-uri\n202 x /c\n')).toEqual([
    ['201', '/b'],
    ['202', '/c'],
  ]);
  expect(texts('203 x /d')).toEqual([['203', '/d']]);
  scanner.startFile();
  expect(texts('203 x /d')).toEqual([undefined]);
});

test.each(['own', 'cloudfront', 'w3c'])('%s: many headers and damaged lines', (id) => {
  const format = id === 'own' ? own : formatOf(id);
  const random = new Random(seed);
  const names = [
    ...[
      'date',
      'time',
      'cs-uri',
      'cs-uri-stem',
      'sc-status',
      'cs(User-Agent)',
      'time-taken',
      's-port',
      'x-other',
      'c-ip',
    ],
    ...['cs-method', 'sc-bytes', 'x-edge-location', 'cs(Host)', 'timestamp', 'cs-bytes'],
  ];
  const values = [
    '-',
    '',
    '2026-10-06',
    '00:00:38',
    '/a',
    '200',
    '404',
    'a+b',
    '192.0.2.1',
    'GET',
    '0.5',
    'é',
    '"',
    '{"a":1}',
  ];
  const lines = Array.from({ length: 10_000 }, (_, number) => {
    const separator = random.pick(['\t', '\t', '\t', ' ', ' ', '  ', ',']);
    if (number % 20 === 0) {
      const header = Array.from({ length: random.below(9) }, () => random.pick(names));
      return `#Fields:${random.pick([' ', '', '\t'])}${header.join(random.pick([' ', '\t', ', ']))}`;
    }
    return Array.from({ length: random.below(10) }, () => random.pick(values)).join(separator);
  });
  expect(taken(format, lines).length).toBeGreaterThan(200);
  expectAgreement(format, lines);
  expectAgreement(format, damagedLines(lines, 10_000, seed));
});
