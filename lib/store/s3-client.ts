import { S3Client } from '@aws-sdk/client-s3';

/** A client for a machine of one's own, with the credentials and the Region that the AWS command line would use. */
export function s3Client(): S3Client {
  return new S3Client({
    // A busy bucket answers SlowDown for a while.
    maxAttempts: 6,
    retryMode: 'adaptive',
    followRegionRedirects: true,
    requestHandler: { connectionTimeout: 10_000, socketTimeout: 60_000, maxSockets: 64 },
  });
}
