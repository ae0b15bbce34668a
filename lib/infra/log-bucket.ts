import { Annotations, Stack, Validations } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct, type IConstruct } from 'constructs';

/**
 * A bucket for access logs that AWS writes. It outlives the stack and keeps the logs until a lifecycle rule or a report
 * with `remove_original_logs` deletes them.
 */
export class LogBucket extends Construct {
  readonly bucket: Bucket;

  /** The one log bucket of a scope, created on first use. */
  static of(scope: Construct): LogBucket {
    const id = 'AccessLogs';
    return (scope.node.tryFindChild(id) as LogBucket | undefined) ?? new LogBucket(scope, id);
  }

  private constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      // S3 and load balancers cannot write logs to a bucket with another encryption.
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'A bucket that receives access logs must not log itself.',
    });
  }
}

/** Adds to a log bucket's policy, or warns that it has to be changed by hand when the bucket is not of this app. */
export function allowDelivery(scope: Construct, bucket: IBucket, ...statements: PolicyStatement[]): void {
  for (const statement of statements) {
    if (bucket.addToResourcePolicy(statement).statementAdded) continue;
    const { Sid: _none, ...policy } = statement.toStatementJson();
    Annotations.of(scope).addWarningV2(
      'logtally:log-bucket-policy',
      `the log bucket ${bucket.node.path} is not of this app; add to its policy: ${JSON.stringify(policy)}`,
    );
  }
}

/** Refuses a resource of another stack that logs to a bucket of this one: this stack already depends on that one. */
export function refuseCircle(scope: Construct, logged: IConstruct, bucket: IBucket): void {
  const [loggedStack, bucketStack] = [Stack.of(logged), Stack.of(bucket)];
  if (loggedStack === bucketStack || bucketStack !== Stack.of(scope)) return;
  throw new Error(
    `${logged.node.path} is in another stack than its log bucket, so the two stacks would depend on each other; create the ` +
      `log bucket in ${loggedStack.node.path} and pass it with { logBucket, enableLogging: true }`,
  );
}
