import { expect, test } from '@jest/globals';
import { type Format, rawColumns } from '../../../lib/formats/format.ts';
import { formatOf } from '../../../lib/formats/formats.ts';
import { customFormatSchema, formatFrom } from '../../../lib/formats/parse-format.ts';
import { jsonReader } from '../../../lib/parser/scan/json-reader.ts';
import { RawRows } from '../../../lib/parser/scan/raw-rows.ts';
import { Random } from '../../oracle/random.ts';
import { damagedLines, printedSeed } from '../damaged-lines.ts';
import { exactRows, scannedRows } from './scanned-rows.ts';

const seed = printedSeed('JSON reader');
const own = formatFrom(
  'own',
  customFormatSchema.parse({
    json: {
      time: ['at', 't.time'],
      status: ['code', 'r.s', 'list[1]', 'list[0].n'],
      method: ['r.m beside r.h', 'm beside at'],
      host: ['r.h', 'r', '["a.b"]', 'é'],
      message: ['log', 'x'],
    },
    envelopes: true,
    ignored: '#',
  }),
);

/** The lines that the fast way takes. */
function taken(format: Format, lines: readonly string[]): string[] {
  const reader = jsonReader(format, new RawRows(format, new Set(rawColumns(format))));
  return lines.filter((line) => {
    const bytes = Buffer.from(`${line}\n${'x'.repeat(8)}`);
    return reader?.read(bytes, 0, bytes.indexOf('\n'), 0);
  });
}

function expectAgreement(format: Format, lines: readonly string[]): void {
  const found = scannedRows(format, Buffer.from(lines.join('\n')));
  expect(found).toEqual(exactRows(format, lines));
}

const PLAIN = [
  '{"at":"2026-10-06T00:00:38.125Z","code":200,"r":{"m":"GET","h":"www.example.com","s":1},"m":"POST"}',
  '{"at":"2026-10-06T00:00:39.125Z","code":404,"r":{"m":"GET","h":"www.example.com","s":2},"m":"POST"}',
  '{"code":-1.50e+3, "at" : "now","list":[{"n":7},[1,{"n":[]}],true,false,null],"é":"ü😀"} \t',
  '{"at":"","code":null,"list":[1,"two"],"r":"text","unknown":{"deep":[[[{"a":"\\\\ud83d\\\\ude00"}]]]}}'.replaceAll(
    '\\\\',
    '\\',
  ),
  '{"at":"06\\/Oct\\/2026:00:00:38 +0000","r":{"h":"a\\"b\\\\c\\u00e9\\ud83d\\ude00"},"log":"text","x":0}',
  '{}',
  '{"a.b":"dotted","list":[],"r":{}}',
];
const LEFT = [
  ' {"at":1}',
  '{"at":1,"at":2}',
  '{"r":{"s":1},"r":{"s":2}}',
  '{"\\u0061t":1}',
  '{"at":"\\ud83d"}',
  '{"at":"\\ude00\\ud83d"}',
  '{"log":"{\\"at\\":1}\\n"}',
  '{"MESSAGE":" {\\"at\\":1}"}',
  `{"x":${'['.repeat(100)}${']'.repeat(100)}}`,
  '{"at":01}',
  '{"at":1.}',
  '{"at":1e}',
  '{"at":.5}',
  '{"at":-}',
  '{"at":tru}',
  '{"at":nul}',
  '{"at":1,}',
  '{"list":[1,]}',
  '{"at":"\t"}',
  '{"at":"\\x"}',
  '{"at":"\\u00g0"}',
  '{"at":1}x',
  '{"at":1',
  '{"at"',
  '{"at":"1',
  '{"at":"1\\',
  '[1]',
];

test('takes plain lines, and leaves what is not certain', () => {
  expect(taken(own, PLAIN)).toEqual(PLAIN);
  expect(taken(own, LEFT)).toEqual([]);
  expectAgreement(own, [...PLAIN, ...LEFT, ...PLAIN]);
});

test('reads lines of other shapes as the exact reader does', () => {
  const random = new Random(seed);
  const keys = [
    'at',
    'code',
    'r',
    'm',
    'h',
    's',
    'list',
    'n',
    'a.b',
    'é',
    'log',
    'x',
    't',
    'time',
    'other',
    '\\u0061t',
  ];
  const texts = ['', '-', 'x', '2026-10-06T00:00:38Z', 'a\\nb', '\\u00e9', '\\ud83d\\ude00', '{', ' {}', '😀'];
  const space = () => random.pick(['', '', '', ' ', '\t', '  ']);
  const value = (depth: number): string => {
    const kind = random.below(depth > 3 ? 4 : 7);
    if (kind === 0) return `"${random.pick(texts)}"`;
    if (kind === 1) return random.pick(['0', '-0', '12', '1.50', '1e9', '-1.25E-7', '12345678901234567890']);
    if (kind < 4) return random.pick(['true', 'false', 'null', '"GET"']);
    const members = Array.from({ length: random.below(5) }, () => {
      const inner = `${space()}${value(depth + 1)}${space()}`;
      return kind === 6 ? inner : `${space()}"${random.pick(keys)}"${space()}:${inner}`;
    }).join(',');
    return kind === 6 ? `[${members}]` : `{${members}}`;
  };
  const lines = Array.from({ length: 20_000 }, () => value(0)).filter((line) => line.startsWith('{'));
  expect(taken(own, lines).length).toBeGreaterThan(lines.length / 3);
  expectAgreement(own, lines);
  expectAgreement(own, damagedLines(lines, 10_000, seed));
});

test.each([
  ['fields', { fields: { time: 'token' }, json: { status: 'a' } }],
  ['patterns', { patterns: ['(?<time>.*)'], json: { status: 'a' } }],
  ['ignored lines that may be objects', { json: { time: 'a' }, ignored: '[{]' }],
])('leaves formats with %s alone', (_name, described) => {
  const format = formatFrom('own', customFormatSchema.parse(described));
  expect(jsonReader(format, new RawRows(format, new Set()))).toBeUndefined();
});

test('keys without end do not fill the memory', () => {
  const lines = Array.from({ length: 30_000 }, (_, number) => `{"key${number}":1,"time":"${number}"}`);
  const format = formatOf('json');
  expect(taken(format, lines).length).toBe(lines.length);
  expectAgreement(format, lines.slice(-1_000));
});
