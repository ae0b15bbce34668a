import type { IncomingMessage } from 'node:http';
import { crc32 } from 'node:zlib';
import { S3Error } from './s3-reply.ts';

/** A request to S3, read. */
export interface Call {
  bucket: string;
  key: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

/** S3 distinguishes its operations by method, key, query and one header. */
export function operationOf(method: string, { key, query, headers }: Call): string {
  if (query.has('uploads')) return 'CreateMultipartUpload';
  if (query.has('uploadId')) {
    const names: Record<string, string> = {
      PUT: 'UploadPart',
      POST: 'CompleteMultipartUpload',
      DELETE: 'AbortMultipartUpload',
    };
    return names[method] ?? method;
  }
  if (query.has('delete')) return 'DeleteObjects';
  if (key === '' && query.get('list-type') === '2') return 'ListObjectsV2';
  if (key === '') return method;
  if (method === 'PUT') return 'x-amz-copy-source' in headers ? 'CopyObject' : 'PutObject';
  return { GET: 'GetObject', HEAD: 'HeadObject', DELETE: 'DeleteObject' }[method] ?? method;
}

/** Refuses a body that is not the one whose checksum the client sent, as S3 does. */
export function checkBody({ headers, body }: Call): void {
  if (String(headers['content-encoding']).includes('aws-chunked')) throw new S3Error('NotImplemented');
  const expected = headers['x-amz-checksum-crc32'];
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  if (expected !== undefined && expected !== checksum.toString('base64')) throw new S3Error('BadDigest');
}
