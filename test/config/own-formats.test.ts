import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../lib/config/config.ts';

/** The configuration with one format, described so; `hints` gets the hints on old names. */
function parseFormat(described: string, hints: string[] = []) {
  const text = `formats: { own: ${described} }\nsources: { web: { format: own } }\nreports: { m: {} }\n`;
  return parseConfig(text, '/etc/a.yaml', { section_ids: [], onHint: (hint) => hints.push(hint) });
}

function errorOf(described: string): string {
  try {
    parseFormat(described);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the format is accepted');
}

describe('a format in the configuration', () => {
  test.each([
    ['a pattern', "{ title: Own, patterns: ['(?<time>[^ ]+) (?<client_ip>[^ ]+)'] }"],
    ['fields', '{ title: Own, fields: { time: token, client_ip: address_port, status: status } }'],
    ['fields that may be missing', '{ title: Own, required_fields: 1, fields: { time: token, host: token } }'],
    ['JSON paths', '{ title: Own, json: { time: [at, event.created], status: response.code } }'],
  ])('is accepted with %s', (_, described) => {
    expect(parseFormat(described).formats.map(({ id }) => id)).toEqual(['own']);
  });

  test.each([
    ['an invalid regular expression', "{ title: Own, patterns: ['(?<time>[^ ]+'] }", 'is not a regular expression'],
    ['look-ahead', "{ title: Own, patterns: ['(?<time>[^ ]+)(?= x) x'] }", 'uses look-around or a back-reference'],
    [
      'a back-reference',
      String.raw`{ title: Own, patterns: ['(?<time>[^ ]+) \1'] }`,
      'look-around or a back-reference',
    ],
    [
      'a back-reference by name',
      String.raw`{ title: Own, patterns: ['(?<time>[^ ]+) \k<time>'] }`,
      'uses \\k, which not every engine',
    ],
    [
      'a part of a set that others read differently',
      "{ title: Own, patterns: ['(?<time>[[:digit:]]+)'] }",
      'uses [[:, which not every',
    ],
    [
      'an escape without a meaning',
      String.raw`{ title: Own, patterns: ['(?<time>\q+)'] }`,
      'uses \\q, which not every engine understands',
    ],
    [
      'repeats within repeats',
      "{ title: Own, patterns: ['(?<time>(?:a{500}){500})'] }",
      'repeats a part more than 1000 times',
    ],
    ...[
      'unparsed',
      'line',
      'reason',
      'found_0',
      'json',
      'json_1',
      'whole',
      'body',
      'unfit',
      'log_object',
      'kept_0',
      'raw_time',
    ].map((column) => [
      `a group named ${column}`,
      `{ title: Own, patterns: ['(?<time>[^ ]+) (?<${column}>[^ ]+)'] }`,
      `formats.own.patterns[0]: uses the name ${column}, which has a meaning of its own`,
    ]),
    [
      'a field named like a column of ours',
      '{ title: Own, fields: { time: token, unparsed: token } }',
      'fields.unparsed: uses the name',
    ],
    ['an unnamed group', "{ title: Own, patterns: ['(?<time>[^ ]+) (x)'] }", 'has an unnamed group'],
    ['a pattern without a group', "{ title: Own, patterns: ['[^ ]+'] }", 'has no named group'],
    ['a group name twice', "{ title: Own, patterns: ['(?<time>a)|(?<time>b)'] }", 'uses a group name twice'],
    ['many repeats', "{ title: Own, patterns: ['(?<time>[0-9]{1001})'] }", 'repeats a part more than 1000 times'],
    ['no time', "{ title: Own, patterns: ['(?<moment>[^ ]+)'] }", 'has no column time'],
    ['no shape at all', '{ title: Own }', 'needs log_format, fields, patterns, json or header'],
    ['an unknown kind of field', '{ title: Own, fields: { time: tokn } }', 'did you mean token?'],
    ['an invalid path', '{ title: Own, json: { time: "a..b" } }', 'json.time: is not a path; write it like'],
    ['an invalid path among others', '{ title: Own, json: { time: [a, "b["] } }', 'json.time[1]: is not a path'],
    ['a value beside nothing', '{ title: Own, json: { time: "a beside " } }', 'json.time: is not a path'],
    [
      'a quoted field that may be missing',
      '{ title: Own, required_fields: 1, fields: { time: token, host: plain_quoted } }',
      'has a quoted field that may be missing',
    ],
    [
      'any trailing fields after fields that may be missing',
      '{ title: Own, required_fields: 1, trailing_fields: any, fields: { time: token, host: token } }',
      'trailing_fields: cannot be any if fields before them may be missing',
    ],
    [
      'more required fields than fields',
      '{ title: Own, required_fields: 2, fields: { time: token } }',
      'required_fields: is larger than the number of fields',
    ],
  ])('is refused with %s', (_, described, expected) => {
    expect(errorOf(described)).toContain(expected);
  });

  test('may still call trailing_fields by its old name, rest, with a hint', () => {
    const hints: string[] = [];
    const { formats } = parseFormat('{ title: Own, rest: none, fields: { time: token } }', hints);
    expect(formats[0]?.trailing_fields).toBe('none');
    expect(hints).toEqual([
      '/etc/a.yaml:1:31: formats.own.rest: is now called trailing_fields (since 0.2.0); rename it before the old name stops working',
    ]);
  });
});
