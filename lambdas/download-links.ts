import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import type { LambdaFunctionURLHandler } from 'aws-lambda';
import { systemClock } from '../lib/run/clock.ts';
import { linksEnvironment } from './environment.ts';
import { kmsMacCheck } from './kms-mac.ts';
import { type LinkPorts, linkResponse } from './link-response.ts';
import { logger, tracer } from './observability.ts';
import { presigner } from './presigner.ts';

const { RESULTS_BUCKET, LINK_KEY_ID } = linksEnvironment.parse(process.env);

const ports: LinkPorts = {
  check: kmsMacCheck(tracer.captureAWSv3Client(new KMSClient()), LINK_KEY_ID),
  presign: presigner(new S3Client(), RESULTS_BUCKET),
  now: systemClock,
};

/** The function behind the links in a mail: checks a link's token and sends the browser to the file. */
export const handler: LambdaFunctionURLHandler = async (event, context) => {
  logger.addContext(context);
  const response = await linkResponse(event, ports);
  // Neither token nor URL: those who can read the function's logs must not be able to open the link.
  logger.info('link', { status: typeof response === 'string' ? 200 : response.statusCode });
  return response;
};
