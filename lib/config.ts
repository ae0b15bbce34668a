import type { Day, Frequency } from './period.ts';

/** `logtally.yaml`, checked, with every default filled in. Plain JSON; paths are absolute. */
export interface Config {
  /** The file itself, and the folder that its relative paths start from. */
  path: string;
  directory: string;
  /** IANA name; decides when schedules fire and which day is today. */
  time_zone: string;
  sources: Record<string, Source>;
  reports: Record<string, Report>;
  mail?: Mail;
  lake: { folder: string };
  /** Local home of editions. */
  out: string;
  limits: Limits;
  prices: Prices;
  /** A request slower than this counts as slow. */
  slow_ms: number;
  stack: Stack;
}

export interface Source {
  name: string;
  /** Id of a format in lib/formats. */
  format: string;
  /** `s3://bucket/prefix/`, where the raw logs lie in AWS; ends in a slash. */
  location?: string;
  /** The same logs on this machine. */
  folder?: string;
  layout: 'partitioned' | 'flat';
  /** Whether the day in a partitioned key is that of the event or of the delivery. */
  partition_date_source: 'event_time' | 'delivery_time';
  /** The values that partition projection may look for. */
  accounts: string[];
  regions: string[];
  buckets: string[];
  /** First day of the projection. */
  since: Day;
  /** Whether a report may ever delete the raw objects. */
  remove_original_logs: boolean;
}

export interface Report {
  name: string;
  title: string;
  /** Names of sources, at least one. */
  sources: string[];
  frequency: Frequency;
  /** Null when the report runs by hand only. */
  schedule: Schedule | null;
  /** Ids of sections, at least one; `all` is spelt out. */
  sections: string[];
  select_all: boolean;
  remove_meta: boolean;
  /** Whether a scheduled run mails. */
  email: boolean;
  recipients: string[];
}

/** When a report runs: an hour of the local day, some days after the period's last day. */
export interface Schedule {
  hour: number;
  delay_days: number;
}

export interface Mail {
  from: string;
  reply_to: string;
  recipients: string[];
  subject_prefix: string;
  /** How long the links in a mail work. */
  link_days: number;
}

export interface Limits {
  /** DuckDB's memory limit, such as `2GB`. */
  memory: string;
  /** DuckDB's threads; null for as many as the machine has. */
  threads: number | null;
  scan_gb_per_query: number;
  concurrent_queries: number;
  /** How many days after an event its line may still arrive. */
  late_days: number;
}

/** USD. */
export interface Prices {
  athena_per_tb: number;
  /** PUT, COPY, POST and LIST. */
  put_per_1000: number;
  get_per_1000: number;
  transfer_out_per_gb: number;
}

export interface Stack {
  name: string;
  database: string;
  /** How long AWS keeps editions. */
  results_days: number;
  alarm_email?: string;
}
