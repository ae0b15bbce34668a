import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { ApplicationLoadBalancer, NetworkLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { Logtally, type LogtallyProps, Source } from '../../lib/infra/index.ts';

const outdir = mkdtempSync(join(tmpdir(), 'logtally-nag-'));
afterAll(() => rmSync(outdir, { recursive: true }));

interface Report {
  pluginReports: { violations: { ruleName: string; violatingConstructs: { constructPath: string }[] }[] }[];
}

/** What cdk-nag finds, as `rule path`. */
function findings(app: App): string[] {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  expect(() => app.synth()).toThrow();
  const report: Report = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8'));
  return report.pluginReports
    .flatMap(({ violations }) => violations)
    .flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    );
}

test('cdk-nag finds nothing in the construct, with every kind of source and both kinds of keys', () => {
  const app = new App({ outdir, context: { '@aws-cdk/core:validationReportJson': true } });
  const stack = new Stack(app, 'Site', { env: { account: '111122223333', region: 'eu-central-1' } });
  const vpc = new Vpc(stack, 'Vpc');
  const key = new Key(stack, 'Key');
  const bucket = (id: string) => new Bucket(stack, id, { encryptionKey: key });
  const sources: LogtallyProps['sources'] = {
    web: Source.s3([new Bucket(stack, 'Website'), new Bucket(stack, 'Downloads')]),
    edge: Source.cloudfront(
      new Distribution(stack, 'Cdn', { defaultBehavior: { origin: new HttpOrigin('example.com') } }),
    ),
    alb: Source.loadBalancer(new ApplicationLoadBalancer(stack, 'Alb', { vpc })),
    nlb: Source.loadBalancer(new NetworkLoadBalancer(stack, 'Nlb', { vpc })),
    app: Source.logs(bucket('AppLogs'), { prefix: 'app/', format: 'nginx', layout: 'dated' }),
    flat: Source.logs(bucket('FlatLogs'), { format: 'fastly', layout: 'flat' }),
  };
  const mail = { recipients: ['team@example.com'], mail: { from: 'reports@example.com' } };
  new Logtally(stack, 'Logs', { sources, ...mail, alarm_email: 'ops@example.com' });
  new Logtally(stack, 'Encrypted', {
    sources: { app: Source.logs(bucket('OtherLogs'), { format: 'json', layout: 'dated' }) },
    encryptionKey: key,
    lake_days: 400,
  });
  const found = findings(app);
  expect(found.filter((one) => / Site\/(Logs|Encrypted)\//.test(one))).toEqual([]);
  // The CDK's own function for calls of the SDK. Without a Region cdk-nag does not see which Node.js it has, either (L1).
  const ofProvider = found.filter((one) => / Site\/AWS[0-9a-f]+/.test(one)).map((one) => one.replace(/[ [].*$/, ''));
  expect(ofProvider).toEqual(['AwsSolutions-IAM4']);
});
