import { posix } from 'node:path';
import { GetObjectCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { LinkPorts } from './link-response.ts';

/** Long enough for a slow mail program to follow the redirect; a download that has begun continues. */
const EXPIRES_SECONDS = 300;

/** Presigned URLs of one bucket's objects: the browser shows pages, and saves data files under their names. */
export function presigner(s3: S3Client, bucket: string): LinkPorts['presign'] {
  return (key, method) => {
    const name = posix.basename(key);
    const disposition = name.endsWith('.html') ? 'inline' : 'attachment';
    const input = { Bucket: bucket, Key: key, ResponseContentDisposition: `${disposition}; filename="${name}"` };
    const command = method === 'GET' ? new GetObjectCommand(input) : new HeadObjectCommand(input);
    return getSignedUrl(s3, command, { expiresIn: EXPIRES_SECONDS });
  };
}
