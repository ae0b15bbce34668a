import { ArnFormat, type Stack } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Report } from '../config/config.ts';
import { ATHENA_PREFIX, EDITIONS_PREFIX, LAKE_PREFIX, STAGING_PREFIX } from '../model/bucket-prefixes.ts';
import { dayRule, readLocation } from '../sources/layout.ts';
import type { Source } from '../sources/source.ts';
import type { Permission } from './permission.ts';
import type { Workgroup } from './workgroup.ts';

const RESULT_PREFIXES = [LAKE_PREFIX, EDITIONS_PREFIX, ATHENA_PREFIX, STAGING_PREFIX];

/** A durable function stores and reads the steps of its own executions, in all its versions. */
export function durablePermission(stack: Stack, functionName: string): Permission {
  const executions = stack.formatArn({
    service: 'lambda',
    resource: 'function',
    resourceName: `${functionName}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return {
    actions: ['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'],
    resources: [executions],
    wildcard_reason: 'Executions of every version of this one function.',
  };
}

/** Queries in the one workgroup, over the tables of the one database; Athena acts with its caller's permissions. */
export function queryPermissions(stack: Stack, workgroup: Workgroup, database: string): Permission[] {
  const glue = (resource: string, resourceName?: string) =>
    stack.formatArn({ service: 'glue', resource, resourceName });
  return [
    {
      actions: ['athena:StartQueryExecution', 'athena:GetQueryExecution', 'athena:StopQueryExecution'],
      resources: [workgroup.arn],
    },
    {
      actions: ['glue:GetDatabase', 'glue:GetTable', 'glue:GetPartition', 'glue:GetPartitions'],
      resources: [glue('catalog'), glue('database', database), glue('table', `${database}/*`)],
      wildcard_reason: 'Every table of the one database: the raw ones, requests and rejected.',
    },
  ];
}

/** The lake, editions and query results: written, and replaced. */
export function resultPermissions(results: IBucket): Permission[] {
  return [
    {
      actions: [
        's3:GetObject',
        's3:PutObject',
        's3:DeleteObject',
        's3:AbortMultipartUpload',
        's3:ListMultipartUploadParts',
      ],
      resources: RESULT_PREFIXES.map((prefix) => results.arnForObjects(`${prefix}*`)),
      wildcard_reason: 'The function names the objects below these prefixes as it writes them.',
    },
    {
      // Without a condition on the prefix, because S3 would report a missing object as forbidden.
      actions: ['s3:ListBucket', 's3:GetBucketLocation', 's3:ListBucketMultipartUploads'],
      resources: [results.bucketArn],
    },
  ];
}

/**
 * A source's raw logs: read, and deleted only if the configuration allows it. An Error if an object may hold lines of
 * several days: those of a day that no report has read would be deleted, too.
 */
export function rawLogPermissions(stack: Stack, source: Source): Permission[] {
  if (source.remove_original_logs && dayRule(source) === 'event_time') {
    throw new Error(
      `sources.${source.name}.remove_original_logs: in AWS only logs in folders of their own day can be removed, since others may hold lines of a day that was not read; set it to false and let a lifecycle rule of the bucket expire them`,
    );
  }
  const { bucket, prefix } = readLocation(source);
  const bucketArn = stack.formatArn({
    service: 's3',
    region: '',
    account: '',
    resource: bucket,
    arnFormat: ArnFormat.NO_RESOURCE_NAME,
  });
  return [
    {
      actions: source.remove_original_logs ? ['s3:GetObject', 's3:DeleteObject'] : ['s3:GetObject'],
      resources: [`${bucketArn}/${prefix}*`],
      wildcard_reason: `The writer of the raw logs of ${source.name} chooses their names.`,
    },
    {
      actions: ['s3:ListBucket'],
      resources: [bucketArn],
      conditions: { StringLike: { 's3:prefix': `${prefix}*` } },
    },
    // Athena asks where a bucket is before it reads it.
    { actions: ['s3:GetBucketLocation'], resources: [bucketArn] },
    ...keyPermissions(source, 'kms:Decrypt'),
  ];
}

/** Use of the keys that encrypt a source's logs. */
export function keyPermissions({ kms_keys }: Source, ...actions: string[]): Permission[] {
  return kms_keys.length > 0 ? [{ actions, resources: kms_keys }] : [];
}

/** The secrets with which reports hash addresses. An Error if a report hashes and names none. */
export function secretPermissions(stack: Stack, reports: readonly Report[]): Permission[] {
  const parameters = reports
    .filter(({ privacy }) => privacy.client_ip === 'hash')
    .map(({ name, privacy: { salt_parameter } }) => {
      if (salt_parameter !== undefined) return salt_parameter;
      throw new Error(
        `reports.${name}.privacy.salt_parameter is missing; name the SSM parameter that holds the secret of hashes, such as /logtally/salt`,
      );
    });
  if (parameters.length === 0) return [];
  const arn = (name: string) => stack.formatArn({ service: 'ssm', resource: 'parameter', resourceName: name.slice(1) });
  return [{ actions: ['ssm:GetParameter'], resources: [...new Set(parameters)].map(arn) }];
}
