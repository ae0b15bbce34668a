import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
  type S3ServiceException,
} from '@aws-sdk/client-s3';
import { withDigest } from './digest.ts';
import { checkKey } from './key.ts';
import { s3Error, withS3Context } from './s3-error.ts';
import { type Target, upload } from './s3-upload.ts';
import type { ReadOptions, Store, StoredObject, WriteOptions } from './store.ts';

export interface S3Place {
  client: S3Client;
  bucket: string;
  /** Empty, or ending in a slash. */
  prefix: string;
}

/** S3 deletes at most this many objects in one request. */
const DELETE_LIMIT = 1000;
/** How often a conditional write is tried while S3 reports another write or delete of the same key. */
const CONFLICT_ATTEMPTS = 5;

/** A prefix of a bucket as a store. `copy` is limited to objects of 5 GB. */
export function s3Store({ client, bucket, prefix }: S3Place): Store {
  const root = `s3://${bucket}/${prefix}`;

  async function* list(from: string): AsyncGenerator<StoredObject> {
    let token: string | undefined;
    do {
      const command = new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix + from, ContinuationToken: token });
      const page = await withS3Context('ListObjectsV2', root + from, client.send(command));
      for (const { Key = '', Size = 0, ETag = '', LastModified = new Date(0) } of page.Contents ?? []) {
        yield { key: Key.slice(prefix.length), size_bytes: Size, etag: ETag, last_modified: LastModified };
      }
      token = page.NextContinuationToken;
    } while (token);
  }

  /** The object's bytes as they arrive; undefined if there is no object. */
  async function open(key: string, options: ReadOptions = {}): Promise<AsyncIterable<Uint8Array> | undefined> {
    const { start_byte = 0, etag, signal } = options;
    const part = { ...(etag && { IfMatch: etag }), ...(start_byte > 0 && { Range: `bytes=${start_byte}-` }) };
    try {
      const command = new GetObjectCommand({ Bucket: bucket, Key: prefix + key, ...part });
      const { Body } = await client.send(command, signal && { abortSignal: signal });
      return Body as Readable;
    } catch (error) {
      if ((error as Error).name === 'NoSuchKey') return undefined;
      throw s3Error('GetObject', root + key, error);
    }
  }

  /** The same bytes; if the connection breaks half way, the Error names the object. */
  async function* received(key: string, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* body;
    } catch (error) {
      throw s3Error('GetObject', root + key, error);
    }
  }

  async function putIfAbsent(target: Target, body: Uint8Array): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      try {
        await client.send(new PutObjectCommand({ ...target, Body: body, IfNoneMatch: '*' }));
        return true;
      } catch (error) {
        const status = (error as S3ServiceException).$metadata?.httpStatusCode;
        if (status === 412) return false;
        if (status !== 409 || attempt === CONFLICT_ATTEMPTS) throw error;
      }
    }
  }

  async function deleteMany(keys: readonly string[]): Promise<void> {
    const Objects = keys.map((key) => ({ Key: prefix + key }));
    const command = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } });
    const { Errors = [] } = await withS3Context('DeleteObjects', root + keys[0], client.send(command));
    const [failure] = Errors;
    if (!failure) return;
    const { Key = '', Code: name, Message: message } = failure;
    throw s3Error('DeleteObjects', `s3://${bucket}/${Key} (1 of ${Errors.length})`, { name, message });
  }

  function targetOf(key: string, { content_type, content_encoding }: WriteOptions = {}): Target {
    checkKey(key);
    return {
      Bucket: bucket,
      Key: prefix + key,
      ...(content_type ? { ContentType: content_type } : {}),
      ...(content_encoding ? { ContentEncoding: content_encoding } : {}),
    };
  }

  return {
    root,
    list,
    async get(key) {
      const body = await open(key);
      return body && (await buffer(received(key, body)));
    },
    async read(key, options) {
      const body = await open(key, options);
      if (!body) throw new Error(`${root}${key}: there is no such object`);
      return Readable.from(received(key, body), { objectMode: false });
    },
    async put(key, body, options = {}) {
      const target = targetOf(key, options);
      const bytes = typeof body === 'string' ? Buffer.from(body) : body;
      if (options.if_absent) return withS3Context('PutObject', root + key, putIfAbsent(target, bytes));
      await withS3Context('PutObject', root + key, client.send(new PutObjectCommand({ ...target, Body: bytes })));
      return true;
    },
    async write(key, chunks, options) {
      const body = withDigest(chunks);
      await upload(client, targetOf(key, options), body.chunks);
      return body.written();
    },
    async copy(from_key, to_key) {
      const CopySource = `${bucket}/${prefix}${from_key}`.split('/').map(encodeURIComponent).join('/');
      await withS3Context(
        'CopyObject',
        root + from_key,
        client.send(new CopyObjectCommand({ ...targetOf(to_key), CopySource })),
      );
    },
    async delete(keys) {
      for (let start = 0; start < keys.length; start += DELETE_LIMIT) {
        await deleteMany(keys.slice(start, start + DELETE_LIMIT));
      }
    },
  };
}
