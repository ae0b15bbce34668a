import { Duration, TimeZone } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ReportEvent } from '../../lambdas/report-request.ts';
import type { Report } from '../config/config.ts';
import { scheduleCron } from '../model/schedule.ts';

export interface SchedulesProps {
  reports: readonly Report[];
  time_zone: string;
  /** The qualified function, which is invoked without waiting for its answer. */
  target: IFunction;
  undelivered: IQueue;
}

/** One schedule a report that has one, in the user's time zone. */
export class Schedules extends Construct {
  constructor(scope: Construct, id: string, { reports, time_zone, target, undelivered }: SchedulesProps) {
    super(scope, id);
    for (const report of reports) {
      if (report.schedule === null) continue;
      // The period follows from the time that was meant, however late the event comes.
      const event: ReportEvent = { report: report.name, scheduled_time: ContextAttribute.scheduledTime };
      new Schedule(this, report.name, {
        description: `${report.frequency} report ${report.name}`,
        schedule: ScheduleExpression.expression(
          scheduleCron(report.frequency, report.schedule),
          TimeZone.of(time_zone),
        ),
        target: new LambdaInvoke(target, {
          input: ScheduleTargetInput.fromObject(event),
          maxEventAge: Duration.hours(24),
          retryAttempts: 20,
          deadLetterQueue: undelivered,
        }),
      });
    }
  }
}
