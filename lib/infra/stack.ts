import { type App, CfnOutput, Stack } from 'aws-cdk-lib';
import type { ReportEvent } from '../../lambdas/report-request.ts';
import type { Config } from '../config/config.ts';
import { Alarms } from './alarms.ts';
import { Links } from './links.ts';
import { MailIdentity } from './mail-identity.ts';
import { Notices } from './notices.ts';
import { LogPartitioner } from './partition.ts';
import { ReportFunction } from './report-function.ts';
import { refuseRunaways } from './safe-patterns.ts';
import { Schedules } from './schedules.ts';
import { Storage } from './storage.ts';
import { Tables } from './tables.ts';
import { Undelivered } from './undelivered.ts';
import { Workgroup } from './workgroup.ts';

/** Everything a config needs in one AWS account and Region. The raw logs' buckets are only named, never made. */
export class LogtallyStack extends Stack {
  constructor(app: App, config: Config) {
    super(app, config.stack.name, { description: 'Reports on access logs' });
    refuseRunaways(config);
    // CDK lists a function's role among its dependencies although CloudFormation would know.
    this.templateOptions.metadata = { 'cfn-lint': { config: { ignore_checks: ['W3005'] } } };
    const sources = Object.values(config.sources);
    const reports = Object.values(config.reports);

    const { bucket: results } = new Storage(this, 'Storage', config.stack);
    new Tables(this, 'Tables', { database: config.stack.database, sources, results });
    const workgroup = new Workgroup(this, 'Queries', {
      name: config.stack.name,
      results,
      scan_gb_per_query: config.limits.scan_gb_per_query,
    });
    const { topic } = new Notices(this, 'Notices', { email: config.stack.alarm_email });
    const { queue: undelivered } = new Undelivered(this, 'Undelivered');
    for (const source of sources.filter(({ layout }) => layout === 'flat')) {
      new LogPartitioner(this, `Filing-${source.name}`, { source, undelivered });
    }
    const mail = config.mail && {
      identity: new MailIdentity(this, 'Mail', { from: config.mail.from, topic }),
      links: new Links(this, 'Links', { results }),
    };
    const report = new ReportFunction(this, 'Reports', { config, results, workgroup, undelivered, mail });
    new Schedules(this, 'Schedules', { reports, time_zone: config.time_zone, target: report.live, undelivered });
    new Alarms(this, 'Alarms', { topic, undelivered, report: report.function, links: mail?.links.function });

    new CfnOutput(this, 'ResultsBucket', { value: results.bucketName });
    new CfnOutput(this, 'AthenaWorkgroup', { value: workgroup.name });
    new CfnOutput(this, 'GlueDatabase', { value: config.stack.database });
    const event: ReportEvent = {
      report: reports[0]?.name,
      date_range: ['2026-10-01', '2026-10-31'],
      email: config.mail && true,
    };
    new CfnOutput(this, 'RunByHand', {
      description: 'Runs a report of chosen days; it goes on after the command has returned',
      value: [
        `aws lambda invoke --function-name ${report.live.functionArn} --invocation-type Event`,
        `--cli-binary-format raw-in-base64-out --payload '${JSON.stringify(event)}' /dev/stdout`,
      ].join(' '),
    });
  }
}
