import { describe, expect, test } from '@jest/globals';
import type { Format } from '../../lib/formats/format.ts';
import { formatOf } from '../../lib/formats/formats.ts';
import { formatSha256 } from '../../lib/lake/definition.ts';

const s3 = formatOf('s3-access');

function changed(change: Partial<Format>): boolean {
  return formatSha256({ ...s3, ...change }) !== formatSha256(s3);
}

describe('the digest of a format', () => {
  test('stays the same when only words for people change', () => {
    expect(changed({ title: 'Access log of a bucket' })).toBe(false);
    expect(changed({ mapping: `-- Another comment.\n${s3.mapping}\n/* And one more. */` })).toBe(false);
  });

  test('changes with what decides how a line becomes a row', () => {
    expect(changed({ kind: 'web' })).toBe(true);
    expect(changed({ trailing_fields: 'none' })).toBe(true);
    expect(changed({ mapping: s3.mapping?.replace('status', 'NULL') ?? '' })).toBe(true);
  });
});
