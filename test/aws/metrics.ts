import type { Emulator } from './emulator.ts';
import type { Execution } from './executions.ts';

/** What Lambda counts of durable executions: https://docs.aws.amazon.com/lambda/latest/dg/durable-monitoring.html */
const METRICS: Record<string, string> = {
  SUCCEEDED: 'DurableExecutionSucceeded',
  FAILED: 'DurableExecutionFailed',
  TIMED_OUT: 'DurableExecutionTimedOut',
};

/** Counts in CloudWatch how an execution ends, as Lambda does. */
export async function countedIn(emulator: Emulator, name: string, execution: Promise<Execution>): Promise<Execution> {
  const ended = await execution;
  const Dimensions = [{ Name: 'FunctionName', Value: name }];
  const MetricData = [{ MetricName: METRICS[ended.status], Dimensions, Value: 1, Unit: 'Count' }];
  await emulator.json('monitoring', 'GraniteServiceVersion20100801.PutMetricData', {
    Namespace: 'AWS/Lambda',
    MetricData,
  });
  return ended;
}

export interface Alarm {
  AlarmName: string;
  StateValue: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  Namespace: string;
  MetricName: string;
  Dimensions: { Name: string; Value: string }[];
}

/** The deployed alarm on a metric. */
export async function alarmOn(emulator: Emulator, metric: string): Promise<Alarm> {
  const { MetricAlarms } = await emulator.json('monitoring', 'GraniteServiceVersion20100801.DescribeAlarms', {});
  const found = MetricAlarms.find(({ MetricName }: Alarm) => MetricName === metric);
  if (!found) throw new Error(`no alarm is on ${metric}`);
  return found;
}
