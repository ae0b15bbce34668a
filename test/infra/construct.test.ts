import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { App, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { ApplicationLoadBalancer, NetworkLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { EmailIdentity } from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { formatOf } from '../../lib/formats/formats.ts';
import { serdePattern } from '../../lib/formats/pattern.ts';
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

  test('passes the names that only the deployment knows to the function', () => {
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

describe('load balancers', () => {
  const stack = site();
  const vpc = new Vpc(stack, 'Vpc');
  new Logtally(stack, 'Logs', {
    sources: {
      shop: Source.loadBalancer(new ApplicationLoadBalancer(stack, 'Alb', { vpc })),
      game: Source.loadBalancer(new NetworkLoadBalancer(stack, 'Nlb', { vpc }), { prefix: 'nlb/game/' }),
    },
  });
  const template = Template.fromStack(stack);
  const attributes = (type: string): Record<string, unknown> => {
    const [found] = Object.values(
      template.findResources('AWS::ElasticLoadBalancingV2::LoadBalancer', { Properties: { Type: type } }),
    );
    const list: { Key: string; Value: unknown }[] = found?.Properties.LoadBalancerAttributes;
    return Object.fromEntries(list.map(({ Key, Value }) => [Key, Value]));
  };

  test.each([
    ['application', 'shop'],
    ['network', 'nlb/game'],
  ])('of the kind %s write their logs below the prefix %s', (type, prefix) => {
    expect(attributes(type)).toMatchObject({
      'access_logs.s3.enabled': 'true',
      'access_logs.s3.bucket': { Ref: expect.stringMatching(/^LogsAccessLogs/) },
      'access_logs.s3.prefix': prefix,
    });
  });

  test('may write there, and their logs are read with the account and Region of the stack', () => {
    const policies = JSON.stringify(template.findResources('AWS::S3::BucketPolicy'));
    for (const prefix of ['shop', 'nlb/game']) expect(policies).toContain(`/${prefix}/AWSLogs/111122223333/*`);
    for (const [name, serde] of [
      ['raw_shop', 'alb'],
      ['raw_game', 'nlb'],
    ] as const) {
      const [table] = Object.values(
        template.findResources('AWS::Glue::Table', { Properties: { TableInput: { Name: name } } }),
      );
      const { Parameters, StorageDescriptor } = table?.Properties.TableInput ?? {};
      expect(Parameters['projection.account.values']).toBe('111122223333');
      expect(Parameters['projection.region.values']).toBe('eu-west-1');
      expect(StorageDescriptor.SerdeInfo.Parameters['input.regex']).toBe(serdePattern(formatOf(serde)));
    }
  });
});

describe('options', () => {
  const stack = site();
  const key = new Key(stack, 'Key');
  const logKey = new Key(stack, 'LogKey');
  new Logtally(stack, 'Logs', {
    sources: {
      app: Source.logs(new Bucket(stack, 'AppLogs', { encryptionKey: logKey }), { layout: 'dated', format: 'json' }),
    },
    ...{ recipients, mail, encryptionKey: key },
    ...{ lake_days: 800, results_days: 100, log_days: 30, links_concurrency: 3, first_report: false },
  });
  const template = Template.fromStack(stack);
  const keyArn = (id: string) => ({ 'Fn::GetAtt': [Match.stringLikeRegexp(`^${id}`), 'Arn'] });

  test('encryptionKey encrypts the results, those of Athena and the alarms', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            BucketKeyEnabled: true,
            ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn('Key') },
          },
        ],
      },
      LifecycleConfiguration: Match.anyValue(),
    });
    template.hasResourceProperties('AWS::Athena::WorkGroup', {
      WorkGroupConfiguration: {
        ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: 'SSE_KMS', KmsKey: keyArn('Key') } },
      },
    });
    template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: keyArn('Key') });
  });

  test('the functions may use the keys: the report reads logs and writes results, links read results', () => {
    const uses = (role: string) =>
      Object.values(template.findResources('AWS::IAM::Policy'))
        .filter(({ Properties }) => Properties.Roles.some(({ Ref }: { Ref: string }) => Ref.startsWith(role)))
        .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
        .filter(({ Action }) => JSON.stringify(Action).includes('kms:'))
        .flatMap(({ Action, Resource }) =>
          [Action].flat().map((action) => `${action} ${Resource['Fn::GetAtt'][0].replace(/[0-9A-F]{8}$/, '')}`),
        )
        .sort();
    expect(uses('LogsReportsReportRole')).toEqual([
      'kms:Decrypt Key',
      'kms:Decrypt LogKey',
      'kms:GenerateDataKey Key',
      'kms:GenerateMac LogsLinksKey',
    ]);
    expect(uses('LogsLinksRole')).toEqual(['kms:Decrypt Key', 'kms:VerifyMac LogsLinksKey']);
  });

  test('lake_days and results_days delete the manifest of a day before its rows, and editions', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: Match.arrayWith([
          Match.objectLike({ Prefix: 'editions/', ExpirationInDays: 100 }),
          Match.objectLike({ Prefix: 'lake/manifests/', ExpirationInDays: 800 }),
          Match.objectLike({ Prefix: 'lake/requests/', ExpirationInDays: 801 }),
          Match.objectLike({ Prefix: 'lake/rejected/', ExpirationInDays: 801 }),
        ]),
      },
    });
  });

  test('log_days, links_concurrency and first_report', () => {
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Description: 'Checks a link from a report mail and redirects to the file',
      ReservedConcurrentExecutions: 3,
    });
    // The schedule of the month only.
    template.resourceCountIs('AWS::Scheduler::Schedule', 1);
  });

  test('links_concurrency: null reserves none', () => {
    const stack = site();
    const logs = Bucket.fromBucketName(stack, 'AppLogs', 'example-app-logs');
    const sources = { app: Source.logs(logs, { layout: 'dated' as const, format: 'json' }) };
    new Logtally(stack, 'Logs', { sources, recipients, mail, links_concurrency: null });
    Template.fromStack(stack).allResourcesProperties('AWS::Lambda::Function', {
      ReservedConcurrentExecutions: Match.absent(),
    });
  });
});

describe('a bucket of another app', () => {
  test('for the results gets no lifecycle rules, and a warning says so', () => {
    const stack = site();
    new Logtally(stack, 'Logs', {
      sources: { app: Source.logs(new Bucket(stack, 'AppLogs'), { layout: 'dated', format: 'json' }) },
      resultsBucket: Bucket.fromBucketName(stack, 'Results', 'example-results'),
    });
    Annotations.fromStack(stack).hasWarning(
      '/Prod/Site/Logs',
      Match.stringLikeRegexp('lifecycle rules as docs/deploy.md says'),
    );
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::S3::Bucket', 1);
    expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).toContain(':s3:::example-results/lake/*');
  });

  test('for the logs of this one gets no policy, and a warning says which statement it needs', () => {
    const stack = site();
    const logBucket = Bucket.fromBucketName(stack, 'Central', 'example-central-logs');
    const web = Source.s3(new Bucket(stack, 'Website'), { logBucket, enableLogging: true });
    new Logtally(stack, 'Logs', { sources: { web } });
    Annotations.fromStack(stack).hasWarning(
      '*',
      Match.stringLikeRegexp('example-central-logs/web/.*|add to its policy: .*logging.s3.amazonaws.com'),
    );
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
