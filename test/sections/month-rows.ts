import type { RequestRow } from './database.ts';

/**
 * Hand-made lines: a March of 21 lines on two buckets, 4 of which are not requests, the February before, and rows that
 * belong to neither.
 */
export const ALICE = 'arn:aws:iam::111122223333:user/alice';
export const BOB = 'arn:aws:iam::111122223333:user/bob';
export const CAROL = 'arn:aws:iam::111122223333:user/carol';
export const BUILD = 'arn:aws:sts::111122223333:assumed-role/build/nightly';

const byAlice = { requester: ALICE, client_ip: '192.0.2.10', user_agent: 'aws-cli/2.17', ...signed() };
const byBob = { requester: BOB, client_ip: '192.0.2.20', user_agent: 'Boto3/1.34', ...signed() };
const byCarol = { requester: CAROL, client_ip: '192.0.2.30', user_agent: 'Boto3/1.34', ...signed() };
const byBuild = { requester: BUILD, client_ip: '198.51.100.7', user_agent: 'aws-sdk-java/1.11', ...signed() };
const byNobody = { client_ip: '203.0.113.5', user_agent: 'curl/8.7', transfer_destination: 'internet' };
const byLifecycle = { requester: 'AmazonS3', client_ip: null };

const cat = { host: 'photos', path: '2026/cat.jpg' };
const dog = { host: 'photos', path: '2026/dog.jpg' };
const plan = { host: 'photos', path: 'private/plan.pdf' };
const missing = { host: 'photos', path: 'missing.jpg' };
const dump = { host: 'backups', path: 'db/dump.gz' };
const big = { host: 'backups', path: 'db/big.gz' };

const march: RequestRow[] = [
  at('03-02 08:00', get(cat, 200, 1000, 10, 8), byAlice),
  at('03-02 08:10', get(cat, 200, 1000, 20, 10), byBob),
  at('03-02 09:00', get(cat, 206, 400, 30, 20), byBob),
  at('03-03 08:30', get(dog, 200, 5000, 2000, 50), byNobody),
  at('03-03 10:00', get(plan, 403, 243, 5, 4), byNobody, { error_code: 'AccessDenied', tls_version: 'TLSv1.3' }),
  at('03-03 10:05', get(plan, 403, 243, 6, 4), byNobody, { error_code: 'AccessDenied', client_ip: '203.0.113.6' }),
  at('03-04 11:00', put('REST.PUT.OBJECT', dump, 1_000_000, 1500, 900), byBuild, { tls_version: 'TLSv1.1' }),
  at('03-04 11:05', put('REST.PUT.PART', big, 2_000_000, 700, 600), byBuild),
  at('03-04 11:06', put('REST.POST.UPLOAD', big, null, 100, 90), byBuild, {
    signature_version: 'SigV2',
    bytes_sent: 300,
  }),
  at('03-04 12:00', get({ host: 'backups' }, 200, 800, 40, 39), byBuild, { operation: 'REST.GET.BUCKET' }),
  at('03-05 13:00', get(missing, 404, null, 7, 6), byBob, { operation: 'REST.HEAD.OBJECT', error_code: 'NoSuchKey' }),
  at('03-05 13:01', get(missing, 404, 290, 8, 6), byBob, {
    error_code: 'NoSuchKey',
    referrer: 'https://www.example.com/',
  }),
  at('03-06 14:00', remove('REST.DELETE.OBJECT', '2026/old.jpg', 204), byAlice, { duration_ms: 12 }),
  at('03-06 14:01', remove('REST.POST.MULTI_OBJECT_DELETE', null, 200), byAlice, { bytes_sent: 500, duration_ms: 60 }),
  at('03-06 14:01', remove('BATCH.DELETE.OBJECT', '2026/a.jpg', 204), { requester: ALICE }),
  at('03-06 14:01', remove('BATCH.DELETE.OBJECT', '2026/b.jpg', 204), { requester: ALICE }),
  at('03-07 00:00', remove('S3.EXPIRE.OBJECT', 'db/old.gz', null), byLifecycle, { host: 'backups' }),
  at('03-08 15:00', get(dog, 503, 300, 3000, 2990), byBob, {
    error_code: 'SlowDown',
    request_id: 'REQUEST18',
    extra: '{"hostid":"HOST18","versionid":"-"}',
  }),
  at('03-08 15:30', get({ host: 'backups', path: '2026/cat.jpg' }, 200, 700, 15, 15), byAlice, {
    acl_required: 'Yes',
    region: 'eu-central-1',
    bucket_region: 'eu-central-1',
    transfer_destination: 'same_region',
  }),
  at('03-09 16:00', put('REST.COPY.OBJECT', { host: 'backups', path: 'db/copy.gz' }, null, 90, 80), byAlice, {
    bytes_sent: 200,
  }),
  at('03-09 16:00', { ...cat, operation: 'REST.COPY.OBJECT_GET' }, byAlice),
];

const february: RequestRow[] = [
  at('02-10 08:00', get(cat, 200, 100, 10, 8), byAlice),
  ...Array.from({ length: 8 }, () => at('02-11 08:00', get(cat, 200, 10, 10, 8), byBob)),
  ...Array.from({ length: 2 }, () =>
    at('02-12 08:00', get({ host: 'photos', path: '2025/old.jpg' }, 200, 50, 10, 8), byCarol),
  ),
  ...Array.from({ length: 4 }, () => at('02-28 23:59', put('REST.PUT.OBJECT', dump, 1000, 10, 8), byBuild)),
  at('02-13 00:00', remove('S3.EXPIRE.OBJECT', 'db/older.gz', null), byLifecycle, { host: 'backups' }),
];

const neither: RequestRow[] = [
  at('03-02 08:00', get(cat, 200, 77, 77, 77), byAlice, { source: 'another' }),
  at('04-01 00:00', get(cat, 200, 77, 77, 77), byAlice),
  at('01-31 23:59', get(cat, 200, 77, 77, 77), byAlice),
];

export const A_MONTH: readonly RequestRow[] = [...neither, ...march, ...february];

function at(moment: string, ...parts: RequestRow[]): RequestRow {
  const row: RequestRow = Object.assign(
    { time: `2026-${moment}:00`, day: `2026-${moment.slice(0, 5)}`, source: 'site', copies: 1 },
    ...parts,
  );
  // As the lake has it: S3 writes `-` for no bytes.
  return { ...row, bytes_sent: row.bytes_sent ?? (row.status == null ? null : 0) };
}

function get(
  object: RequestRow,
  status: number,
  bytes_sent: number | null,
  duration_ms: number,
  server_ms: number,
): RequestRow {
  return { ...object, operation: 'REST.GET.OBJECT', status, bytes_sent, duration_ms, server_ms };
}

function put(
  operation: string,
  object: RequestRow,
  bytes_received: number | null,
  duration_ms: number,
  server_ms: number,
) {
  return { ...object, operation, status: 200, bytes_received, duration_ms, server_ms };
}

function remove(operation: string, path: string | null, status: number | null): RequestRow {
  return { host: 'photos', operation, path, status };
}

function signed(): RequestRow {
  return { tls_version: 'TLSv1.2', signature_version: 'SigV4', auth_type: 'AuthHeader' };
}
