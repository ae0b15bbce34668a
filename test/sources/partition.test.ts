import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { dateRange } from '../../lib/model/period.ts';
import { type BackfillOptions, backfill } from '../../lib/sources/partition.ts';
import { s3Store } from '../../lib/store/s3.ts';
import { type S3Server, startS3Server } from '../servers/s3.ts';

let server: S3Server;
beforeEach(async () => {
  server = await startS3Server();
  for (let hour = 0; hour < 48; hour++) {
    const day = hour < 24 ? '2026-10-05' : '2026-10-06';
    put(`E2EXAMPLE.${day}-${String(hour % 24).padStart(2, '0')}.abcd1234.gz`);
  }
  put('.hidden');
  put('folder/');
});
afterEach(() => server.close());

function put(key: string): void {
  const last_modified = new Date('2026-10-07T00:00:00Z');
  server.objects.set(`logs/${key}`, { body: Buffer.from(key), etag: `"${key}"`, last_modified });
}

function fill(options: Partial<BackfillOptions> = {}) {
  const bucket = s3Store({ client: server.client(), bucket: 'logs', prefix: '' });
  const prefixes = { arrival: '', partitioned: 'logtally-filed/cdn/' };
  return backfill(bucket, prefixes, { dry_run: false, onCopy() {}, ...options });
}

const copies = () => [...server.objects.keys()].filter((key) => key.startsWith('logs/logtally-filed/'));

test('every log in the bucket is copied, and copies are not copied again', async () => {
  expect(await fill()).toMatchObject({ objects: 48, copied: 48, up_to_date: 0 });
  expect(copies()).toHaveLength(48);
  expect(copies()).toContain('logs/logtally-filed/cdn/2026/10/06/E2EXAMPLE.2026-10-06-23.abcd1234.gz');
  expect(await fill()).toMatchObject({ objects: 48, copied: 0, up_to_date: 48, bytes: 0 });
  expect(copies()).toHaveLength(48);
});

test('copies only the days of a period, and nothing in a dry run, which reports the same', async () => {
  const keys: string[] = [];
  const options = { period: dateRange('2026-10-06', '2026-10-06') };
  const onCopy = (from: string, to: string) => keys.push(`${from} ${to}`);
  expect(await fill({ ...options, dry_run: true, onCopy })).toMatchObject({ objects: 24, copied: 24 });
  expect([copies().length, keys.length]).toEqual([0, 24]);
  expect(await fill({ ...options, onCopy })).toMatchObject({ objects: 24, copied: 24 });
  expect(keys.slice(24).sort()).toEqual(keys.slice(0, 24).sort());
  expect(new Set(copies().map((key) => key.slice(0, 'logs/logtally-filed/cdn/2026/10/06'.length)))).toEqual(
    new Set(['logs/logtally-filed/cdn/2026/10/06']),
  );
});

test('continues after a failure', async () => {
  server.fail('AccessDenied', 1, 'CopyObject');
  await expect(fill()).rejects.toThrow(/CopyObject: access denied/);
  await fill();
  expect(copies()).toHaveLength(48);
});
