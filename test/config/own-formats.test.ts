import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../lib/config/config.ts';

/** What is said of a format that the config describes so. */
function said(described: string): string {
  try {
    parseConfig(
      `formats: { own: ${described} }\nsources: { web: { format: own } }\nreports: { m: {} }\n`,
      '/etc/a.yaml',
      { section_ids: [] },
    );
    return 'nothing';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('a format of the user’s own', () => {
  test.each([
    ['a pattern', "{ title: Own, patterns: ['(?<time>[^ ]+) (?<client_ip>[^ ]+)'] }"],
    ['fields', '{ title: Own, fields: { time: token, client_ip: address_port, status: status } }'],
    ['fields that may be missing', '{ title: Own, required_fields: 1, fields: { time: token, host: token } }'],
    ['JSON paths', '{ title: Own, json: { time: [at, event.created], status: response.code } }'],
  ])('is taken: %s', (_, described) => {
    expect(said(described)).toBe('nothing');
  });

  test.each([
    ['no regular expression', "{ title: Own, patterns: ['(?<time>[^ ]+'] }", 'patterns[0]: is no regular expression'],
    ['look-ahead', "{ title: Own, patterns: ['(?<time>[^ ]+)(?= x) x'] }", 'may not look around or back'],
    ['back reference', String.raw`{ title: Own, patterns: ['(?<time>[^ ]+) \1'] }`, 'may not look around or back'],
    ['a group without a name', "{ title: Own, patterns: ['(?<time>[^ ]+) (x)'] }", 'has a group without a name'],
    ['no group', "{ title: Own, patterns: ['[^ ]+'] }", 'names no group'],
    ['a group twice', "{ title: Own, patterns: ['(?<time>a)|(?<time>b)'] }", 'names a group twice'],
    ['many repeats', "{ title: Own, patterns: ['(?<time>[0-9]{1001})'] }", 'repeats a part more than 1000 times'],
    ['no time', "{ title: Own, patterns: ['(?<moment>[^ ]+)'] }", 'names no time'],
    ['nothing', '{ title: Own }', 'needs fields, patterns or json'],
    ['a kind of no field', '{ title: Own, fields: { time: tokn } }', 'did you mean token?'],
    ['a path that is none', '{ title: Own, json: { time: "a..b" } }', 'json.time: is no path; write it like'],
    ['a path that is none among others', '{ title: Own, json: { time: [a, "b["] } }', 'json.time[1]: is no path'],
    [
      'text in quotes that may be missing',
      '{ title: Own, required_fields: 1, fields: { time: token, host: plain_quoted } }',
      'has a quoted field that may be missing',
    ],
    [
      'anything behind what may be missing',
      '{ title: Own, required_fields: 1, rest: any, fields: { time: token, host: token } }',
      'rest: cannot be any behind fields that may be missing',
    ],
    [
      'more that is required than there is',
      '{ title: Own, required_fields: 2, fields: { time: token } }',
      'required_fields: is more than there are fields',
    ],
  ])('is refused: %s', (_, described, expected) => {
    expect(said(described)).toContain(expected);
  });
});
