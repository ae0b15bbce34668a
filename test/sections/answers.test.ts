import type { DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { applies } from '../../lib/sections/applies.ts';
import { loadSections } from '../../lib/sections/catalogue.ts';
import { answer, columnTypes, openRequests } from './database.ts';
import { A_MONTH, ALICE, BOB, BUILD, CAROL } from './month-rows.ts';

const sections = loadSections().filter((section) => applies(section, 'storage'));

/** What each section must answer over the hand-made month, worked out by hand. */
const ANSWERS: Record<string, unknown[][]> = {
  overview: [[21, 5, 3, 5, 2, 10976, 3_000_000, 4, 1, (1e2 * 5) / 21, 3, 30, 3000]],
  'by-day': [
    ['2026-03-02', 3, 2, 3, 0, 2400, 0, 0, 0, 30],
    ['2026-03-03', 3, 2, 1, 0, 5486, 0, 2, 0, 2000],
    ['2026-03-04', 4, 1, 0, 2, 1100, 3_000_000, 0, 0, 1500],
    ['2026-03-05', 2, 1, 0, 0, 290, 0, 2, 0, 8],
    ['2026-03-06', 4, 1, 0, 0, 500, 0, 0, 0, 60],
    ['2026-03-07', 1, 0, 0, 0, 0, 0, 0, 0, null],
    ['2026-03-08', 2, 2, 1, 0, 1000, 0, 0, 1, 3000],
    ['2026-03-09', 2, 1, 0, 0, 200, 0, 0, 0, 90],
  ],
  'by-hour': [
    [0, 1, 0, 0, 0, 0],
    [8, 3, 7000, 0, 0, 0],
    [9, 1, 400, 0, 0, 0],
    [10, 2, 486, 0, 2, 0],
    [11, 3, 300, 3_000_000, 0, 0],
    [12, 1, 800, 0, 0, 0],
    [13, 2, 290, 0, 2, 0],
    [14, 4, 500, 0, 0, 0],
    [15, 2, 1000, 0, 0, 1],
    [16, 2, 200, 0, 0, 0],
  ],
  'by-weekday-hour': [
    ['Monday', 8, 2, 2000, 0, 0],
    ['Monday', 9, 1, 400, 0, 0],
    ['Monday', 16, 2, 200, 0, 0],
    ['Tuesday', 8, 1, 5000, 0, 0],
    ['Tuesday', 10, 2, 486, 0, 2],
    ['Wednesday', 11, 3, 300, 3_000_000, 0],
    ['Wednesday', 12, 1, 800, 0, 0],
    ['Thursday', 13, 2, 290, 0, 2],
    ['Friday', 14, 4, 500, 0, 0],
    ['Saturday', 0, 1, 0, 0, 0],
    ['Sunday', 15, 2, 1000, 0, 1],
  ],
  buckets: [
    ['photos', 14, 4, 0, 8976, 0, 4, 1],
    ['backups', 7, 1, 2, 2000, 3_000_000, 0, 0],
  ],
  operations: [
    ['REST.GET.OBJECT', 9, 9176, 0, 4, (1e2 * 4) / 9, 566, 15, 3000, 3000, 3000],
    ['BATCH.DELETE.OBJECT', 2, 0, 0, 0, 0, null, null, null, null, null],
    ['REST.COPY.OBJECT', 1, 200, 0, 0, 0, 90, 90, 90, 90, 90],
    ['REST.COPY.OBJECT_GET', 1, 0, 0, 0, 0, null, null, null, null, null],
    ['REST.DELETE.OBJECT', 1, 0, 0, 0, 0, 12, 12, 12, 12, 12],
    ['REST.GET.BUCKET', 1, 800, 0, 0, 0, 40, 40, 40, 40, 40],
    ['REST.HEAD.OBJECT', 1, 0, 0, 1, 100, 7, 7, 7, 7, 7],
    ['REST.POST.MULTI_OBJECT_DELETE', 1, 500, 0, 0, 0, 60, 60, 60, 60, 60],
    ['REST.POST.UPLOAD', 1, 300, 0, 0, 0, 100, 100, 100, 100, 100],
    ['REST.PUT.OBJECT', 1, 0, 1_000_000, 0, 0, 1500, 1500, 1500, 1500, 1500],
    ['REST.PUT.PART', 1, 0, 2_000_000, 0, 0, 700, 700, 700, 700, 700],
    ['S3.EXPIRE.OBJECT', 1, 0, 0, 0, 0, null, null, null, null, null],
  ],
  owners: [['without an owner', 18, 3, 5, 5, 2, 10976, 3_000_000, 5, 2]],
  'top-requesters': [
    [ALICE, 6, 1, 2, 0, 2400, 0, 0, 0, '2026-03-02 08:00', '2026-03-09 16:00'],
    [BOB, 5, 1, 2, 0, 1990, 0, 3, 0, '2026-03-02 08:10', '2026-03-08 15:00'],
    [BUILD, 4, 1, 0, 2, 1100, 3_000_000, 0, 0, '2026-03-04 11:00', '2026-03-04 12:00'],
    ['anonymous', 3, 2, 1, 0, 5486, 0, 2, 2, '2026-03-03 08:30', '2026-03-03 10:05'],
  ],
  'top-clients': [
    ['192.0.2.10', 6, 2, 0, 2400, 0, 0, 0, '2026-03-02 08:00', '2026-03-09 16:00'],
    ['192.0.2.20', 5, 2, 0, 1990, 0, 3, 0, '2026-03-02 08:10', '2026-03-08 15:00'],
    ['198.51.100.7', 4, 0, 2, 1100, 3_000_000, 0, 0, '2026-03-04 11:00', '2026-03-04 12:00'],
    ['203.0.113.5', 2, 1, 0, 5243, 0, 1, 1, '2026-03-03 08:30', '2026-03-03 10:00'],
    ['203.0.113.6', 1, 0, 0, 243, 0, 1, 1, '2026-03-03 10:05', '2026-03-03 10:05'],
  ],
  'top-objects-by-requests': [
    ['photos', '2026/cat.jpg', 4, 3, 0, 2400, 0, 0, '2026-03-09 16:00'],
    ['backups', 'db/big.gz', 2, 0, 1, 300, 2_000_000, 0, '2026-03-04 11:06'],
    ['photos', '2026/dog.jpg', 2, 1, 0, 5300, 0, 1, '2026-03-08 15:00'],
    ['photos', 'missing.jpg', 2, 0, 0, 290, 0, 2, '2026-03-05 13:01'],
    ['photos', 'private/plan.pdf', 2, 0, 0, 486, 0, 2, '2026-03-03 10:05'],
    ['backups', '2026/cat.jpg', 1, 1, 0, 700, 0, 0, '2026-03-08 15:30'],
    ['backups', 'db/copy.gz', 1, 0, 0, 200, 0, 0, '2026-03-09 16:00'],
    ['backups', 'db/dump.gz', 1, 0, 1, 0, 1_000_000, 0, '2026-03-04 11:00'],
    ['backups', 'db/old.gz', 1, 0, 0, 0, 0, 0, '2026-03-07 00:00'],
    ['photos', '2026/a.jpg', 1, 0, 0, 0, 0, 0, '2026-03-06 14:01'],
    ['photos', '2026/b.jpg', 1, 0, 0, 0, 0, 0, '2026-03-06 14:01'],
    ['photos', '2026/old.jpg', 1, 0, 0, 0, 0, 0, '2026-03-06 14:00'],
  ],
  'top-objects-by-bytes': [
    ['backups', 'db/big.gz', 2, 0, 1, 300, 2_000_000, 0, '2026-03-04 11:06'],
    ['backups', 'db/dump.gz', 1, 0, 1, 0, 1_000_000, 0, '2026-03-04 11:00'],
    ['photos', '2026/dog.jpg', 2, 1, 0, 5300, 0, 1, '2026-03-08 15:00'],
    ['photos', '2026/cat.jpg', 4, 3, 0, 2400, 0, 0, '2026-03-09 16:00'],
    ['backups', '2026/cat.jpg', 1, 1, 0, 700, 0, 0, '2026-03-08 15:30'],
    ['photos', 'private/plan.pdf', 2, 0, 0, 486, 0, 2, '2026-03-03 10:05'],
    ['photos', 'missing.jpg', 2, 0, 0, 290, 0, 2, '2026-03-05 13:01'],
    ['backups', 'db/copy.gz', 1, 0, 0, 200, 0, 0, '2026-03-09 16:00'],
    ['backups', 'db/old.gz', 1, 0, 0, 0, 0, 0, '2026-03-07 00:00'],
    ['photos', '2026/a.jpg', 1, 0, 0, 0, 0, 0, '2026-03-06 14:01'],
    ['photos', '2026/b.jpg', 1, 0, 0, 0, 0, 0, '2026-03-06 14:01'],
    ['photos', '2026/old.jpg', 1, 0, 0, 0, 0, 0, '2026-03-06 14:00'],
  ],
  'top-prefixes': [
    ['photos', '2026/', 5, 9, 4, 0, 7700, 0, 1],
    ['backups', 'db/', 4, 5, 0, 2, 500, 3_000_000, 0],
    ['photos', '', 1, 2, 0, 0, 290, 0, 2],
    ['photos', 'private/', 1, 2, 0, 0, 486, 0, 2],
    ['backups', '2026/', 1, 1, 1, 0, 700, 0, 0],
  ],
  'user-agents': [
    ['aws-cli/2.17', 6, 2400, 0, 0, '2026-03-09 16:00'],
    ['Boto3/1.34', 5, 1990, 0, 3, '2026-03-08 15:00'],
    ['aws-sdk-java/1.11', 4, 1100, 3_000_000, 0, '2026-03-04 12:00'],
    ['curl/8.7', 3, 5486, 0, 2, '2026-03-03 10:05'],
  ],
  deletions: [
    [ALICE, 'photos', 'BATCH.DELETE.OBJECT', 2, 0, 2, '2026-03-06 14:01', '2026-03-06 14:01'],
    ['AmazonS3', 'backups', 'S3.EXPIRE.OBJECT', 1, 0, 1, '2026-03-07 00:00', '2026-03-07 00:00'],
    [ALICE, 'photos', 'REST.DELETE.OBJECT', 1, 0, 1, '2026-03-06 14:00', '2026-03-06 14:00'],
  ],
  'deleted-objects': [
    ['2026-03-06 14:01', 'photos', '2026/a.jpg', 'BATCH.DELETE.OBJECT', ALICE, null, null],
    ['2026-03-06 14:01', 'photos', '2026/b.jpg', 'BATCH.DELETE.OBJECT', ALICE, null, null],
    ['2026-03-06 14:00', 'photos', '2026/old.jpg', 'REST.DELETE.OBJECT', ALICE, '192.0.2.10', 'aws-cli/2.17'],
  ],
  status: [
    [200, 'REST.GET.OBJECT', null, 4, '2026-03-08 15:30'],
    [204, 'BATCH.DELETE.OBJECT', null, 2, '2026-03-06 14:01'],
    [403, 'REST.GET.OBJECT', 'AccessDenied', 2, '2026-03-03 10:05'],
    [200, 'REST.COPY.OBJECT', null, 1, '2026-03-09 16:00'],
    [200, 'REST.GET.BUCKET', null, 1, '2026-03-04 12:00'],
    [200, 'REST.POST.MULTI_OBJECT_DELETE', null, 1, '2026-03-06 14:01'],
    [200, 'REST.POST.UPLOAD', null, 1, '2026-03-04 11:06'],
    [200, 'REST.PUT.OBJECT', null, 1, '2026-03-04 11:00'],
    [200, 'REST.PUT.PART', null, 1, '2026-03-04 11:05'],
    [204, 'REST.DELETE.OBJECT', null, 1, '2026-03-06 14:00'],
    [206, 'REST.GET.OBJECT', null, 1, '2026-03-02 09:00'],
    [404, 'REST.GET.OBJECT', 'NoSuchKey', 1, '2026-03-05 13:01'],
    [404, 'REST.HEAD.OBJECT', 'NoSuchKey', 1, '2026-03-05 13:00'],
    [503, 'REST.GET.OBJECT', 'SlowDown', 1, '2026-03-08 15:00'],
    [null, 'REST.COPY.OBJECT_GET', null, 1, '2026-03-09 16:00'],
    [null, 'S3.EXPIRE.OBJECT', null, 1, '2026-03-07 00:00'],
  ],
  denied: [
    [
      'anonymous',
      'photos',
      'private/plan.pdf',
      'REST.GET.OBJECT',
      'AccessDenied',
      2,
      2,
      '203.0.113.5',
      '2026-03-03 10:00',
      '2026-03-03 10:05',
    ],
  ],
  'not-found': [['photos', 'missing.jpg', 'NoSuchKey', 2, 1, 1, 'https://www.example.com/', '2026-03-05 13:01']],
  'server-errors': [
    [
      '2026-03-08 15:00',
      503,
      'SlowDown',
      'photos',
      '2026/dog.jpg',
      'REST.GET.OBJECT',
      BOB,
      3000,
      'REQUEST18',
      'HOST18',
    ],
  ],
  'slow-objects': [['photos', '2026/dog.jpg', 1, 1, 2000, 2000, 50, 1950, 5000]],
  'request-cost': [
    ['PUT, COPY, POST, LIST', 'REST.GET.BUCKET', 1, 800, 800, ...usd(5e-6, 800)],
    ['PUT, COPY, POST, LIST', 'REST.POST.UPLOAD', 1, 300, 300, ...usd(5e-6, 300)],
    ['PUT, COPY, POST, LIST', 'REST.COPY.OBJECT', 1, 200, 200, ...usd(5e-6, 200)],
    ['PUT, COPY, POST, LIST', 'REST.PUT.OBJECT', 1, 0, 0, ...usd(5e-6, 0)],
    ['PUT, COPY, POST, LIST', 'REST.PUT.PART', 1, 0, 0, ...usd(5e-6, 0)],
    ['GET and all others', 'REST.GET.OBJECT', 8, 8876, 8176, ...usd(8 * 4e-7, 8176)],
    ['GET and all others', 'REST.HEAD.OBJECT', 1, 0, 0, ...usd(4e-7, 0)],
    ['DELETE, expiry and reads of a COPY, free', 'REST.POST.MULTI_OBJECT_DELETE', 1, 500, 500, ...usd(0, 500)],
    ['Server errors, free', 'REST.GET.OBJECT', 1, 300, 300, ...usd(0, 300)],
    ['DELETE, expiry and reads of a COPY, free', 'BATCH.DELETE.OBJECT', 2, 0, 0, ...usd(0, 0)],
    ['DELETE, expiry and reads of a COPY, free', 'REST.COPY.OBJECT_GET', 1, 0, 0, ...usd(0, 0)],
    ['DELETE, expiry and reads of a COPY, free', 'REST.DELETE.OBJECT', 1, 0, 0, ...usd(0, 0)],
    ['DELETE, expiry and reads of a COPY, free', 'S3.EXPIRE.OBJECT', 1, 0, 0, ...usd(0, 0)],
  ],
  'security-readiness': [
    ['Block anonymous access', 'no', 1, 'anonymous', 'curl/8.7', 1, '203.0.113.5', 1, '2026-03-03 08:30'],
    ['Require HTTPS', 'no', 1, 'anonymous', 'curl/8.7', 1, '203.0.113.5', 1, '2026-03-03 08:30'],
    ['Require TLS 1.2', 'no', 1, BUILD, 'aws-sdk-java/1.11', 1, '198.51.100.7', 1, '2026-03-04 11:00'],
    ['Require Signature Version 4', 'no', 1, BUILD, 'aws-sdk-java/1.11', 1, '198.51.100.7', 1, '2026-03-04 11:06'],
    ['Disable ACLs', 'no', 1, ALICE, 'aws-cli/2.17', 1, '192.0.2.10', 1, '2026-03-08 15:30'],
  ],
  'requester-changes': [
    ['risen', ALICE, 6, 1, 5, 2400, 100],
    ['new', 'anonymous', 3, 0, 3, 5486, 0],
    ['fallen', BOB, 5, 8, -3, 1990, 80],
    ['gone', CAROL, 0, 2, -2, 0, 100],
  ],
  'client-changes': [
    ['risen', '192.0.2.10', 6, 1, 5, 2400, 100],
    ['fallen', '192.0.2.20', 5, 8, -3, 1990, 80],
    ['gone', '192.0.2.30', 0, 2, -2, 0, 100],
    ['new', '203.0.113.5', 2, 0, 2, 5243, 0],
    ['new', '203.0.113.6', 1, 0, 1, 243, 0],
  ],
  'object-changes': [
    ['fallen', 'photos', '2026/cat.jpg', 4, 9, -5, 2400, 180],
    ['fallen', 'backups', 'db/dump.gz', 1, 4, -3, 0, 0],
    ['new', 'backups', 'db/big.gz', 2, 0, 2, 300, 0],
    ['gone', 'photos', '2025/old.jpg', 0, 2, -2, 0, 100],
    ['new', 'photos', '2026/dog.jpg', 2, 0, 2, 5300, 0],
    ['new', 'photos', 'missing.jpg', 2, 0, 2, 290, 0],
    ['new', 'photos', 'private/plan.pdf', 2, 0, 2, 486, 0],
    ['new', 'backups', '2026/cat.jpg', 1, 0, 1, 700, 0],
    ['new', 'backups', 'db/copy.gz', 1, 0, 1, 200, 0],
    ['new', 'backups', 'db/old.gz', 1, 0, 1, 0, 0],
    ['gone', 'backups', 'db/older.gz', 0, 1, -1, 0, 0],
    ['new', 'photos', '2026/a.jpg', 1, 0, 1, 0, 0],
    ['new', 'photos', '2026/b.jpg', 1, 0, 1, 0, 0],
    ['new', 'photos', '2026/old.jpg', 1, 0, 1, 0, 0],
  ],
};

describe('the sections over a month worked out by hand', () => {
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await openRequests(A_MONTH);
  });

  test('none is without an expected answer', () => {
    expect(sections.map(({ id }) => id).sort()).toEqual(Object.keys(ANSWERS).sort());
  });

  test.each(sections)('$id', async (section) => {
    expect((await answer(connection, section)).map(rounded)).toEqual(ANSWERS[section.id]?.map(rounded));
  });

  test.each(sections)('$id returns the columns it declares', async (section) => {
    const declared = section.columns.map(({ name, type }) => `${name} ${type}`);
    expect(await columnTypes(connection, section)).toEqual(declared);
  });
});

/** Request, transfer and total cost at 0.09 USD for each 2^30 bytes. */
function usd(request: number, bytes: number): number[] {
  const transfer = (bytes / 2 ** 30) * 0.09;
  return [request, transfer, request + transfer];
}

/** Fractions to 12 digits, since sums of dollars written here and in SQL may differ in the last bit. */
function rounded(row: readonly unknown[]): unknown[] {
  return row.map((value) => (typeof value === 'number' ? Number(value.toPrecision(12)) : value));
}
