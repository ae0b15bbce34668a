import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { FilingEnvironment } from '../../lambdas/environment.ts';
import { FILED_PREFIX } from '../sources/layout.ts';
import { filingPlace } from '../sources/partition.ts';
import type { Source } from '../sources/source.ts';
import { s3Location } from '../store/s3-location.ts';
import { bundle } from './bundle.ts';
import { NodeFunction } from './node-function.ts';
import { permit } from './permission.ts';

export interface FilingProps {
  /** A source of flat logs. */
  source: Source;
  undelivered: IQueue;
}

const TIMEOUT = Duration.minutes(2);

/**
 * Copies each log of a flat source on arrival to a folder of its day. The bucket tells EventBridge of new objects, a
 * queue keeps the events until they are done, and a few functions at most work on them.
 */
export class Filing extends Construct {
  constructor(scope: Construct, id: string, { source, undelivered }: FilingProps) {
    super(scope, id);
    const { bucket } = s3Location(source);
    const { prefix, filed_prefix } = filingPlace(source);
    const queue = new Queue(this, 'Arrivals', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html: six times the function's.
      visibilityTimeout: Duration.minutes(6 * TIMEOUT.toMinutes()),
      deadLetterQueue: { queue: undelivered, maxReceiveCount: 5 },
    });
    new Rule(this, 'ObjectCreated', {
      description: `New logs of ${source.name}`,
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: {
          bucket: { name: [bucket] },
          // Where the whole bucket is the source's, the copies are new objects of it, too.
          object: { key: [prefix === '' ? { 'anything-but': { prefix: FILED_PREFIX } } : { prefix }] },
        },
      },
      targets: [new SqsQueue(queue, { deadLetterQueue: undelivered })],
    });
    const environment: FilingEnvironment = { LOG_BUCKET: bucket, LOG_PREFIX: prefix, FILED_PREFIX: filed_prefix };
    const filing = new NodeFunction(this, 'File', {
      description: `Files the logs of ${source.name} under their days`,
      code: bundle('partition'),
      environment,
      timeout: TIMEOUT,
      memorySize: 256,
    });
    filing.function.addEventSource(
      new SqsEventSource(queue, { batchSize: 10, maxConcurrency: 5, reportBatchItemFailures: true }),
    );
    const bucketArn = Stack.of(this).formatArn({
      service: 's3',
      region: '',
      account: '',
      resource: bucket,
      arnFormat: ArnFormat.NO_RESOURCE_NAME,
    });
    permit(filing.role, [
      {
        actions: ['s3:GetObject'],
        resources: [`${bucketArn}/${prefix}*`],
        wildcard_reason: `The names of raw logs of ${source.name} are their writer's choice.`,
      },
      {
        actions: ['s3:PutObject'],
        resources: [`${bucketArn}/${filed_prefix}*`],
        wildcard_reason: 'Copies lie below this prefix under the names of the logs.',
      },
      {
        actions: ['s3:ListBucket'],
        resources: [bucketArn],
        conditions: { StringLike: { 's3:prefix': [`${prefix}*`, `${filed_prefix}*`] } },
      },
    ]);
  }
}
