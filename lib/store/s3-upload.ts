import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { withS3Context } from './s3-error.ts';

/** S3 takes at most 10,000 parts of an object, and none below 5 MiB but the last. */
const PART_BYTES = 8 * 1024 * 1024;

/** Where an object goes, and its headers. */
export type Target = Pick<PutObjectCommandInput, 'ContentType' | 'ContentEncoding'> & { Bucket: string; Key: string };

/** Writes chunks as one object, holding one part of it in memory. When anything fails, no part is left behind. */
export async function upload(client: S3Client, target: Target, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const { Bucket, Key } = target;
  const location = `s3://${Bucket}/${Key}`;
  const parts = partsOf(chunks);
  const first = await parts.next();
  if (first.done || first.value.length < PART_BYTES) {
    const command = new PutObjectCommand({ ...target, Body: first.value ?? Buffer.alloc(0) });
    await withS3Context('PutObject', location, client.send(command));
    return;
  }
  const create = new CreateMultipartUploadCommand({ ...target, ChecksumAlgorithm: 'CRC32' });
  const { UploadId } = await withS3Context('CreateMultipartUpload', location, client.send(create));
  try {
    const Parts = [await uploadPart(first.value, 1)];
    for await (const part of parts) Parts.push(await uploadPart(part, Parts.length + 1));
    const complete = new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } });
    await withS3Context('CompleteMultipartUpload', location, client.send(complete));
  } catch (error) {
    // Should this fail too, the bucket's life cycle removes the parts.
    await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })).catch(() => {});
    throw error;
  }

  async function uploadPart(Body: Uint8Array, PartNumber: number) {
    const command = new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body, ChecksumAlgorithm: 'CRC32' });
    const { ETag, ChecksumCRC32 } = await withS3Context('UploadPart', location, client.send(command));
    return { PartNumber, ETag, ChecksumCRC32 };
  }
}

/** Chunks gathered to parts of at least PART_BYTES; only the last is shorter. */
async function* partsOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let gathered: Uint8Array[] = [];
  let size_bytes = 0;
  for await (const chunk of chunks) {
    gathered.push(chunk);
    size_bytes += chunk.length;
    if (size_bytes < PART_BYTES) continue;
    yield Buffer.concat(gathered);
    gathered = [];
    size_bytes = 0;
  }
  if (size_bytes > 0) yield Buffer.concat(gathered);
}
