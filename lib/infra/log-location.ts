import type { Source } from '../config.ts';
import { type S3Location, s3Location } from '../store/s3-location.ts';

/**
 * Where a source's raw logs lie. Refuses a source that Athena could not project: without a location, or with keys that
 * have no date folders.
 */
export function logLocation(source: Source): S3Location {
  const { bucket, prefix } = s3Location(source);
  if (source.layout === 'flat') throw new Error(flatLayout(source.name, bucket, prefix));
  if (source.partition_date_source === 'delivery_time') throw new Error(deliveryTime(source.name, bucket, prefix));
  return { bucket, prefix };
}

function flatLayout(name: string, bucket: string, prefix: string): string {
  return [
    `sources.${name}.layout is flat: keys without a folder a day would make Athena read every log for every report.`,
    'Switch every logged bucket to date-based keys, then set layout to partitioned:',
    switchCommand(bucket, prefix),
  ].join('\n');
}

function deliveryTime(name: string, bucket: string, prefix: string): string {
  return [
    `sources.${name}.partition_date_source is delivery_time: a day's folder would miss what is delivered later.`,
    "Switch every logged bucket to the event's day, then set partition_date_source to event_time:",
    switchCommand(bucket, prefix),
  ].join('\n');
}

function switchCommand(bucket: string, prefix: string): string {
  const status = {
    LoggingEnabled: {
      TargetBucket: bucket,
      TargetPrefix: prefix,
      TargetObjectKeyFormat: { PartitionedPrefix: { PartitionDateSource: 'EventTime' } },
    },
  };
  return `  aws s3api put-bucket-logging --bucket LOGGED-BUCKET --bucket-logging-status '${JSON.stringify(status)}'`;
}
