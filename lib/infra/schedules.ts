import { Duration, TimeZone } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ReportEvent } from '../../lambdas/report-request.ts';
import type { Report } from '../config/config.ts';
import { scheduleCron } from '../model/schedule.ts';

interface ReportTarget {
  /** The qualified function, which is invoked without waiting for its answer. */
  target: IFunction;
  deadLetters: IQueue;
}

export interface SchedulesProps extends ReportTarget {
  reports: readonly Report[];
  time_zone: string;
}

/** One schedule for each report that has one, in the user's time zone. */
export class Schedules extends Construct {
  constructor(scope: Construct, id: string, { reports, time_zone, ...target }: SchedulesProps) {
    super(scope, id);
    for (const report of reports) {
      if (report.schedule === null) continue;
      new Schedule(this, report.name, {
        description: `${report.frequency} report ${report.name}`,
        schedule: ScheduleExpression.expression(
          scheduleCron(report.frequency, report.schedule),
          TimeZone.of(time_zone),
        ),
        target: invoke(target, { report: report.name }),
      });
    }
  }
}

export interface FirstReportsProps extends ReportTarget {
  reports: readonly Report[];
  /** Whether these runs send mail. */
  mail: boolean;
}

/**
 * Runs each scheduled report once as soon as the stack exists, since a schedule with a rate begins at once. A year later it
 * runs again, finds the edition of its period and changes nothing.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#rate-based
 */
export class FirstReports extends Construct {
  constructor(scope: Construct, id: string, { reports, mail, ...target }: FirstReportsProps) {
    super(scope, id);
    for (const report of reports) {
      if (report.schedule === null) continue;
      new Schedule(this, report.name, {
        description: `First ${report.frequency} report ${report.name}`,
        schedule: ScheduleExpression.rate(Duration.days(365)),
        target: invoke(target, { report: report.name, ...(!mail && { email: false }) }),
      });
    }
  }
}

/** The period follows from the time that was scheduled, however late the event arrives. */
function invoke({ target, deadLetters }: ReportTarget, event: ReportEvent): LambdaInvoke {
  const scheduled: ReportEvent = { ...event, scheduled_time: ContextAttribute.scheduledTime };
  return new LambdaInvoke(target, {
    input: ScheduleTargetInput.fromObject(scheduled),
    maxEventAge: Duration.hours(24),
    retryAttempts: 20,
    deadLetterQueue: deadLetters,
  });
}
