import { describe, expect, test } from '@jest/globals';
import { FilterError } from '../../../lib/sections/filter/filter-error.ts';
import { parseFilter, parseGroups } from '../../../lib/sections/filter/parse.ts';

const status = { kind: 'column', name: 'status', type: 'integer' };
const path = { kind: 'column', name: 'path', type: 'varchar' };
const equals = (subject: object, value: string) => ({ kind: 'compare', subject, comparison: '=', value });

describe('a filter is read', () => {
  test('and binds closer than or, not closer than and', () => {
    expect(parseFilter("status = 200 or not status = 404 and path = '/'")).toEqual({
      kind: 'or',
      terms: [
        equals(status, '200'),
        { kind: 'and', terms: [{ kind: 'not', term: equals(status, '404') }, equals(path, '/')] },
      ],
    });
  });

  test('brackets bind closest', () => {
    expect(parseFilter("(status = 200 or status = 404) and (path = '/')")).toEqual({
      kind: 'and',
      terms: [{ kind: 'or', terms: [equals(status, '200'), equals(status, '404')] }, equals(path, '/')],
    });
  });

  test('keywords and columns in upper or lower case', () => {
    expect(parseFilter('Status IN (200,404) AND PATH IS NOT NULL')).toEqual({
      kind: 'and',
      terms: [
        { kind: 'in', subject: status, values: ['200', '404'] },
        { kind: 'not', term: { kind: 'is_null', subject: path } },
      ],
    });
  });

  test('the and of between joins no conditions', () => {
    expect(parseFilter("status not between 500 and 599 and param('org') like '4%'")).toEqual({
      kind: 'and',
      terms: [
        { kind: 'not', term: { kind: 'between', subject: status, low: '500', high: '599' } },
        { kind: 'like', subject: { kind: 'param', name: 'org' }, pattern: '4%' },
      ],
    });
  });

  test.each([
    ["path = 'it''s'", path, "it's"],
    ["path = ''", path, ''],
    ['status = -1', status, '-1'],
    ['bytes_sent = 007', { kind: 'column', name: 'bytes_sent', type: 'bigint' }, '7'],
    ['bytes_sent = 9223372036854775807', { kind: 'column', name: 'bytes_sent', type: 'bigint' }, '9223372036854775807'],
    ['duration_ms = 1.5e3', { kind: 'column', name: 'duration_ms', type: 'double' }, '1.5e3'],
    ["time = '2026-03-01'", { kind: 'column', name: 'time', type: 'timestamp' }, '2026-03-01 00:00:00.000'],
    ["time = '2026-03-01 10:00'", { kind: 'column', name: 'time', type: 'timestamp' }, '2026-03-01 10:00:00.000'],
    ["time = '2026-03-01T10:00:09.5Z'", { kind: 'column', name: 'time', type: 'timestamp' }, '2026-03-01 10:00:09.500'],
    ["day = '2024-02-29'", { kind: 'column', name: 'day', type: 'date' }, '2024-02-29'],
    ['is_download = TRUE', { kind: 'column', name: 'is_download', type: 'boolean' }, 'true'],
  ])('%s', (text, subject, value) => {
    expect(parseFilter(text)).toEqual(equals(subject, value));
  });

  test('a boolean column is a condition', () => {
    expect(parseFilter('not is_download and status = 206')).toEqual(
      parseFilter('not (is_download = true) and status = 206'),
    );
  });

  test('a grouping, with or without quotes', () => {
    expect(parseGroups("param(org), status,param('a b')")).toEqual([
      { kind: 'param', name: 'org' },
      status,
      { kind: 'param', name: 'a b' },
    ]);
  });
});

