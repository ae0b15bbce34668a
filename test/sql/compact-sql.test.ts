import { describe, expect, test } from '@jest/globals';
import { compactSql } from '../../lib/sql/compact-sql.ts';

describe('SQL as an engine reads it', () => {
  test('leaves out comments and line breaks', () => {
    const sql = '/* Requests,\n   one per row. */\nSELECT time, -- UTC\n  host\n\nFROM raw -- all of them';
    expect(compactSql(sql)).toBe('SELECT time, host FROM raw');
  });

  test('keeps what only looks like a comment inside quotes', () => {
    const sql = `SELECT '--  /* text */', 'it''s  -- here', "a -- name"   FROM raw /* it's gone */`;
    expect(compactSql(sql)).toBe(`SELECT '--  /* text */', 'it''s  -- here', "a -- name" FROM raw`);
  });
});
