import { S3Client } from '@aws-sdk/client-s3';
import type { SQSHandler } from 'aws-lambda';
import { s3Store } from '../lib/store/s3.ts';
import { filingEnvironment } from './environment.ts';
import { logger, tracer } from './observability.ts';
import { type FilingPorts, fileCreated } from './partition-objects.ts';

const { LOG_BUCKET, LOG_PREFIX, FILED_PREFIX } = filingEnvironment.parse(process.env);

const ports: FilingPorts = {
  bucket: s3Store({ client: tracer.captureAWSv3Client(new S3Client()), bucket: LOG_BUCKET, prefix: '' }),
  place: { prefix: LOG_PREFIX, filed_prefix: FILED_PREFIX },
  onEvent(key, outcome, reason) {
    if (outcome === 'failed') logger.error('not filed', { key, reason });
    else logger.info(outcome, { key });
  },
};

/** Files logs that arrive without dated folders under their days, so that Athena reads the days of a report alone. */
export const handler: SQSHandler = (event, context) => {
  logger.addContext(context);
  return fileCreated(event, ports);
};
