import { S3Client } from '@aws-sdk/client-s3';

/** An S3 client for the command line, with the same credentials and Region as the AWS CLI. */
export function s3Client(): S3Client {
  return new S3Client({
    // A busy bucket may answer SlowDown for a while.
    maxAttempts: 6,
    retryMode: 'adaptive',
    followRegionRedirects: true,
    requestHandler: { connectionTimeout: 10_000, socketTimeout: 60_000, maxSockets: 64 },
  });
}
