import { rmSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { CONFIG, synthesize } from './synthesize.ts';

const { template, folder } = synthesize(CONFIG);
afterAll(() => rmSync(folder, { recursive: true }));

describe('the results bucket', () => {
  test('is private, encrypted and outlives the stack', () => {
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      },
    });
  });

  test('is the only one: the raw logs stay in theirs', () => template.resourceCountIs('AWS::S3::Bucket', 1));

  test('takes requests over TLS only', () => {
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 's3:*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ],
      },
    });
  });

  test('keeps the lake, editions for as long as the config says, and nothing temporary', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: [
          { Id: 'athena-results', Prefix: 'athena/', ExpirationInDays: 7, Status: 'Enabled' },
          { Id: 'staging', Prefix: 'staging/', ExpirationInDays: 1, Status: 'Enabled' },
          { Id: 'editions', Prefix: 'editions/', ExpirationInDays: 90, Status: 'Enabled' },
          { Id: 'unfinished-uploads', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' },
        ],
      },
    });
  });
});

describe('the workgroup', () => {
  test('enforces where results go, their encryption and the scan limit', () => {
    template.hasResourceProperties('AWS::Athena::WorkGroup', {
      WorkGroupConfiguration: {
        EnforceWorkGroupConfiguration: true,
        BytesScannedCutoffPerQuery: 50_000_000_000,
        PublishCloudWatchMetricsEnabled: true,
        EngineVersion: { SelectedEngineVersion: 'Athena engine version 3' },
        ResultConfiguration: {
          OutputLocation: { 'Fn::Join': ['', ['s3://', { Ref: Match.stringLikeRegexp('^Storage') }, '/athena/']] },
          EncryptionConfiguration: { EncryptionOption: 'SSE_S3' },
          ExpectedBucketOwner: { Ref: 'AWS::AccountId' },
        },
      },
    });
  });
});

describe('the report function', () => {
  test('is durable for a day, on Node 24 and arm64, and traced', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: 'Logtally-report',
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      Timeout: 900,
      DurableConfig: { ExecutionTimeout: 86_400, RetentionPeriodInDays: 30 },
      TracingConfig: { Mode: 'Active' },
      DeadLetterConfig: { TargetArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Undelivered'), 'Arn'] } },
    });
  });

  test('is invoked by its alias; a failed execution is not started again', () => {
    template.hasResourceProperties('AWS::Lambda::Alias', { Name: 'live' });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', { MaximumRetryAttempts: 0 });
  });

  test('keeps every version that a running report may be pinned to', () => {
    template.hasResource('AWS::Lambda::Version', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test('keeps its logs for three months, as the links do', () => {
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 90 });
  });

  test('knows the stack by its environment', () => {
    const [report] = Object.values(template.findResources('AWS::Lambda::Function')).filter(
      ({ Properties }) => Properties.FunctionName === 'Logtally-report',
    );
    expect(Object.keys(report?.Properties.Environment.Variables).sort()).toEqual([
      'DATABASE',
      'LINKS_URL',
      'LINK_KEY_ID',
      'MAIL_CONFIGURATION_SET',
      'RESULTS_BUCKET',
      'WORKGROUP',
    ]);
  });
});

test('each function has its own code', () => {
  const functions = Object.values(template.findResources('AWS::Lambda::Function'));
  expect(new Set(functions.map(({ Properties }) => Properties.Code.S3Key)).size).toBe(2);
});

describe('the schedules', () => {
  const target = (event: object) => ({
    Arn: { Ref: Match.stringLikeRegexp('^ReportsLive') },
    Input: JSON.stringify({ ...event, scheduled_time: '<aws.scheduler.scheduled-time>' }),
    RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 20 },
    DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Undelivered'), 'Arn'] } },
  });

  test('fire in the time zone of the configuration and pass on the time for which they were due', () => {
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'cron(0 6 3 * ? *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: target({ report: 'website-monthly' }),
    });
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'cron(0 7 ? * TUE *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      Target: target({ report: 'shop-weekly' }),
    });
  });

  test('run each report once when the stack is new, without mail: the sender is not confirmed yet', () => {
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      Description: 'First monthly report website-monthly',
      ScheduleExpression: 'rate(365 days)',
      Target: target({ report: 'website-monthly', email: false }),
    });
  });

  test('leave out a report that runs by hand', () => template.resourceCountIs('AWS::Scheduler::Schedule', 4));
});

describe('mail', () => {
  test('comes from the sender in the config, over TLS', () => {
    template.hasResourceProperties('AWS::SES::EmailIdentity', { EmailIdentity: 'reports@example.com' });
    template.hasResourceProperties('AWS::SES::ConfigurationSet', {
      DeliveryOptions: { TlsPolicy: 'REQUIRE' },
      ReputationOptions: { ReputationMetricsEnabled: true },
    });
  });

  test('that comes back is reported to the operator', () => {
    template.hasResourceProperties('AWS::SES::ConfigurationSetEventDestination', {
      EventDestination: {
        Enabled: true,
        MatchingEventTypes: ['bounce', 'complaint', 'reject'],
        SnsDestination: { TopicARN: { Ref: Match.stringLikeRegexp('^Notices') } },
      },
    });
    template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'ops@example.com' });
  });
});

describe('the alarms', () => {
  test.each([
    ['AWS/Lambda', 'DurableExecutionFailed'],
    ['AWS/Lambda', 'DurableExecutionTimedOut'],
    ['AWS/Lambda', 'Errors'],
    ['AWS/SQS', 'ApproximateNumberOfMessagesVisible'],
  ])('%s %s is reported to the operator at the first occurrence', (Namespace, MetricName) => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace,
      MetricName,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: [{ Ref: Match.stringLikeRegexp('^Notices') }],
    });
  });

  test('may publish to the topic', () => {
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ]),
      },
    });
  });
});

describe('the outputs', () => {
  test('hold the command of a manual run, through the alias and without waiting', () => {
    const { RunByHand } = template.findOutputs('RunByHand');
    const parts: (string | { Ref: string })[] = RunByHand?.Value['Fn::Join'].at(1);
    const alias = Object.keys(template.findResources('AWS::Lambda::Alias'))[0];
    const command = parts.map((part) => (typeof part === 'string' ? part : `<${part.Ref}>`)).join('');
    expect(command).toBe(
      `aws lambda invoke --function-name <${alias}> --invocation-type Event --cli-binary-format raw-in-base64-out ` +
        `--payload '{"report":"website-monthly","date_range":["2026-10-01","2026-10-31"],"email":true}' /dev/stdout`,
    );
  });

  test('name where results are', () => {
    expect(Object.keys(template.findOutputs('*')).sort()).toEqual([
      'AthenaWorkgroup',
      'GlueDatabase',
      'ReportRole',
      'ResultsBucket',
      'RunByHand',
    ]);
  });
});
