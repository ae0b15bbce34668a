import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { s3Store } from '../../lib/store/s3.ts';
import type { QueryFiles } from '../servers/athena-files.ts';

/** The objects in real buckets' place, read once as long as they stay the same. */
export function bucketFiles(client: S3Client): QueryFiles {
  const bodies = new Map<string, Buffer>();

  async function body(bucket: string, key: string, etag: string): Promise<Buffer> {
    const known = bodies.get(`${bucket}/${key} ${etag}`);
    if (known) return known;
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const read = await buffer(Body as Readable);
    bodies.set(`${bucket}/${key} ${etag}`, read);
    return read;
  }

  return {
    async below(url) {
      const { bucket, prefix } = placeOf(url);
      const objects = [];
      for await (const { key, etag } of s3Store({ client, bucket, prefix }).list('')) {
        objects.push({ url: `${url}${key}`, etag, body: await body(bucket, `${prefix}${key}`, etag) });
      }
      return objects;
    },
    async put(url, content) {
      const { bucket, prefix } = placeOf(url);
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: prefix, Body: content }));
    },
  };
}

function placeOf(url: string): { bucket: string; prefix: string } {
  const [, bucket = '', prefix = ''] = url.match(/^s3:\/\/([^/]+)\/(.*)$/s) ?? [];
  return { bucket, prefix };
}
