import { AthenaClient } from '@aws-sdk/client-athena';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { Mailer } from '../lib/delivery/mailer.ts';
import { sesMailer } from '../lib/delivery/ses.ts';
import { signLink } from '../lib/delivery/signed-link.ts';
import { athenaEngine } from '../lib/engine/athena/athena.ts';
import type { Engine } from '../lib/engine/engine.ts';
import { consoleLink } from './console-link.ts';
import type { ReportEnvironment } from './environment.ts';
import { kmsMac } from './kms-mac.ts';
import { tracer } from './observability.ts';
import { ssmSecret } from './ssm-secret.ts';

/** The AWS services that the report function uses. */
export interface ReportClients {
  s3: S3Client;
  /** An engine for one run. */
  engine(): Engine;
  /** Database that holds the tables. */
  database: string;
  results_bucket: string;
  /** The value of an SSM parameter. */
  secret(parameter: string): Promise<string | undefined>;
  /** Present if the stack has a sender. */
  mail?: {
    mailer: Mailer;
    /** A URL that leads to an object of the results bucket; a signed one until a time in seconds since 1970. */
    link(key: string, expires: number): Promise<string>;
  };
}

/** Clients for the stack that the environment describes. */
export function reportClients(environment: ReportEnvironment): ReportClients {
  const { RESULTS_BUCKET, WORKGROUP, DATABASE, MAIL_CONFIGURATION_SET, LINKS_URL, LINK_KEY_ID } = environment;
  const s3 = tracer.captureAWSv3Client(new S3Client({ followRegionRedirects: true }));
  const athena = tracer.captureAWSv3Client(new AthenaClient({ maxAttempts: 10, retryMode: 'adaptive' }));
  const engine = () => athenaEngine({ client: athena, s3, workgroup: WORKGROUP, database: DATABASE });
  const ssm = tracer.captureAWSv3Client(new SSMClient());
  const secret = (parameter: string) => ssmSecret(ssm, parameter);
  const clients = { s3, engine, database: DATABASE, results_bucket: RESULTS_BUCKET, secret };
  if (!MAIL_CONFIGURATION_SET) return clients;
  const mailer = sesMailer({ configuration_set: MAIL_CONFIGURATION_SET });
  if (!LINKS_URL || !LINK_KEY_ID) {
    const region = String(process.env.AWS_REGION);
    return { ...clients, mail: { mailer, link: async (key) => consoleLink(region, RESULTS_BUCKET, key) } };
  }
  const mac = kmsMac(tracer.captureAWSv3Client(new KMSClient()), LINK_KEY_ID);
  const link = async (key: string, expires: number) => LINKS_URL + (await signLink(mac, { key, expires }));
  return { ...clients, mail: { mailer, link } };
}
