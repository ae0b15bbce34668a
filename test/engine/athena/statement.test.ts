import { describe, expect, test } from '@jest/globals';
import { checkedSql, parameterLiteral, unloadStatement } from '../../../lib/engine/athena/statement.ts';

describe('a parameter for Athena', () => {
  test.each([
    ['plain', "'plain'"],
    ['', "''"],
    ['42', "'42'"],
    ["it's", "'it''s'"],
    ["'", "''''"],
    ["\\' OR 1=1 --", "'\\'' OR 1=1 --'"],
    ['😀\n%', "'😀\n%'"],
  ])('%j is always a string literal', (value, literal) => {
    expect(parameterLiteral(value)).toBe(literal);
  });

  test('is refused with a NUL character, and when Athena would find it too long', () => {
    expect(() => parameterLiteral('a\0b')).toThrow('NUL');
    expect(parameterLiteral('x'.repeat(1022))).toHaveLength(1024);
    expect(() => parameterLiteral('x'.repeat(1023))).toThrow('1025 characters');
    expect(() => parameterLiteral("'".repeat(512))).toThrow('1026 characters');
  });
});

describe('SQL for Athena', () => {
  test('is measured in bytes', () => {
    const longest = 'é'.repeat(131_072);
    expect(checkedSql(longest)).toBe(longest);
    expect(() => checkedSql(`${longest}x`)).toThrow('262145 bytes');
  });
});

describe('an UNLOAD', () => {
  const select = { sql: 'SELECT a, kind FROM t WHERE day = ?', parameters: ['2026-10-01'] };
  const unload = (location: string, partition_columns: string[] = ['kind']) =>
    unloadStatement({ select, location, partition_columns });

  test('writes Parquet by its partitions, and keeps the parameters', () => {
    expect(unload('s3://results-111122223333/staging/shop/2026-10-01/run-1/1/', ['kind', 'source', 'day'])).toEqual({
      sql:
        'UNLOAD (\nSELECT a, kind FROM t WHERE day = ?\n) ' +
        "TO 's3://results-111122223333/staging/shop/2026-10-01/run-1/1/' " +
        "WITH (format = 'PARQUET', compression = 'ZSTD', partitioned_by = ARRAY['kind', 'source', 'day'])",
      parameters: ['2026-10-01'],
    });
    expect(unload('s3://results/staging/', []).sql).not.toContain('partitioned_by');
  });

  test.each([
    's3://results/',
    's3://results/staging',
    's3://results/staging//',
    's3://results/../lake/',
    's3://Results/staging/',
    's3://r/staging/',
    "s3://results/sta'ging/",
    "s3://results/x/') AS t; DROP TABLE requests --/",
    's3://results/with space/',
    's3://results/staging/\n',
    '/tmp/staging/',
    'https://results/staging/',
  ])('refuses the location %j', (location) => {
    expect(() => unload(location)).toThrow(JSON.stringify(location));
  });

  test.each(["kind'", 'Kind', '', 'a b', '1st', 'kind]) --'])('refuses the partition column %j', (column) => {
    expect(() => unload('s3://results/staging/', ['day', column])).toThrow(JSON.stringify(column));
  });
});
