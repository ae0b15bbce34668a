import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnBucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { allowDelivery, refuseCircle } from './log-bucket.ts';

export interface BucketLoggingProps {
  /** Buckets whose requests are logged; buckets of the app, in the Region and account of the log bucket. */
  buckets: readonly IBucket[];
  logBucket: IBucket;
  /** Empty, or ends in a slash. */
  prefix: string;
}

/**
 * Switches S3's server access logs on, with keys of the event's date.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export class BucketLogging extends Construct {
  constructor(scope: Construct, id: string, { buckets, logBucket, prefix }: BucketLoggingProps) {
    super(scope, id);
    if (logBucket.encryptionKey) {
      throw new Error(`S3 writes no access logs to ${logBucket.node.path}, which a KMS key encrypts; use SSE-S3`);
    }
    for (const bucket of buckets) {
      refuseCircle(this, bucket, logBucket);
      refuseOtherRegion(bucket, logBucket);
      const resource = resourceOf(bucket);
      if (resource.loggingConfiguration !== undefined) {
        throw new Error(
          `${bucket.node.path} has access logs already; name where they are: Source.s3(bucket, { logBucket, prefix })`,
        );
      }
      resource.loggingConfiguration = {
        destinationBucketName: logBucket.bucketName,
        logFilePrefix: prefix,
        targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: 'EventTime' } },
      } satisfies CfnBucket.LoggingConfigurationProperty;
    }
    allowDelivery(
      this,
      logBucket,
      new PolicyStatement({
        principals: [new ServicePrincipal('logging.s3.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [logBucket.arnForObjects(`${prefix}*`)],
        conditions: {
          ArnLike: { 'aws:SourceArn': buckets.map(({ bucketArn }) => bucketArn) },
          StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
        },
      }),
    );
  }
}

function resourceOf(bucket: IBucket): CfnBucket {
  const resource = bucket.node.defaultChild;
  if (
    resource &&
    CfnResource.isCfnResource(resource) &&
    resource.cfnResourceType === CfnBucket.CFN_RESOURCE_TYPE_NAME
  ) {
    return resource as CfnBucket;
  }
  throw new Error(
    `${bucket.node.path} is not created by this app, so its access logs cannot be switched on here; switch them on ` +
      'with aws s3api put-bucket-logging, and name where they are: Source.s3(bucket, { logBucket, prefix })',
  );
}

function refuseOtherRegion(bucket: IBucket, logBucket: IBucket): void {
  const [region, logRegion] = [bucket.env.region, logBucket.env.region];
  if (Token.isUnresolved(region) || Token.isUnresolved(logRegion) || region === logRegion) return;
  throw new Error(
    `${bucket.node.path} is in ${region}, and S3 writes its access logs to a bucket there, not in ${logRegion}`,
  );
}
