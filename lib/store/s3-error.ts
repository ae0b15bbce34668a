import type { S3ServiceException } from '@aws-sdk/client-s3';

/** Permissions of actions whose permission has another name. */
const PERMISSIONS: Record<string, string> = {
  ListObjectsV2: 's3:ListBucket',
  DeleteObjects: 's3:DeleteObject',
  CreateMultipartUpload: 's3:PutObject',
  UploadPart: 's3:PutObject',
  CompleteMultipartUpload: 's3:PutObject',
  CopyObject: 's3:GetObject on the source and s3:PutObject on the target',
};

const WAYS_OUT: Record<string, string> = {
  NoSuchBucket: 'there is no such bucket; check its name in the config',
  NoSuchKey: 'there is no such object',
  PreconditionFailed: 'the object has been replaced since it was listed',
  SlowDown: 'S3 still asks to slow down after all retries; run it again later',
  CredentialsProviderError: 'there are no AWS credentials; set AWS_PROFILE, or run aws configure',
  'Region is missing': 'there is no AWS Region; set AWS_REGION',
  PermanentRedirect: 'the bucket is in another Region; set AWS_REGION to its Region',
};

/** The response of an action on `s3://bucket/key`. If it fails, the Error names the action, the object and the way out. */
export function withS3Context<T>(action: string, location: string, response: Promise<T>): Promise<T> {
  return response.catch((error) => {
    throw s3Error(action, location, error);
  });
}

/** An Error for a failed action on `s3://bucket/key` that names the action, the object and the way out. */
export function s3Error(action: string, location: string, error: unknown): Error {
  const { name, message, $metadata } = error as S3ServiceException;
  return new Error(`${location}: ${action}: ${wayOut(action, name, message, $metadata?.httpStatusCode)}`, {
    cause: error,
  });
}

function wayOut(action: string, name: string, message: string, status?: number): string {
  const isDenied = name === 'AccessDenied' || status === 403;
  if (isDenied)
    return `access denied (${name}); allow ${PERMISSIONS[action] ?? `s3:${action}`}, and the key if KMS encrypts`;
  return WAYS_OUT[name] ?? WAYS_OUT[message] ?? `${message} (${name})`;
}
