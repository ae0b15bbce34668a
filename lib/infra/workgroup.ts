import { Stack } from 'aws-cdk-lib';
import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ATHENA_PREFIX } from '../model/bucket-prefixes.ts';

export interface WorkgroupProps {
  name: string;
  results: IBucket;
  encryptionKey?: IKey | undefined;
  scan_gb_per_query: number;
}

/** The Athena workgroup. Callers cannot change where results go, how they are encrypted and how much a query may scan. */
export class Workgroup extends Construct {
  readonly name: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, { name, results, encryptionKey, scan_gb_per_query }: WorkgroupProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const workgroup = new CfnWorkGroup(this, 'Workgroup', {
      name,
      description: 'Access-log reports',
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: Math.round(scan_gb_per_query * 1e9),
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: results.s3UrlForObject(ATHENA_PREFIX),
          expectedBucketOwner: stack.account,
          encryptionConfiguration: encryptionKey
            ? { encryptionOption: 'SSE_KMS', kmsKey: encryptionKey.keyArn }
            : { encryptionOption: 'SSE_S3' },
        },
      },
    });
    this.name = workgroup.ref;
    this.arn = stack.formatArn({ service: 'athena', resource: 'workgroup', resourceName: workgroup.ref });
  }
}
