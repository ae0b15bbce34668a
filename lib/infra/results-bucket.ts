import { Duration, Validations } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, type LifecycleRule, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ATHENA_PREFIX, EDITIONS_PREFIX, LAKE_PREFIX, STAGING_PREFIX } from '../model/bucket-prefixes.ts';

export interface ResultsBucketProps extends Lifetimes {
  encryptionKey?: IKey | undefined;
}

interface Lifetimes {
  /** Days until editions are deleted. */
  results_days: number;
  /** Days until parsed requests are deleted; absent for never. */
  lake_days?: number | undefined;
}

/** The bucket of the lake, the editions and Athena's result files. It outlives the stack. */
export class ResultsBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { encryptionKey, ...lifetimes }: ResultsBucketProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Results', {
      ...(encryptionKey
        ? { encryption: BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }
        : { encryption: BucketEncryption.S3_MANAGED }),
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: lifecycleRules(lifetimes),
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Its readers are the report function and the links function, which have logs of their own.',
    });
  }
}

/** How long objects below each prefix are kept. */
export function lifecycleRules({ results_days, lake_days }: Lifetimes): LifecycleRule[] {
  return [
    { id: 'athena-results', prefix: ATHENA_PREFIX, expiration: Duration.days(7) },
    { id: 'staging', prefix: STAGING_PREFIX, expiration: Duration.days(1) },
    { id: 'editions', prefix: EDITIONS_PREFIX, expiration: Duration.days(results_days) },
    ...(lake_days === undefined ? [] : lakeRules(lake_days)),
    { id: 'unfinished-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
  ];
}

/** A day's manifest expires before its rows: without it the day counts as missing, not as a day without requests. */
function lakeRules(lake_days: number): LifecycleRule[] {
  return [
    { id: 'lake-manifests', prefix: `${LAKE_PREFIX}manifests/`, expiration: Duration.days(lake_days) },
    { id: 'lake-requests', prefix: `${LAKE_PREFIX}requests/`, expiration: Duration.days(lake_days + 1) },
    { id: 'lake-rejected', prefix: `${LAKE_PREFIX}rejected/`, expiration: Duration.days(lake_days + 1) },
  ];
}
