import type { Format } from '../formats/format.ts';
import type { Frequency } from '../model/period.ts';
import type { Privacy } from '../model/privacy.ts';
import type { Schedule } from '../model/schedule.ts';
import type { Owners } from '../owners/resolver.ts';
import type { Section } from '../sections/section.ts';
import type { Source } from '../sources/source.ts';

/** `logtally.yaml`, checked, with every default filled in. Plain JSON; paths are absolute. */
export interface Config {
  /** The file, and the folder that its relative paths start from. */
  path: string;
  directory: string;
  /** IANA name; of schedules and of "today". */
  time_zone: string;
  /** Formats that the file describes. */
  formats: Format[];
  sources: Record<string, Source>;
  reports: Record<string, Report>;
  /** Teams or customers by name, and the requesters, addresses and folders that belong to them. */
  owners: Owners;
  /** Sections of the user's own, with their SQL: where the config is used, their files need not be. */
  sections: Section[];
  mail?: Mail;
  lake: { folder: string };
  /** Folder of editions on this machine. */
  out: string;
  limits: Limits;
  prices: Prices;
  /** Requests that take longer are slow. */
  slow_ms: number;
  stack: Stack;
}

export interface Report {
  name: string;
  title: string;
  /** Names of sources, at least one. */
  sources: string[];
  frequency: Frequency;
  /** Null if the report runs by hand only. */
  schedule: Schedule | null;
  /** Ids of sections, at least one; for `all` the ids of all. */
  sections: string[];
  select_all: boolean;
  remove_meta: boolean;
  privacy: ReportPrivacy;
  /** Whether a scheduled run mails. */
  email: boolean;
  recipients: string[];
}

export interface ReportPrivacy extends Privacy {
  /** Environment variable that holds the secret of hashes on this machine. */
  salt_env: string;
  /** SSM parameter that holds it in AWS. */
  salt_parameter?: string | undefined;
}

export interface Mail {
  from: string;
  /** Whether the stack verifies the sender in SES, or the account has verified it or its domain. */
  identity: 'create' | 'existing';
  reply_to: string;
  recipients: string[];
  subject_prefix: string;
  /** Links for everyone who has the mail, or into the S3 console. */
  links: 'signed' | 'console' | 'none';
  /** How long signed links work. */
  link_days: number;
}

export interface Limits {
  /** DuckDB's memory limit, such as `2GB`. */
  memory: string;
  /** DuckDB's threads; null for as many as the machine has. */
  threads: number | null;
  scan_gb_per_query: number;
  concurrent_queries: number;
  /** Days after a request in which its line may still arrive. */
  late_days: number;
}

/** USD. */
export interface Prices {
  athena_per_tb: number;
  /** Region of the buckets whose log does not name it. */
  s3_region: string;
  /** PUT, COPY, POST and LIST. This price and those below replace the list prices of every Region. */
  put_per_1000?: number | undefined;
  get_per_1000?: number | undefined;
  transfer_out_per_gb?: number | undefined;
  transfer_to_region_per_gb?: number | undefined;
}

export interface Stack {
  name: string;
  account?: string | undefined;
  region?: string | undefined;
  tags: Record<string, string>;
  termination_protection: boolean;
  database: string;
  /** How long AWS keeps editions. */
  results_days: number;
  /** How long AWS keeps parsed requests; absent: for ever. */
  lake_days?: number | undefined;
  /** How long AWS keeps the logs of the functions. */
  log_days: number;
  alarm_email?: string | undefined;
  /** ARN of a KMS key. */
  encryption_key?: string | undefined;
  /** Null to reserve none. */
  links_concurrency: number | null;
  first_report: boolean;
}
