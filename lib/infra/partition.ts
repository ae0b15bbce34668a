import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { PartitionEnvironment } from '../../lambdas/environment.ts';
import { PARTITIONED_PREFIX } from '../sources/layout.ts';
import { partitionPrefixes } from '../sources/partition.ts';
import type { Source } from '../sources/source.ts';
import { s3Location } from '../store/s3-location.ts';
import { bundle } from './bundle.ts';
import { NodeFunction } from './node-function.ts';
import { permit, permitEncryptDecrypt } from './permission.ts';
import { keyPermissions } from './report-permissions.ts';

export interface LogPartitionerProps {
  /** A source of flat logs. */
  source: Source;
  deadLetters: IQueue;
  log_days: number;
  /** Encrypts the logs and their copies, if the app knows the key. */
  encryptionKey?: IKey | undefined;
}

const TIMEOUT = Duration.minutes(2);

/**
 * Copies each log of a flat source on arrival to the folder of its day. The bucket sends an event per new object to
 * EventBridge, a queue keeps the events until they are processed, and at most five functions work on them.
 */
export class LogPartitioner extends Construct {
  constructor(scope: Construct, id: string, { source, deadLetters, log_days, encryptionKey }: LogPartitionerProps) {
    super(scope, id);
    const { bucket } = s3Location(source);
    const { arrival, partitioned } = partitionPrefixes(source);
    const queue = new Queue(this, 'Arrivals', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html: six times the function's.
      visibilityTimeout: Duration.minutes(6 * TIMEOUT.toMinutes()),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: 5 },
    });
    new Rule(this, 'ObjectCreated', {
      description: `New logs of ${source.name}`,
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: {
          bucket: { name: [bucket] },
          // If the whole bucket belongs to the source, the copies are new objects in it too.
          object: { key: [arrival === '' ? { 'anything-but': { prefix: PARTITIONED_PREFIX } } : { prefix: arrival }] },
        },
      },
      targets: [new SqsQueue(queue, { deadLetterQueue: deadLetters })],
    });
    const environment: PartitionEnvironment = {
      LOG_BUCKET: bucket,
      ARRIVAL_PREFIX: arrival,
      PARTITIONED_PREFIX: partitioned,
    };
    // The ids of this construct in a stack are Filing-… and File, as in the first version: with others, CloudFormation would
    // replace the queue and lose the events in it.
    const partition = new NodeFunction(this, 'File', {
      description: `Copies the logs of ${source.name} to folders by day`,
      code: bundle('partition'),
      environment,
      timeout: TIMEOUT,
      memorySize: 256,
      log_days,
    });
    partition.function.addEventSource(
      new SqsEventSource(queue, { batchSize: 10, maxConcurrency: 5, reportBatchItemFailures: true }),
    );
    const bucketArn = Stack.of(this).formatArn({
      service: 's3',
      region: '',
      account: '',
      resource: bucket,
      arnFormat: ArnFormat.NO_RESOURCE_NAME,
    });
    permit(partition.role, [
      {
        actions: ['s3:GetObject'],
        resources: [`${bucketArn}/${arrival}*`],
        wildcard_reason: `The writer of the raw logs of ${source.name} chooses their names.`,
      },
      {
        actions: ['s3:PutObject'],
        resources: [`${bucketArn}/${partitioned}*`],
        wildcard_reason: 'Copies have this prefix and the names of the logs.',
      },
      {
        actions: ['s3:ListBucket'],
        resources: [bucketArn],
        conditions: { StringLike: { 's3:prefix': [`${arrival}*`, `${partitioned}*`] } },
      },
      ...keyPermissions(source, 'kms:Decrypt', 'kms:GenerateDataKey'),
    ]);
    permitEncryptDecrypt(partition.role, encryptionKey);
  }
}
