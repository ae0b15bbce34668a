import { ArnFormat, Names, Stack, Validations } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import {
  AwsCustomResource,
  AwsCustomResourcePolicy,
  type AwsSdkCall,
  PhysicalResourceId,
  PhysicalResourceIdReference,
} from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { allowDelivery } from './log-bucket.ts';
import { ruleText } from './permission.ts';

export interface CloudFrontLoggingProps {
  distributions: readonly IDistribution[];
  logBucket: IBucket;
  /** Ends in a slash. */
  prefix: string;
}

/** Where CloudFront's logs are configured, wherever the bucket is. */
const REGION = 'us-east-1';

/** Folders below the prefix. */
const FOLDERS = '{yyyy}/{MM}/{dd}/{HH}';

/**
 * Switches standard logs (v2) of CloudFront distributions on, with folders of the day and hour. CloudFormation offers this
 * in us-east-1 only; calls of the SDK work from any Region.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html
 */
export class CloudFrontLogging extends Construct {
  constructor(scope: Construct, id: string, { distributions, logBucket, prefix }: CloudFrontLoggingProps) {
    super(scope, id);
    // Without a prefix CloudFront chooses one.
    if (prefix === '') throw new Error(`${this.node.path}: the prefix is empty; name a folder, such as cloudfront/`);
    const destination = resourceName(this);
    const destinationArn = this.#arn('delivery-destination', destination);
    const destinationResourceArn = logBucket.arnForObjects(prefix.slice(0, -1));
    const destinationCalls = new AwsCustomResource(this, 'Destination', {
      onUpdate: call(
        'PutDeliveryDestination',
        { name: destination, outputFormat: 'w3c', deliveryDestinationConfiguration: { destinationResourceArn } },
        PhysicalResourceId.of(destination),
      ),
      onDelete: deletion('DeleteDeliveryDestination', { name: destination }),
      policy: allow([destinationArn], 'logs:PutDeliveryDestination', 'logs:DeleteDeliveryDestination'),
    });
    for (const [index, distribution] of distributions.entries()) {
      const delivery = this.#delivery(`Delivery${index}`, distribution, destinationArn);
      delivery.node.addDependency(destinationCalls);
      // CloudFront checks whether it may write.
      if (logBucket.policy) delivery.node.addDependency(logBucket.policy);
    }
    this.#allow(logBucket, prefix);
  }

  #delivery(id: string, { distributionArn }: IDistribution, destinationArn: string): AwsCustomResource {
    const scope = new Construct(this, id);
    const name = resourceName(scope);
    const sourceArn = this.#arn('delivery-source', name);
    const source = new AwsCustomResource(scope, 'Source', {
      onUpdate: call(
        'PutDeliverySource',
        { name, logType: 'ACCESS_LOGS', resourceArn: distributionArn },
        PhysicalResourceId.of(name),
      ),
      onDelete: deletion('DeleteDeliverySource', { name }),
      policy: AwsCustomResourcePolicy.fromStatements([
        ...allow([sourceArn], 'logs:PutDeliverySource', 'logs:DeleteDeliverySource').statements,
        ...allow([distributionArn], 'cloudfront:AllowVendedLogDeliveryForResource').statements,
      ]),
    });
    const deliveryArn = this.#arn('delivery', '*');
    const delivery = new AwsCustomResource(scope, 'Delivery', {
      onCreate: call(
        'CreateDelivery',
        {
          deliverySourceName: name,
          deliveryDestinationArn: destinationArn,
          s3DeliveryConfiguration: { suffixPath: FOLDERS, enableHiveCompatiblePath: false },
        },
        PhysicalResourceId.fromResponse('delivery.id'),
      ),
      onDelete: deletion('DeleteDelivery', { id: new PhysicalResourceIdReference() }),
      policy: allow([sourceArn, destinationArn, deliveryArn], 'logs:CreateDelivery', 'logs:DeleteDelivery'),
    });
    Validations.of(delivery).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${ruleText(Stack.of(this).resolve(deliveryArn))}]`,
      reason: 'CloudWatch Logs chooses the id of a delivery.',
    });
    delivery.node.addDependency(source);
    return delivery;
  }

  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-S3.html */
  #allow(logBucket: IBucket, prefix: string): void {
    const delivery = new ServicePrincipal('delivery.logs.amazonaws.com');
    const fromHere = {
      StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
      ArnLike: { 'aws:SourceArn': this.#arn('delivery-source', '*') },
    };
    allowDelivery(
      this,
      logBucket,
      new PolicyStatement({
        principals: [delivery],
        actions: ['s3:PutObject'],
        resources: [logBucket.arnForObjects(`${prefix}*`)],
        conditions: {
          ...fromHere,
          StringEquals: { ...fromHere.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' },
        },
      }),
      new PolicyStatement({
        principals: [delivery],
        actions: ['s3:GetBucketAcl'],
        resources: [logBucket.bucketArn],
        conditions: fromHere,
      }),
    );
    logBucket.encryptionKey?.grantEncryptDecrypt(delivery);
  }

  #arn(resource: string, resourceName: string): string {
    const arnFormat = ArnFormat.COLON_RESOURCE_NAME;
    return Stack.of(this).formatArn({ service: 'logs', region: REGION, resource, resourceName, arnFormat });
  }
}

function resourceName(construct: Construct): string {
  return Names.uniqueResourceName(construct, { maxLength: 60, separator: '-' });
}

function call(action: string, parameters: object, physicalResourceId?: PhysicalResourceId): AwsSdkCall {
  return {
    ...{ service: 'CloudWatchLogs', action, parameters, region: REGION },
    ...(physicalResourceId && { physicalResourceId }),
  };
}

/** What was deleted by hand needs no deleting. */
function deletion(action: string, parameters: object): AwsSdkCall {
  return { ...call(action, parameters), ignoreErrorCodesMatching: 'ResourceNotFoundException' };
}

function allow(resources: string[], ...actions: string[]): AwsCustomResourcePolicy {
  return AwsCustomResourcePolicy.fromStatements([new PolicyStatement({ actions, resources })]);
}
