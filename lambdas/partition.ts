import { S3Client } from '@aws-sdk/client-s3';
import type { SQSHandler } from 'aws-lambda';
import { s3Store } from '../lib/store/s3.ts';
import { partitionEnvironment } from './environment.ts';
import { logger, tracer } from './observability.ts';
import { type PartitionPorts, partitionCreated } from './partition-objects.ts';

const { LOG_BUCKET, ARRIVAL_PREFIX, PARTITIONED_PREFIX } = partitionEnvironment.parse(process.env);

const ports: PartitionPorts = {
  bucket: s3Store({ client: tracer.captureAWSv3Client(new S3Client()), bucket: LOG_BUCKET, prefix: '' }),
  prefixes: { arrival: ARRIVAL_PREFIX, partitioned: PARTITIONED_PREFIX },
  onEvent(key, outcome, reason) {
    if (outcome === 'failed') logger.error(outcome, { key, reason });
    else logger.info(outcome, { key });
  },
};

/** Copies logs that arrive without dated folders to the folder of their day, so that Athena reads only the days of a report. */
export const handler: SQSHandler = (event, context) => {
  logger.addContext(context);
  return partitionCreated(event, ports);
};
