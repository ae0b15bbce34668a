import { Duration, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ATHENA_PREFIX, EDITIONS_PREFIX, STAGING_PREFIX } from '../model/bucket-prefixes.ts';

/** The bucket that holds the lake, the editions and Athena's result files. It outlives the stack. */
export class Storage extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { results_days }: { results_days: number }) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Results', {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [
        { id: 'athena-results', prefix: ATHENA_PREFIX, expiration: Duration.days(7) },
        { id: 'staging', prefix: STAGING_PREFIX, expiration: Duration.days(1) },
        { id: 'editions', prefix: EDITIONS_PREFIX, expiration: Duration.days(results_days) },
        { id: 'unfinished-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Its readers are one function and its links, and both log; access logs of reports on access logs add none.',
    });
  }
}
