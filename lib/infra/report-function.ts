import { Annotations, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Alias, type IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ReportEnvironment } from '../../lambdas/environment.ts';
import { EXECUTION_HOURS } from '../../lambdas/time-limit.ts';
import type { Config } from '../config/config.ts';
import { EDITIONS_PREFIX, LAKE_PREFIX } from '../model/bucket-prefixes.ts';
import { bundle } from './bundle.ts';
import type { DownloadLinks } from './download-links.ts';
import type { DeployedConfig } from './logtally-props.ts';
import type { MailIdentity } from './mail-identity.ts';
import { NodeFunction } from './node-function.ts';
import { permit, permitDecrypt, permitEncryptDecrypt } from './permission.ts';
import {
  durablePermission,
  queryPermissions,
  rawLogPermissions,
  resultPermissions,
  secretPermissions,
} from './report-permissions.ts';
import type { Workgroup } from './workgroup.ts';

export interface ReportFunctionProps {
  deployed: DeployedConfig;
  results: IBucket;
  /** Encrypts the results; absent for S3's own keys. */
  resultsKey?: IKey | undefined;
  workgroup: Workgroup;
  deadLetters: IQueue;
  /** Absent without a sender in the config. */
  identity?: MailIdentity | undefined;
  /** Present for signed links. */
  links?: DownloadLinks | undefined;
}

/**
 * The function that writes and mails reports. It is durable: while Athena works no code runs, and a report may take a
 * day. Durable functions are invoked by version, hence the alias.
 */
export class ReportFunction extends Construct {
  readonly function: IFunction;
  readonly live: Alias;

  constructor(scope: Construct, id: string, props: ReportFunctionProps) {
    super(scope, id);
    const { deployed, results, resultsKey, workgroup, deadLetters, identity, links } = props;
    const { config, asset, logKeys } = deployed;
    const stack = Stack.of(this);
    const functionName = `${config.stack.name}-report`;
    const report = new NodeFunction(this, 'Report', {
      functionName,
      description: 'Writes access-log reports',
      code: bundle('report', configInAws(asset)),
      environment: environmentOf(stack, props),
      timeout: Duration.minutes(15),
      memorySize: 2048,
      log_days: config.stack.log_days,
      durableConfig: { executionTimeout: Duration.hours(EXECUTION_HOURS), retentionPeriod: Duration.days(30) },
      deadLetterQueue: deadLetters,
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
      // Steps are retried within an execution; a second execution would fail like the first.
      retryAttempts: 0,
    });

    permit(report.role, [
      durablePermission(stack, functionName),
      ...queryPermissions(stack, workgroup, config.stack.database),
      ...resultPermissions(results),
      ...Object.values(config.sources).flatMap((source) => rawLogPermissions(stack, source)),
      ...secretPermissions(stack, Object.values(config.reports)),
    ]);
    permitEncryptDecrypt(report.role, resultsKey);
    for (const key of Object.values(logKeys)) permitDecrypt(report.role, key);
    identity?.grantSend(report.role);
    links?.grantSign(report.role);
  }
}

/** What the function needs to know about the stack. */
function environmentOf(stack: Stack, { deployed, results, workgroup, identity, links }: ReportFunctionProps) {
  const { config, tokens } = deployed;
  const environment: ReportEnvironment = {
    RESULTS_BUCKET: results.bucketName,
    WORKGROUP: workgroup.name,
    DATABASE: config.stack.database,
    ...(Object.keys(tokens).length > 0 && { CONFIG_VALUES: stack.toJsonString(tokens) }),
    ...(identity && { MAIL_CONFIGURATION_SET: identity.configurationSet.configurationSetName }),
    ...(links && { LINKS_URL: links.url, LINK_KEY_ID: links.key.keyId }),
  };
  return environment;
}

/** The configuration as the function reads it: with prefixes of the bucket instead of folders of this machine. */
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
