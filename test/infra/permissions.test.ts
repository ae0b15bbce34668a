import { rmSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js';
import { CONFIG, synthesize } from './synthesize.ts';

const { template, folder } = synthesize(CONFIG);
afterAll(() => rmSync(folder, { recursive: true }));

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** A line a statement that policies allow to the role whose logical id begins so. */
function allowed(role: string): string[] {
  return Object.values(template.findResources('AWS::IAM::Policy'))
    .filter(({ Properties }) => Properties.Roles.some(({ Ref }: { Ref: string }) => Ref.startsWith(role)))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as Statement[])
    .map(({ Effect, Action, Resource, Condition }) => {
      const resources = [Resource].flat().map((resource) => named(flattenCfnReference(resource)));
      const condition = Condition ? ` if ${JSON.stringify(Condition)}` : '';
      return `${Effect} ${[Action].flat().join(', ')} on ${resources.join(', ')}${condition}`;
    });
}

/** Logical ids without their hash, and ARNs without partition, Region and account. */
function named(resource: string): string {
  return resource
    .replace(/<(\w+?)[0-9A-F]{8}(\.Arn)?>/g, '<$1>')
    .replace('arn:<AWS::Partition>:', '')
    .replace(':<AWS::Region>:<AWS::AccountId>:', ':');
}

const OWN_LOGS_AND_TRACES = (log: string) => [
  `Allow logs:CreateLogStream, logs:PutLogEvents on <${log}>`,
  'Allow xray:PutTraceSegments, xray:PutTelemetryRecords on *',
];

test('the report function may do this and nothing else', () => {
  expect(allowed('ReportsReportRole').sort()).toEqual(
    [
      ...OWN_LOGS_AND_TRACES('ReportsReportLog'),
      'Allow sqs:SendMessage on <UndeliveredQueue>',
      'Allow lambda:CheckpointDurableExecution, lambda:GetDurableExecutionState on lambda:function:Logtally-report:*',
      'Allow athena:StartQueryExecution, athena:GetQueryExecution, athena:StopQueryExecution on ' +
        'athena:workgroup/<QueriesWorkgroup>',
      'Allow glue:GetDatabase, glue:GetTable, glue:GetPartition, glue:GetPartitions on ' +
        'glue:catalog, glue:database/logtally, glue:table/logtally/*',
      'Allow s3:GetObject, s3:PutObject, s3:DeleteObject, s3:AbortMultipartUpload, s3:ListMultipartUploadParts on ' +
        '<StorageResults>/lake/*, <StorageResults>/editions/*, <StorageResults>/athena/*, <StorageResults>/staging/*',
      'Allow s3:ListBucket, s3:GetBucketLocation, s3:ListBucketMultipartUploads on <StorageResults>',
      'Allow s3:GetObject on s3:::example-logs/s3-access/*',
      'Allow s3:ListBucket on s3:::example-logs if {"StringLike":{"s3:prefix":"s3-access/*"}}',
      'Allow s3:GetBucketLocation on s3:::example-logs',
      // The one source whose raw logs the config lets a report delete.
      'Allow s3:GetObject, s3:DeleteObject on s3:::example-shop-logs/*',
      'Allow s3:ListBucket on s3:::example-shop-logs if {"StringLike":{"s3:prefix":"*"}}',
      'Allow s3:GetBucketLocation on s3:::example-shop-logs',
      'Allow ses:SendRawEmail on ses:identity/*, ses:configuration-set/<MailConfigurationSet> if ' +
        '{"StringEquals":{"ses:FromAddress":"reports@example.com"}}',
      'Allow kms:GenerateMac on <LinksKey>',
    ].sort(),
  );
});

test('the function behind the links may check links and read editions', () => {
  expect(allowed('LinksRole').sort()).toEqual(
    [
      ...OWN_LOGS_AND_TRACES('LinksLog'),
      'Allow kms:VerifyMac on <LinksKey>',
      'Allow s3:GetObject on <StorageResults>/editions/*',
    ].sort(),
  );
});

test('the schedules may invoke the alias and set aside what they could not deliver', () => {
  expect(allowed('SchedulerRole')).toEqual([
    'Allow lambda:InvokeFunction on <ReportsLive>',
    'Allow sqs:SendMessage on <UndeliveredQueue>',
  ]);
});

test('no role has a permission elsewhere', () => {
  const roles = Object.keys(template.findResources('AWS::IAM::Role'));
  expect(roles.map((role) => role.replace(/[0-9A-F]{8}$/, '')).sort()).toEqual([
    'LinksRole',
    'ReportsReportRole',
    expect.stringMatching(/^SchedulerRoleForTarget/),
  ]);
  template.allResourcesProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent(), Policies: Match.absent() });
  template.resourceCountIs('AWS::IAM::Policy', 3);
});

test('anyone with a link may call its function by URL, and no other function', () => {
  const permissions = Object.values(template.findResources('AWS::Lambda::Permission')).map(
    ({ Properties }) => Properties,
  );
  expect(permissions).toEqual([
    expect.objectContaining({ Principal: '*', Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' }),
    expect.objectContaining({ Principal: '*', Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true }),
  ]);
  for (const { FunctionName } of permissions) {
    expect(FunctionName).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^LinksFunction/), 'Arn'] });
  }
});

describe('a report that hashes addresses', () => {
  const hashing = (privacy: string) =>
    CONFIG.replace('by-hand: { schedule: off }', `by-hand: { schedule: off, privacy: { client_ip: hash${privacy} } }`);

  test('lets its function read its secret and no other', () => {
    const { template, folder } = synthesize(hashing(', salt_parameter: /logtally/salt'));
    const statements = JSON.stringify(template.findResources('AWS::IAM::Policy')).match(/"ssm:[^"]*"/g);
    expect(statements).toEqual(['"ssm:GetParameter"']);
    expect(JSON.stringify(template.toJSON())).toContain(':parameter/logtally/salt"');
    rmSync(folder, { recursive: true });
  });

  test('is refused without the name of its secret', () => {
    expect(() => synthesize(hashing(''))).toThrow(/reports\.by-hand\.privacy\.salt_parameter is missing/);
  });
});
