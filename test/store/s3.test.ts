import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { s3Store } from '../../lib/store/s3.ts';
import { storeContract } from '../contracts/store.ts';
import { type S3Server, startS3Server } from '../servers/s3.ts';

storeContract('S3', async () => {
  const server = await startS3Server();
  server.objects.set('bucket/prefix-of-another/a', { body: Buffer.from('x'), etag: '""', last_modified: new Date() });
  return { store: s3Store({ client: server.client(), bucket: 'bucket', prefix: 'prefix/' }), close: server.close };
});

const MIB = 1024 * 1024;

describe('S3', () => {
  let server: S3Server;
  let store: ReturnType<typeof s3Store>;

  beforeEach(async () => {
    server = await startS3Server();
    store = s3Store({ client: server.client(), bucket: 'bucket', prefix: 'editions/' });
  });

  afterEach(() => server.close());

  test('keeps objects below the prefix, with their content type and encoding', async () => {
    await store.put('a/report.html', '<p>', { content_type: 'text/html; charset=utf-8', content_encoding: 'gzip' });
    const stored = server.objects.get('bucket/editions/a/report.html');
    expect(stored).toMatchObject({ content_type: 'text/html; charset=utf-8', content_encoding: 'gzip' });
    expect(stored?.body.toString()).toBe('<p>');
    expect(store.root).toBe('s3://bucket/editions/');
  });

  test('lists and deletes more objects than S3 answers at once', async () => {
    const keys = Array.from({ length: 2500 }, (_, index) => `day/${String(index).padStart(4, '0')}`);
    for (const key of [...keys, 'kept']) {
      server.objects.set(`bucket/editions/${key}`, { body: Buffer.of(1), etag: '""', last_modified: new Date() });
    }
    const listed = [];
    for await (const { key } of store.list('day/')) listed.push(key);
    expect(listed).toEqual(keys);
    await store.delete(listed);
    expect([...server.objects.keys()]).toEqual(['bucket/editions/kept']);
    expect(server.requests).toEqual([...Array(3).fill('ListObjectsV2'), ...Array(3).fill('DeleteObjects')]);
  });

  test('uploads a long stream in parts of bounded size', async () => {
    const chunk = Buffer.alloc(3 * MIB, 'a b c ');
    const written = await store.write('requests.parquet', repeated(chunk, 10), { content_type: 'text/csv' });
    expect(written.size_bytes).toBe(30 * MIB);
    const stored = server.objects.get('bucket/editions/requests.parquet');
    expect(stored?.body.equals(Buffer.concat(Array(10).fill(chunk)))).toBe(true);
    expect(stored?.content_type).toBe('text/csv');
    expect(server.requests.filter((name) => name === 'UploadPart')).toHaveLength(4);
  });

  test('uploads a stream that ends with a whole part', async () => {
    await store.write('exact', repeated(Buffer.alloc(8 * MIB), 1));
    expect(server.objects.get('bucket/editions/exact')?.body.length).toBe(8 * MIB);
  });

  test('leaves no part behind when the stream or a part fails', async () => {
    await expect(store.write('a', breaking(Buffer.alloc(8 * MIB), 2))).rejects.toThrow('the query broke');
    server.fail('AccessDenied', 1, 'UploadPart');
    await expect(store.write('b', repeated(Buffer.alloc(8 * MIB), 2))).rejects.toThrow(
      's3://bucket/editions/b: UploadPart: access denied',
    );
    expect(server.unfinishedUploads()).toBe(0);
    expect(server.objects.size).toBe(0);
  });

  test('leaves no part behind when the parts cannot be put together', async () => {
    server.fail('AccessDenied', 1, 'CompleteMultipartUpload');
    await expect(store.write('a', repeated(Buffer.alloc(8 * MIB), 2))).rejects.toThrow('access denied');
    expect(server.unfinishedUploads()).toBe(0);
  });

  test('says what failed, even if the parts cannot be removed', async () => {
    server.fail('AccessDenied', 1, 'AbortMultipartUpload');
    await expect(store.write('a', breaking(Buffer.alloc(8 * MIB), 2))).rejects.toThrow('the query broke');
  });

  test('tries again when S3 asks to slow down, and says so when that does not end', async () => {
    server.fail('SlowDown', 2);
    expect(await store.put('a', 'x')).toBe(true);
    server.fail('SlowDown', 3);
    await expect(store.put('b', 'x')).rejects.toThrow('s3://bucket/editions/b: PutObject: S3 still asks to slow down');
  });

  test('of a write that meets another tries again until it knows who won', async () => {
    server.fail('ConditionalRequestConflict', 1);
    expect(await store.put('claim', 'mine', { if_absent: true })).toBe(true);
    server.fail('ConditionalRequestConflict', 1);
    expect(await store.put('claim', 'again', { if_absent: true })).toBe(false);
    server.fail('ConditionalRequestConflict', 100);
    await expect(store.put('other', 'x', { if_absent: true })).rejects.toThrow('ConditionalRequestConflict');
  });

  test('never takes half an object for the whole', async () => {
    await store.put('large', Buffer.alloc(MIB));
    server.fail('cut', 2, 'GetObject');
    await expect(store.get('large')).rejects.toThrow('s3://bucket/editions/large: GetObject: ');
    const reading = async () => {
      for await (const _ of await store.read('large'));
    };
    await expect(reading).rejects.toThrow('s3://bucket/editions/large: GetObject: ');
    expect((await store.get('large'))?.length).toBe(MIB);
  });

  test.each([
    ['put', 'PutObject', 's3:PutObject', () => store.put('a/b', 'x')],
    ['claim', 'PutObject', 's3:PutObject', () => store.put('a/b', 'x', { if_absent: true })],
    ['write', 'PutObject', 's3:PutObject', () => store.write('a/b', repeated(Buffer.from('x'), 1))],
    ['get', 'GetObject', 's3:GetObject', () => store.get('a/b')],
    ['read', 'GetObject', 's3:GetObject', () => store.read('a/b')],
    ['copy', 'CopyObject', 's3:GetObject on the source', () => store.copy('a/b', 'c')],
    ['delete', 'DeleteObjects', 's3:DeleteObject', () => store.delete(['a/b'])],
    ['list', 'ListObjectsV2', 's3:ListBucket', () => store.list('a/b')[Symbol.asyncIterator]().next()],
  ])('names action, object and permission when %s is denied', async (_, action, permission, call) => {
    server.fail('AccessDenied', 1, action);
    await expect(call).rejects.toThrow(
      `s3://bucket/editions/a/b: ${action}: access denied (AccessDenied); allow ${permission}`,
    );
  });

  test('reports an object that could not be deleted among others that were', async () => {
    for (const key of ['a', 'b', 'c']) await store.put(key, 'x');
    server.fail('AccessDenied', 1, 'DeleteObjects key');
    await expect(store.delete(['a', 'b', 'c'])).rejects.toThrow(
      's3://bucket/editions/a (1 of 1): DeleteObjects: access denied (AccessDenied); allow s3:DeleteObject',
    );
    expect([...server.objects.keys()]).toEqual(['bucket/editions/a']);
  });
});

async function* repeated(chunk: Uint8Array, times: number): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < times; index++) yield chunk;
}

async function* breaking(chunk: Uint8Array, times: number): AsyncGenerator<Uint8Array> {
  yield* repeated(chunk, times);
  throw new Error('the query broke');
}
