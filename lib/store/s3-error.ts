import type { S3ServiceException } from '@aws-sdk/client-s3';

/** The permission that each action asks for, where it is not its namesake. */
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
  PreconditionFailed: 'another object has taken its place',
  SlowDown: 'S3 asks to slow down, through every retry; run it again later',
  CredentialsProviderError: 'there are no AWS credentials; set AWS_PROFILE, or run aws configure',
  'Region is missing': 'there is no AWS Region; set AWS_REGION',
  PermanentRedirect: 'the bucket lies in another Region; set AWS_REGION to its Region',
};

/** What S3 answers to an action on `s3://bucket/key`; its error names both and the way out. */
export function called<T>(action: string, location: string, response: Promise<T>): Promise<T> {
  return response.catch((error) => {
    throw s3Error(action, location, error);
  });
}

/** An error of S3, from an action on `s3://bucket/key`, that names both and the way out. */
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
