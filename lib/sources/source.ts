import type { Format } from '../formats/format.ts';
import type { Day } from '../model/period.ts';
import type { LayoutId } from './layout.ts';

/** A place where logs are stored, as the config describes it. */
export interface Source {
  name: string;
  /** Id of a built-in format, or of one that the file describes. */
  format: string;
  definition: Format;
  /** `s3://bucket/prefix/` of the raw logs in AWS; ends in a slash. */
  location?: string;
  /** The same logs on this machine. */
  folder?: string;
  layout: LayoutId;
  /** Whether the day in a partitioned key is that of the event or of the delivery. */
  partition_date_source: 'event_time' | 'delivery_time';
  /** Values of folders in the keys, for partition projection. */
  accounts: string[];
  regions: string[];
  buckets: string[];
  /** First day of the projection. */
  since: Day;
  /** Whether a report may ever delete the raw objects. */
  remove_original_logs: boolean;
  /** ARNs of the KMS keys that encrypt the logs in AWS. */
  kms_keys: string[];
  /** The source whose CDN asks this one: its requests are in that log as well. */
  origin_of?: string | undefined;
}
