import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { App, Stack, Stage } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { EmailIdentity } from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Logtally, Source } from '../../lib/infra/index.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A stack of an app, in a stage with another Region. */
function site(): Stack {
  const outdir = mkdtempSync(join(tmpdir(), 'logtally-construct-'));
  folders.push(outdir);
  const stage = new Stage(new App({ outdir }), 'Prod', { env: { account: '111122223333', region: 'eu-west-1' } });
  return new Stack(stage, 'Site');
}

const mail = { from: 'reports@example.com' };
const recipients = ['team@example.com'];

describe('an app of ten lines', () => {
  const stack = site();
  const website = new Bucket(stack, 'Website');
  const cdn = new Distribution(stack, 'Cdn', { defaultBehavior: { origin: new HttpOrigin('example.com') } });
  const logs = new Bucket(stack, 'AppLogs');
  new Logtally(stack, 'Logs', {
    sources: {
      web: Source.s3(website),
      edge: Source.cloudfront(cdn),
      app: Source.logs(logs, { prefix: 'app/', format: 'nginx', layout: 'dated' }),
    },
    recipients,
    mail,
  });
  const template = Template.fromStack(stack);

  test('switches S3 access logs on with keys of the day, and lets S3 write them', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      LoggingConfiguration: {
        DestinationBucketName: { Ref: Match.stringLikeRegexp('^LogsAccessLogs') },
        LogFilePrefix: 'web/',
        TargetObjectKeyFormat: { PartitionedPrefix: { PartitionDateSource: 'EventTime' } },
      },
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: 's3:PutObject', Principal: { Service: 'logging.s3.amazonaws.com' } }),
          Match.objectLike({ Action: 's3:PutObject', Principal: { Service: 'delivery.logs.amazonaws.com' } }),
        ]),
      },
    });
  });

  test('switches CloudFront logs on from any Region', () => {
    const calls = JSON.stringify(template.findResources('Custom::AWS'));
    for (const action of ['PutDeliverySource', 'PutDeliveryDestination', 'CreateDelivery'])
      expect(calls).toContain(action);
    expect(calls).toContain('us-east-1');
  });

  test('reads the logs where they arrive', () => {
    const location = (name: string) =>
      Object.values(template.findResources('AWS::Glue::Table', { Properties: { TableInput: { Name: name } } }))[0]
        ?.Properties.TableInput.StorageDescriptor.Location;
    const below = (bucket: RegExp, path: string) => ({
      'Fn::Join': ['', ['s3://', { Ref: expect.stringMatching(bucket) }, path]],
    });
    expect(location('raw_web')).toEqual(below(/^LogsAccessLogs/, '/web/'));
    expect(location('raw_edge')).toEqual(below(/^LogsAccessLogs/, '/edge/'));
    expect(location('raw_app')).toEqual(below(/^AppLogs/, '/app/'));
  });

  test('tells the function the names that only the deployment knows', () => {
    const [report] = Object.values(template.findResources('AWS::Lambda::Function')).filter(
      ({ Properties }) => Properties.Description === 'Writes access-log reports',
    );
    const values = JSON.stringify(report?.Properties.Environment.Variables.CONFIG_VALUES);
    expect(values).toContain('unresolved-bucket-1');
    expect(values).toMatch(/"Ref":"Website/);
  });
});

describe('what the app has already', () => {
  const stack = site();
  const key = new Key(stack, 'Key');
  const [one, other] = ['One', 'Other'].map(
    (id) =>
      new Logtally(stack, id, {
        sources: {
          app: Source.logs(new Bucket(stack, `${id}Logs`, { encryptionKey: key }), { layout: 'dated', format: 'json' }),
        },
        ...{ recipients, mail: { ...mail, links: 'console' as const } },
        resultsBucket: new Bucket(stack, `${id}Results`),
        alarmTopic: new Topic(stack, `${id}Topic`),
        mailIdentity: EmailIdentity.fromEmailIdentityName(stack, `${id}Identity`, 'example.com'),
      }),
  );
  const template = Template.fromStack(stack);

  test('is used, and nothing of its kind is created', () => {
    template.resourceCountIs('AWS::S3::Bucket', 4);
    template.resourceCountIs('AWS::SNS::Topic', 2);
    template.resourceCountIs('AWS::SES::EmailIdentity', 0);
  });

  test('can serve several in one stack, under names of their own', () => {
    expect(one?.databaseName).not.toBe(other?.databaseName);
    template.resourceCountIs('AWS::Glue::Database', 2);
  });

  test('needs no public URL with links into the console', () => {
    template.resourceCountIs('AWS::Lambda::Url', 0);
  });

  test('may be encrypted: the function may decrypt the logs', () => {
    expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).toContain('kms:Decrypt');
  });
});

describe('mail without links', () => {
  const stack = site();
  new Logtally(stack, 'Logs', {
    sources: { app: Source.logs(new Bucket(stack, 'AppLogs'), { layout: 'dated', format: 'json' }) },
    ...{ recipients, mail: { ...mail, links: 'none' as const } },
  });
  const template = Template.fromStack(stack);

  test('has no public URL, no function behind it and no key to sign with', () => {
    template.resourceCountIs('AWS::Lambda::Url', 0);
    template.resourceCountIs('AWS::Lambda::Permission', 0);
    expect(
      Object.values(template.findResources('AWS::Lambda::Function')).map(({ Properties }) => Properties.Description),
    ).toEqual(['Writes access-log reports']);
    expect(Object.values(template.findResources('AWS::KMS::Key')).map(({ Properties }) => Properties.KeySpec)).toEqual([
      undefined,
    ]);
    const [report] = Object.values(template.findResources('AWS::Lambda::Function'));
    expect(Object.keys(report?.Properties.Environment.Variables)).not.toContain('LINKS_URL');
  });
});

describe('a mistake', () => {
  test('is refused by construct and key', () => {
    const stack = site();
    const props = { sources: { app: Source.logs(new Bucket(stack, 'Logs'), { format: 'ngnix' }) } };
    expect(() => new Logtally(stack, 'Reports', props)).toThrow(
      /Prod\/Site\/Reports: sources\.app\.format: cannot be "ngnix"; did you mean nginx\?/,
    );
  });

  test('of a bucket of another app is refused with the way out', () => {
    const stack = site();
    const website = Bucket.fromBucketName(stack, 'Website', 'example-website');
    expect(() => new Logtally(stack, 'Reports', { sources: { web: Source.s3(website) } })).toThrow(
      /put-bucket-logging/,
    );
  });
});
