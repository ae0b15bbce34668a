import { Annotations, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Alias, type IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ReportEnvironment } from '../../lambdas/environment.ts';
import type { Config } from '../config/config.ts';
import { EDITIONS_PREFIX, LAKE_PREFIX } from '../model/bucket-prefixes.ts';
import { bundle } from './bundle.ts';
import type { Links } from './links.ts';
import type { MailIdentity } from './mail-identity.ts';
import { NodeFunction } from './node-function.ts';
import { permit } from './permission.ts';
import {
  durablePermission,
  queryPermissions,
  rawLogPermissions,
  resultPermissions,
  secretPermissions,
} from './report-permissions.ts';
import type { Workgroup } from './workgroup.ts';

export interface ReportFunctionProps {
  config: Config;
  results: IBucket;
  workgroup: Workgroup;
  undelivered: IQueue;
  /** Both or neither: without a sender in the config nothing is mailed and no link is needed. */
  mail?: { identity: MailIdentity; links: Links };
}

/**
 * The function that writes and mails reports. It is durable: while Athena works nothing runs, and a report may take a
 * day. Durable functions are invoked by version, hence the alias.
 */
export class ReportFunction extends Construct {
  readonly function: IFunction;
  readonly live: Alias;

  constructor(scope: Construct, id: string, props: ReportFunctionProps) {
    super(scope, id);
    const { config, results, workgroup, undelivered, mail } = props;
    const stack = Stack.of(this);
    const functionName = `${stack.stackName}-report`;
    const environment: ReportEnvironment = {
      RESULTS_BUCKET: results.bucketName,
      WORKGROUP: workgroup.name,
      DATABASE: config.stack.database,
      ...(mail && {
        MAIL_CONFIGURATION_SET: mail.identity.configurationSet.configurationSetName,
        LINKS_URL: mail.links.url,
        LINK_KEY_ID: mail.links.key.keyId,
      }),
    };
    const report = new NodeFunction(this, 'Report', {
      functionName,
      description: 'Writes access-log reports',
      code: bundle('report', configInAws(config)),
      environment,
      timeout: Duration.minutes(15),
      memorySize: 2048,
      durableConfig: { executionTimeout: Duration.days(1), retentionPeriod: Duration.days(30) },
      deadLetterQueue: undelivered,
      // A running report stays on the version it began on, for up to a day. Deleting that version would end it.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
    });
    Annotations.of(report.function).acknowledgeInfo(
      'aws-lambda:Function.DurableConfig',
      'The function has been durable from its first version on, so nothing is replaced.',
    );
    this.function = report.function;
    this.live = new Alias(this, 'Live', {
      aliasName: 'live',
      version: report.function.currentVersion,
      // Steps are tried again inside an execution; a second execution would fail as the first.
      retryAttempts: 0,
    });

    permit(report.role, [
      durablePermission(stack, functionName),
      ...queryPermissions(stack, workgroup, config.stack.database),
      ...resultPermissions(results),
      ...Object.values(config.sources).flatMap((source) => rawLogPermissions(stack, source)),
      ...secretPermissions(stack, Object.values(config.reports)),
    ]);
    mail?.identity.grantSend(report.role);
    mail?.links.grantSign(report.role);
  }
}

/** The config as the function reads it: this machine's folders give way to the bucket's. */
export function configInAws(config: Config): Config {
  const sources = Object.entries(config.sources).map(([name, { folder: _local, ...source }]) => [name, source]);
  return {
    ...config,
    path: 'logtally.yaml',
    directory: '.',
    sources: Object.fromEntries(sources),
    lake: { folder: LAKE_PREFIX },
    out: EDITIONS_PREFIX,
  };
}
