import { expect, test } from '@jest/globals';
import type { S3Prices } from '../../lib/sections/prices.ts';
import { answerRows, MARCH, openRequests, type RequestRow, sectionOf } from './database.ts';

/* What S3 bills, as its User Guide and its price list say it; 2^30 bytes are the GB of the bill. */

const GB = 2 ** 30;
const LIST_PRICES: S3Prices = { region: 'us-east-1', own: {} };

function request(row: RequestRow): RequestRow {
  return {
    source: 'site',
    day: '2026-03-02',
    time: '2026-03-02 08:00:00',
    operation: 'REST.GET.OBJECT',
    client_ip: '198.51.100.7',
    status: 200,
    bytes_sent: 0,
    bucket_region: 'eu-central-1',
    transfer_destination: 'internet',
    ...row,
  };
}

/** The rows of the section, each by the names of its columns. */
async function costOf(rows: readonly RequestRow[], prices = LIST_PRICES): Promise<Record<string, unknown>[]> {
  const connection = await openRequests(rows);
  const answered = await answerRows(connection, sectionOf('request-cost'), { ...MARCH, prices });
  connection.closeSync();
  return answered;
}

test('bytes are priced by destination, and bytes with an unknown destination are separate', async () => {
  const [cost] = await costOf([
    request({ bytes_sent: 10 * GB }),
    request({ bytes_sent: 20 * GB, transfer_destination: 'cloudfront' }),
    request({ bytes_sent: 40 * GB, transfer_destination: 'vpc_endpoint' }),
    request({ bytes_sent: 80 * GB, transfer_destination: 'same_region' }),
    request({ bytes_sent: 5 * GB, transfer_destination: 'other_region' }),
    request({ bytes_sent: 7 * GB, transfer_destination: null }),
  ]);
  expect(cost).toEqual({
    tier: 'GET and all others',
    operation: 'REST.GET.OBJECT',
    lines: 6,
    bytes_sent: 162 * GB,
    bytes_to_internet: 10 * GB,
    bytes_to_other_regions: 5 * GB,
    bytes_to_unknown: 7 * GB,
    request_usd: expect.closeTo(6 * 4.3e-7, 9),
    transfer_usd: expect.closeTo(10 * 0.09 + 5 * 0.02, 9),
    total_usd: expect.closeTo(1 + 6 * 4.3e-7, 8),
  });
});

test.each<[string, RequestRow, number]>([
  ['a PUT', { operation: 'REST.PUT.OBJECT' }, 5.4e-6],
  ['a LIST', { operation: 'REST.GET.BUCKET' }, 5.4e-6],
  ['a GET', {}, 4.3e-7],
  ['a missing object', { status: 404, error_code: 'NoSuchKey' }, 4.3e-7],
  ['a failed precondition', { status: 412, error_code: 'PreconditionFailed' }, 4.3e-7],
  [
    'a denied caller with a name',
    { status: 403, error_code: 'AccessDenied', requester: 'arn:aws:iam::1:user/a' },
    4.3e-7,
  ],
  ['a denied anonymous caller', { status: 403, error_code: 'AccessDenied' }, 0],
  ['a permanent redirect', { operation: 'REST.PUT.OBJECT', status: 301, error_code: 'PermanentRedirect' }, 0],
  ['a temporary redirect', { operation: 'REST.PUT.OBJECT', status: 307, error_code: 'TemporaryRedirect' }, 0],
  ['a redirect of a website', { operation: 'WEBSITE.GET.OBJECT', status: 301 }, 4.3e-7],
  ['an expired token', { operation: 'REST.PUT.OBJECT', status: 400, error_code: 'ExpiredToken' }, 0],
  ['a wrong signature', { status: 403, error_code: 'SignatureDoesNotMatch' }, 0],
  ['a range that is not there', { status: 416, error_code: 'InvalidRange' }, 0],
  ['a throttled PUT', { operation: 'REST.PUT.OBJECT', status: 503, error_code: 'SlowDown' }, 0],
  ['a server error without a code', { operation: 'REST.PUT.OBJECT', status: 500 }, 0],
  ['a DELETE', { operation: 'REST.DELETE.OBJECT', status: 204 }, 0],
  ['an expiry', { operation: 'S3.EXPIRE.OBJECT', status: null, record_kind: 'lifecycle' }, 0],
  ['an object of a DeleteObjects', { operation: 'BATCH.DELETE.OBJECT', status: 204, record_kind: 'batch_item' }, 0],
  ['the read of a COPY', { operation: 'REST.COPY.OBJECT_GET', record_kind: 'copy_read' }, 0],
])('the cost of %s is what AWS bills', async (_case, row, usd) => {
  const [cost] = await costOf([request({ ...row, bytes_sent: 0 })]);
  expect(cost?.request_usd).toBeCloseTo(usd, 12);
});

test('the bytes of a free error are free', async () => {
  const [cost] = await costOf([request({ status: 503, error_code: 'SlowDown', bytes_sent: GB })]);
  expect(cost).toMatchObject({ bytes_sent: GB, bytes_to_internet: 0, transfer_usd: 0 });
});

test('each bucket has the prices of its Region', async () => {
  const put = { operation: 'REST.PUT.OBJECT', bytes_sent: GB };
  const [cost] = await costOf([
    request({ ...put, bucket_region: 'sa-east-1' }),
    request({ ...put, bucket_region: 'us-east-1' }),
    request({ ...put, bucket_region: null }),
  ]);
  expect(cost).toMatchObject({
    request_usd: expect.closeTo(7e-6 + 5e-6 + 5e-6, 9),
    transfer_usd: expect.closeTo(0.15 + 0.09 + 0.09, 9),
  });
});

test('a Region that is not in the price list has no cost, unless the configuration has prices', async () => {
  const rows = [request({ bytes_sent: GB, bucket_region: 'mx-central-1' })];
  expect((await costOf(rows))[0]).toMatchObject({ request_usd: null, transfer_usd: null, total_usd: null });
  const own = { put_per_1000: 0.006, get_per_1000: 0.0005, internet_per_gb: 0.1, other_region_per_gb: 0.03 };
  expect((await costOf(rows, { region: 'us-east-1', own }))[0]).toMatchObject({
    request_usd: expect.closeTo(5e-7, 9),
    transfer_usd: expect.closeTo(0.1, 9),
  });
});

test('a configured price replaces those of all Regions', async () => {
  const [cost] = await costOf([request({ bytes_sent: GB })], { region: 'us-east-1', own: { internet_per_gb: 0.05 } });
  expect(cost).toMatchObject({ request_usd: expect.closeTo(4.3e-7, 9), transfer_usd: expect.closeTo(0.05, 9) });
});
