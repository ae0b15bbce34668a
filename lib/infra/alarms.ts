import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export interface AlarmsProps {
  topic: ITopic;
  deadLetters: IQueue;
  report: IFunction;
  /** Present for signed links. */
  links?: IFunction | undefined;
}

const PERIOD = Duration.minutes(5);

/** One alarm for each way in which a report may fail to arrive. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, { topic, deadLetters, report, links }: AlarmsProps) {
    super(scope, id);
    const action = new SnsAction(topic);
    const alarm = (name: string, alarmDescription: string, metric: IMetric) =>
      new Alarm(this, name, {
        alarmDescription,
        metric,
        threshold: 1,
        evaluationPeriods: 1,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      }).addAlarmAction(action);

    alarm('ReportFailed', 'A report failed; its durable execution says why', durable(report, 'DurableExecutionFailed'));
    alarm(
      'ReportTimedOut',
      'Lambda ended a report that took longer than a day',
      durable(report, 'DurableExecutionTimedOut'),
    );
    alarm('ReportErrors', 'The report function ended in an error', report.metricErrors({ period: PERIOD }));
    alarm(
      'Undelivered',
      'An event led to no successful run; it is in the dead-letter queue',
      deadLetters.metricApproximateNumberOfMessagesVisible({ period: PERIOD, statistic: Stats.MAXIMUM }),
    );
    if (links) alarm('LinkErrors', 'A link in a mail could not be opened', links.metricErrors({ period: PERIOD }));
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/durable-monitoring.html */
function durable(report: IFunction, metricName: string): Metric {
  return new Metric({
    namespace: 'AWS/Lambda',
    metricName,
    dimensionsMap: { FunctionName: report.functionName },
    statistic: Stats.SUM,
    period: PERIOD,
  });
}
