import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ReportEvent } from '../../lambdas/report-request.ts';
import type { Config } from '../config/config.ts';
import { Logtally } from './logtally.ts';

export interface LogtallyStackProps extends StackProps {
  readonly config: Config;
}

/** A stack of Logtally alone, as `logtally.yaml` describes it. */
export class LogtallyStack extends Stack {
  readonly logtally: Logtally;

  constructor(scope: Construct, id: string, { config, ...props }: LogtallyStackProps) {
    super(scope, id, { description: 'Reports on access logs', ...props });
    // CDK lists a function's role among its dependencies although CloudFormation would know.
    this.templateOptions.metadata = { 'cfn-lint': { config: { ignore_checks: ['W3005'] } } };
    // The CDK leaves this id out of logical ids.
    this.logtally = new Logtally(this, 'Default', { config });

    const { resultsBucket, workgroupName, databaseName, reportFunction } = this.logtally;
    new CfnOutput(this, 'ResultsBucket', { value: resultsBucket.bucketName });
    new CfnOutput(this, 'AthenaWorkgroup', { value: workgroupName });
    new CfnOutput(this, 'GlueDatabase', { value: databaseName });
    new CfnOutput(this, 'ReportRole', {
      description: 'Reads the logs; policies of buckets and keys of other accounts have to allow it',
      value: reportFunction.role?.roleArn ?? '',
    });
    const event: ReportEvent = {
      report: Object.keys(config.reports)[0],
      date_range: ['2026-10-01', '2026-10-31'],
      email: config.mail && true,
    };
    new CfnOutput(this, 'RunByHand', {
      description: 'Runs a report of chosen days; the report continues after the command has returned',
      value: [
        `aws lambda invoke --function-name ${reportFunction.functionArn} --invocation-type Event`,
        `--cli-binary-format raw-in-base64-out --payload '${JSON.stringify(event)}' /dev/stdout`,
      ].join(' '),
    });
  }
}
