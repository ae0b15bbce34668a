import { Annotations } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { AlarmTopic } from './alarm-topic.ts';
import { Alarms } from './alarms.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { DownloadLinks } from './download-links.ts';
import { deployedConfig, type LogtallyConfigProps, type LogtallyProps } from './logtally-props.ts';
import { MailIdentity } from './mail-identity.ts';
import { LogPartitioner } from './partition.ts';
import { ReportFunction } from './report-function.ts';
import { lifecycleRules, ResultsBucket } from './results-bucket.ts';
import { assertSafePatterns } from './safe-patterns.ts';
import { FirstReports, Schedules } from './schedules.ts';
import { Tables } from './tables.ts';
import { Workgroup } from './workgroup.ts';

/**
 * Reports on access logs: everything they need in one AWS account and Region. An app may have several.
 * CloudFormation knows resources by the ids of their constructs, so those of earlier versions stay as they were.
 */
export class Logtally extends Construct {
  /** The lake and the editions. */
  readonly resultsBucket: IBucket;
  readonly alarmTopic: ITopic;
  /** Writes reports; invoke it with an event such as `{ "report": "monthly" }`, asynchronously. */
  readonly reportFunction: IFunction;
  /** Glue database of the raw tables and the lake. */
  readonly databaseName: string;
  readonly workgroupName: string;

  constructor(scope: Construct, id: string, props: LogtallyProps | LogtallyConfigProps) {
    super(scope, id);
    const deployed = deployedConfig(this, props);
    const { config } = deployed;
    const { stack, mail, limits, time_zone } = config;
    assertSafePatterns(config);
    const sources = Object.values(config.sources);
    const reports = Object.values(config.reports);

    const encryptionKey =
      props.encryptionKey ??
      (stack.encryption_key === undefined ? undefined : Key.fromKeyArn(this, 'EncryptionKey', stack.encryption_key));
    const results = props.resultsBucket ?? new ResultsBucket(this, 'Storage', { ...stack, encryptionKey }).bucket;
    if (props.resultsBucket) this.#expire(props.resultsBucket, stack);
    const resultsKey = results.encryptionKey;

    new Tables(this, 'Tables', { database: stack.database, sources, results });
    const workgroup = new Workgroup(this, 'Queries', {
      name: stack.name,
      results,
      encryptionKey: resultsKey,
      scan_gb_per_query: limits.scan_gb_per_query,
    });
    const topic =
      props.alarmTopic ?? new AlarmTopic(this, 'Notices', { email: stack.alarm_email, encryptionKey }).topic;
    const { queue: deadLetters } = new DeadLetterQueue(this, 'Undelivered');
    for (const source of sources.filter(({ layout }) => layout === 'flat')) {
      new LogPartitioner(this, `Filing-${source.name}`, {
        ...{ source, deadLetters, log_days: stack.log_days, encryptionKey: deployed.logKeys[source.name] },
      });
    }
    const exists = mail?.identity === 'existing';
    const identity = mail && new MailIdentity(this, 'Mail', { from: mail.from, exists, topic });
    const links =
      mail?.links === 'signed'
        ? new DownloadLinks(this, 'Links', {
            ...{ results, encryptionKey: resultsKey },
            ...{ log_days: stack.log_days, concurrency: stack.links_concurrency },
          })
        : undefined;
    const report = new ReportFunction(this, 'Reports', {
      ...{ deployed, results, resultsKey, workgroup, deadLetters, identity, links },
    });
    const target = { target: report.live, deadLetters };
    new Schedules(this, 'Schedules', { reports, time_zone, ...target });
    // A sender that was just created is not confirmed yet.
    if (stack.first_report) new FirstReports(this, 'FirstReports', { reports, mail: exists, ...target });
    new Alarms(this, 'Alarms', { topic, deadLetters, report: report.function, links: links?.function });

    this.resultsBucket = results;
    this.alarmTopic = topic;
    this.reportFunction = report.live;
    this.databaseName = stack.database;
    this.workgroupName = workgroup.name;
  }

  /** Adds the lifecycle rules to a bucket of the app. */
  #expire(bucket: IBucket, lifetimes: Parameters<typeof lifecycleRules>[0]): void {
    const rules = lifecycleRules(lifetimes);
    if (bucket instanceof Bucket) for (const rule of rules) bucket.addLifecycleRule(rule);
    else {
      Annotations.of(this).addWarningV2(
        'logtally:results-bucket-lifecycle',
        `the results bucket ${bucket.node.path} is not of this app; give it lifecycle rules as docs/deploy.md says`,
      );
    }
  }
}