describe('a malformed filter is refused with the place of the mistake', () => {
  test.each([
    ['', 'character 1: found its end, expected a column'],
    ['staus = 200', 'character 1: found staus, expected a column; did you mean status?'],
    ['zzzzzzzzzz = 1', 'columns are time, host'],
    ['status', 'character 7: found its end, expected =, <>'],
    ['status == 200', 'character 9: found =, expected a whole number'],
    ["status = '200'", "character 10: found the text '200', expected a whole number of 32 bits, as status is"],
    ['status = 2.5', 'character 10: found 2.5, expected a whole number'],
    ['status = 2147483648', 'of 32 bits'],
    ['bytes_sent = 9223372036854775808', 'of 64 bits'],
    ['duration_ms = 1e999', 'expected a number'],
    ['status = path', 'character 10: found path, expected a whole number'],
    ['path = 5', 'character 8: found 5, expected text between single quotes'],
    [
      "param('org') = 42",
      "character 16: found 42, expected text between single quotes ('…', of at most 1,000 characters), as param('org') is",
    ],
    ['path = "/"', 'text stands between single quotes'],
    ["path = '/", 'character 8: the text that starts here has no closing quote'],
    ["path = '/' '", 'character 12'],
    ["path = '/' 'b'", "character 12: found the text 'b', expected and, or, or the end"],
    ["time = '2026-02-30 10:00'", "expected a time in UTC ('2026-03-01 10:00'), as time is"],
    ["time = '2026-03-01 24:00'", 'expected a time'],
    ["day = '2026-3-1'", "expected a date ('2026-03-01'), as day is"],
    ['is_download = 1', 'expected true or false'],
    ['is_download 1', 'character 13: found 1, expected and, or, or the end'],
    ['is_download not true', 'expected like, in or between'],
    ['status like 5', 'character 8: found like, expected another comparison: status is no text'],
    ['status in ()', 'character 12: found ), expected a whole number'],
    ['status in (200', 'character 15: found its end, expected a comma or a closing bracket'],
    ['status between 1 or 2', 'character 18: found or, expected and'],
    ['status is 5', 'expected null'],
    ['status = null', 'found null, expected a whole number'],
    ['status not = 5', 'character 12: found =, expected like, in or between'],
    ['(status = 1', 'character 12: found its end, expected and, or, or a closing bracket'],
    ['status = 1)', 'character 11: found ), expected and, or, or the end'],
    ['status = 1; drop table requests', 'character 11: found ;'],
    ['status = 1 -- more', 'character 12: found --'],
    ['status = 1 /* more', 'character 12: found /'],
    ['status = 200x', 'found 200x'],
    ['length(path) > 5', 'character 1: found length, expected a column'],
    ["param() = 'a'", "character 7: found ), expected the parameter's name"],
    ["param('') = 'a'", "expected a parameter's name"],
    ["param('org' = 'a'", 'character 13: found =, expected )'],
    ["p\u202eath = 'a'", 'character 2: found [U+202E]'],
    ["😀 = 'a'", 'character 1: found 😀'],
    ["path = '😀' 😀", 'character 12: found 😀'],
    ["path like '%a_%b%c'", 'at most 2 % before the last in a pattern with _'],
    [`path = '${'x'.repeat(1001)}'`, 'at most 1,000 characters'],
    [`path = '${"''".repeat(501)}'`, 'at most 1,000 characters'],
    [`path like '${'_'.repeat(200)}'`, 'a shorter pattern'],
    [`param('${'x'.repeat(200)}') = 'a'`, 'a shorter name'],
    ["path = 'a\0b'", 'expected text'],
    ["path = '\ud800'", 'expected text'],
    [`${'('.repeat(52)}status = 1`, 'at most 50 brackets'],
    [`${'not '.repeat(52)}status = 1`, 'at most 50 brackets'],
    [`status = 1${' or status = 1'.repeat(400)}`, 'of 4000 that it may have'],
  ])('%s', (text, message) => {
    const parse = () => parseFilter(text);
    expect(parse).toThrow(FilterError);
    expect(parse).toThrow(message);
  });

  test.each([
    ['param(org),,status', 'character 12: found ,, expected a column'],
    ['status status', 'character 8: found status, expected a comma or the end'],
    ["param(org), param('org')", 'expected each group once'],
    ['status, method, host, path', 'at most 3 groups'],
    ["status, path = '/'", 'character 14: found ='],
    ['', 'character 1: found its end'],
  ])('groups %s', (text, message) => {
    expect(() => parseGroups(text)).toThrow(message);
  });
});

test('a long flat filter is read without deep recursion', () => {
  const terms = Array.from({ length: 270 }, (_, index) => `status=${index}`);
  expect(parseFilter(terms.join(' or '))).toMatchObject({ kind: 'or', terms: { length: 270 } });
});
