import { describe, expect, test } from '@jest/globals';
import { FORMATS, formatOf } from '../../../lib/formats/formats.ts';
import { compileMapping } from '../../../lib/parser/mapping/mapping.ts';
import { mappedRow, type RawRow, rawBatches } from './raw-rows.ts';

const s3 = formatOf('s3-access');
const FILE = { log_object: 'a.log' };

function s3Row(texts: Record<string, string | null>, clock_ms = 0): RawRow {
  const time = '06/Oct/2026:00:00:00 +0000';
  return { texts: { requestdatetime: time, httpstatus: '200', ...texts }, line: 'a line', unfit: false, clock_ms };
}

test('every built-in format has a mapping that the parser computes', () => {
  for (const format of FORMATS) expect(compileMapping(format).needed.size).toBeGreaterThan(5);
});

test('a column that hardly repeats keeps its texts, and - is NULL in it', () => {
  const mapping = compileMapping(s3);
  const { batch, chunk } = rawBatches(s3)(
    Array.from({ length: 6000 }, (_, row) => s3Row({ requestid: row % 1000 === 999 ? '-' : `ID${row}` })),
  );
  const mapped = mapping.map(batch, chunk, FILE);
  const ids = [998, 999, 4999, 5000, 5999].map((row) => mappedRow(mapped, row).request_id);
  expect(ids).toEqual(['ID998', null, null, 'ID5000', null]);
});

test('nothing is left of the texts before clear', () => {
  const mapping = compileMapping(s3);
  const paths = ['a%20b', 'c%2520d'].map((key) => {
    const { batch, chunk } = rawBatches(s3)([
      s3Row({ key, operation: 'REST.GET.OBJECT', objectsize: String(key.length) }),
    ]);
    const { path, object_size } = mappedRow(mapping.map(batch, chunk, FILE), 0);
    mapping.clear();
    return { path, object_size };
  });
  expect(paths).toEqual([
    { path: 'a b', object_size: '5' },
    { path: 'c d', object_size: '7' },
  ]);
});

describe('a rejected line', () => {
  test('has the text and the cause that the SQL says, with its clock', () => {
    const mapping = compileMapping(s3);
    const { batch, chunk } = rawBatches(s3)([
      s3Row({ bucket_name: 'site' }),
      s3Row({ bucket_name: 'site', requestdatetime: '31/Feb/2026:00:00:00 +0000', request_uri: 'GET /' }, 38_000),
      { texts: {}, line: 'caf\u00e9 \u0000line', unfit: true },
    ]);
    const { rejects, rejected } = mapping.map(batch, chunk, FILE);
    expect([...rejected]).toEqual([0, 1, 1]);
    expect(rejects).toEqual([
      { row: 1, reason: 'the time is no date', line: 'site [31/Feb/2026:00:00:38 +0000] "GET /"' },
      { row: 2, reason: 'fits no line of the format', line: 'café line' },
    ]);
  });
});

test('whole numbers are exact beyond 2^53', () => {
  const mapping = compileMapping(s3);
  const { batch, chunk } = rawBatches(s3)([s3Row({ bytessent: '9007199254740993', objectsize: '9007199254740992' })]);
  const mapped = mapping.map(batch, chunk, FILE);
  expect(mappedRow(mapped, 0)).toMatchObject({ bytes_sent: '9007199254740993', object_size: '9007199254740992' });
});
