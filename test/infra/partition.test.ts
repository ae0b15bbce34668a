import { rmSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { synthesize } from './synthesize.ts';

const CONFIG = `
sources:
  cdn: { format: fastly, location: "s3://example-logs/fastly/" }
  edge: { format: cloudfront, location: "s3://example-edge-logs/" }
  shop: { format: fastly, layout: dated, location: "s3://example-logs/shop/" }
reports: { all: { schedule: off } }
`;

const { template, folder } = synthesize(CONFIG);
afterAll(() => rmSync(folder, { recursive: true }));

const json = (resources: object) => JSON.stringify(Object.values(resources));

test('each flat source, and no other, has a rule for the new objects below its location', () => {
  template.resourceCountIs('AWS::Events::Rule', 2);
  const rule = (description: string, bucket: string, key: object) =>
    template.hasResourceProperties('AWS::Events::Rule', {
      Description: description,
      EventPattern: {
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: { bucket: { name: [bucket] }, object: { key: [key] } },
      },
      Targets: [
        Match.objectLike({
          Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Filing.*Arrivals'), 'Arn'] },
          DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Undelivered'), 'Arn'] } },
        }),
      ],
    });
  rule('New logs of cdn', 'example-logs', { prefix: 'fastly/' });
  // Copies within the source's own location would otherwise count as new logs.
  rule('New logs of edge', 'example-edge-logs', { 'anything-but': { prefix: 'logtally-filed/' } });
});

test('the function gets the prefixes to copy from and to', () => {
  template.hasResourceProperties('AWS::Lambda::Function', {
    Timeout: 120,
    MemorySize: 256,
    Environment: {
      Variables: { LOG_BUCKET: 'example-logs', ARRIVAL_PREFIX: 'fastly/', PARTITIONED_PREFIX: 'logtally-filed/cdn/' },
    },
  });
});

describe('an event', () => {
  test('is delivered at most five times, and then goes to the dead-letter queue', () => {
    template.hasResourceProperties('AWS::SQS::Queue', {
      SqsManagedSseEnabled: true,
      VisibilityTimeout: 720,
      RedrivePolicy: {
        maxReceiveCount: 5,
        deadLetterTargetArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Undelivered'), 'Arn'] },
      },
    });
  });

  test('is processed in a small batch, and retried alone if it fails', () => {
    template.resourceCountIs('AWS::Lambda::EventSourceMapping', 2);
    template.allResourcesProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 5 },
    });
  });
});

test('the function may read the logs, write and list copies, and nothing else', () => {
  const [policy] = Object.values(template.findResources('AWS::IAM::Policy')).filter(({ Properties }) =>
    Properties.Roles.some(({ Ref }: { Ref: string }) => Ref.startsWith('FilingcdnFile')),
  );
  const statements: { Action: string | string[]; Resource: unknown; Condition?: unknown }[] =
    policy?.Properties.PolicyDocument.Statement;
  const arn = (path: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:s3:::${path}`]] });
  expect(statements.filter(({ Action }) => JSON.stringify(Action).includes('s3:'))).toEqual([
    { Effect: 'Allow', Action: 's3:GetObject', Resource: arn('example-logs/fastly/*') },
    { Effect: 'Allow', Action: 's3:PutObject', Resource: arn('example-logs/logtally-filed/cdn/*') },
    {
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: arn('example-logs'),
      Condition: { StringLike: { 's3:prefix': ['fastly/*', 'logtally-filed/cdn/*'] } },
    },
  ]);
  const others = statements.flatMap(({ Action }) => Action).filter((action) => !action.startsWith('s3:'));
  expect(new Set(others.map((action) => action.split(':')[0]))).toEqual(new Set(['logs', 'xray', 'sqs']));
});

test('reports read the copies', () => {
  const policies = json(template.findResources('AWS::IAM::Policy'));
  expect(policies).toContain(':s3:::example-edge-logs/logtally-filed/edge/*"');
  expect(policies).toContain(':s3:::example-logs/shop/*"');
});

test('the logs of a source whose folders contain lines of other days cannot be removed', () => {
  const removing = CONFIG.replace('layout: dated', 'layout: dated, remove_original_logs: true');
  expect(() => synthesize(removing)).toThrow(/^sources\.shop\.remove_original_logs: .*let a lifecycle rule/);
});
