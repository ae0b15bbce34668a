import * as z from 'zod';
import { FORMATS } from '../formats/formats.ts';
import { customFormatSchema } from '../formats/parse-format.ts';
import { FREQUENCIES } from '../model/period.ts';
import { DELAY_DAYS } from '../model/schedule.ts';
import { LAYOUT_IDS } from '../sources/layout.ts';
import { checkLakeDays, checkLayouts, checkMail, checkSections } from './cross-checks.ts';
import { quote } from './explain.ts';
import { ownersSchema } from './owners-schema.ts';
import { privacySchema } from './privacy-schema.ts';
import { stackSchema } from './stack-schema.ts';
import {
  account,
  day,
  email,
  kmsKey,
  list,
  location,
  name,
  path,
  price,
  region,
  text,
  timeZone,
  title,
} from './values.ts';

/** The closed lists that values are checked against. */
export interface KnownNames {
  section_ids: readonly string[];
  /** Empty when they are not known yet; any name passes then. */
  source_names: readonly string[];
  /** Formats that the file itself describes. */
  format_names: readonly string[];
}

/**
 * Everything that `logtally.yaml` may say, with the defaults that depend on nothing else. The descriptions are what
 * editors show beside a key.
 */
export function configSchema(known: KnownNames) {
  const report = reportSchema(known);
  return z
    .strictObject({
      time_zone: timeZone
        .default('UTC')
        .describe('Time zone (IANA name) in which schedules fire and which decides what day is today. Default UTC.'),
      sources: z
        .record(name, sourceSchema(known))
        .refine(hasEntries, { error: 'is empty; name at least one source' })
        .describe('Logs to read, by name.'),
      formats: z
        .record(
          name.refine(
            (id) => FORMATS.every((format) => format.id !== id),
            'is the name of a built-in format; choose another',
          ),
          customFormatSchema,
        )
        .default({})
        .describe('Log formats of your own, by name.'),
      reports: z
        .record(name, report)
        .refine(hasEntries, { error: 'is empty; name at least one report' })
        .describe('Reports to write, by name.'),
      owners: ownersSchema,
      mail: mailSchema.optional().describe('Who reports are mailed from and to. Needed for mail in AWS.'),
      lake: z
        .strictObject({ folder: path.default('logtally-out/lake').describe('Relative to this file.') })
        .prefault({})
        .describe('Local home of the lake: the parsed requests as Parquet, by source and day.'),
      out: path.default('logtally-out').describe('Local home of editions, relative to this file.'),
      limits: limitsSchema.prefault({}).describe('What a run may use.'),
      prices: pricesSchema.prefault({}).describe("AWS's prices in USD. The defaults are those of us-east-1."),
      slow_ms: z.number().positive().default(1000).describe('A request slower than this many ms counts as slow.'),
      stack: stackSchema.prefault({}).describe('The stack that `cdk deploy` creates.'),
    })
    .superRefine(checkMail)
    .superRefine(checkLakeDays)
    .superRefine(checkLayouts)
    .superRefine(checkSections);
}

/** The JSON schema from which editors complete and check `logtally.yaml`; draft 7 is what they know. */
export function editorSchema(section_ids: readonly string[]): object {
  return z.toJSONSchema(configSchema({ section_ids, source_names: [], format_names: [] }), {
    target: 'draft-7',
    io: 'input',
  });
}

function sourceSchema({ format_names }: KnownNames) {
  return z.strictObject({
    format: z
      .enum([...FORMATS.map(({ id }) => id), ...format_names])
      .default('s3-access')
      .describe('Log format. Default s3-access.'),
    location: location.optional().describe('Where the raw logs lie in AWS: s3://bucket/prefix/. Needed to deploy.'),
    folder: path
      .optional()
      .describe('The same logs on this machine, relative to this file. Read when no --input is given.'),
    layout: z
      .enum(LAYOUT_IDS)
      .optional()
      .describe(
        'Folders below the location: account/region/bucket/YYYY/MM/DD (partitioned, the default of s3-access), AWSLogs/account/elasticloadbalancing/region/YYYY/MM/DD (load-balancer, the default of their formats), YYYY/MM/DD (dated), year=YYYY/month=MM/day=DD (hive), or none (flat, the default of all others).',
      ),
    partition_date_source: z
      .enum(['event_time', 'delivery_time'])
      .default('event_time')
      .describe('Whose day a key of the layout partitioned holds. Default event_time.'),
    accounts: list(account).default([]).describe('Accounts whose logs lie there; with location.'),
    regions: list(region).default([]).describe('Regions of the logged buckets; with location.'),
    buckets: list(text(/^[A-Za-z0-9][\w.-]{1,254}$/, 'a bucket name; write the name alone, without s3:// or slashes'))
      .default([])
      .describe('The logged buckets; with location.'),
    since: day.default('2020-01-01').describe('First day to look for, YYYY-MM-DD. Default 2020-01-01.'),
    remove_original_logs: z
      .boolean()
      .default(false)
      .describe('Whether a report may ever delete the raw logs. Default false.'),
    kms_keys: list(kmsKey)
      .default([])
      .describe(
        'KMS keys that encrypt the logs in AWS; with location. Their policies must let IAM of the account allow it.',
      ),
  });
}

function reportSchema({ section_ids, source_names }: KnownNames) {
  const source: z.ZodType<string> = source_names.length > 0 ? z.enum(source_names) : name;
  return z
    .strictObject({
      title: title.optional().describe('Heading of the report. Default: its name.'),
      sources: list(source).min(1).optional().describe('Names of the sources it reads. Default: all.'),
      frequency: z.enum(FREQUENCIES).default('monthly').describe('weekly, monthly (default) or quarterly.'),
      schedule: z
        .union([z.literal('off'), scheduleSchema], {
          error: ({ input }) => `cannot be ${quote(input)}; write off, or an hour and delay_days`,
        })
        .prefault({})
        .describe('When it runs by itself, or off to run it by hand only.'),
      sections: z
        .union([z.literal('all'), list(z.enum(section_ids)).min(1)], {
          error: ({ input }) => `cannot be ${quote(input)}; write all, or a list of ${section_ids.join(', ')}`,
        })
        .default('all')
        .describe('all (default), or a list of sections.'),
      select_all: z
        .boolean()
        .default(false)
        .describe('Whether to write every request of the period too. Default false.'),
      remove_meta: z
        .boolean()
        .default(true)
        .describe("Whether to delete the query engine's own result files afterwards. Default true."),
      privacy: privacySchema,
      email: z.boolean().optional().describe('Whether a scheduled run mails. Default: true when there is a mail key.'),
      recipients: list(email).max(50).optional().describe('Who gets the mail. Default: mail.recipients.'),
    })
    .superRefine(({ frequency, schedule }, context) => {
      const { longest } = DELAY_DAYS[frequency];
      if (schedule === 'off' || (schedule.delay_days ?? 0) <= longest) return;
      const message = `must be at most ${longest} for a ${frequency} report, not ${schedule.delay_days}`;
      context.addIssue({ code: 'custom', path: ['schedule', 'delay_days'], message });
    });
}

const scheduleSchema = z.strictObject({
  hour: z.int().min(0).max(23).default(6).describe('Hour of the local day. Default 6.'),
  delay_days: z
    .int()
    .min(1)
    .max(28)
    .optional()
    .describe("Days after the period's last day, for late lines to come in. Default 2 when weekly, 3 otherwise."),
});

/** Start of a mail's subject. */
export const DEFAULT_SUBJECT_PREFIX = '[Logtally]';

const mailSchema = z.strictObject({
  from: email.describe('Address that reports are mailed from.'),
  identity: z
    .enum(['create', 'existing'])
    .default('create')
    .describe(
      'The sender in SES: create verifies the address (default); existing uses an address or a domain that the account has verified in the Region.',
    ),
  reply_to: email.optional().describe('Where answers go. Default: from.'),
  recipients: list(email).max(50).default([]).describe('Who gets every report that names nobody itself.'),
  subject_prefix: title
    .default(DEFAULT_SUBJECT_PREFIX)
    .describe(`Start of every subject. Default ${DEFAULT_SUBJECT_PREFIX}.`),
  links: z
    .enum(['signed', 'console'])
    .default('signed')
    .describe(
      'Links in a mail that AWS sends: signed work for everyone who has the mail (default); console lead to the S3 console, for readers who may sign in, and need no public URL.',
    ),
  link_days: z.int().min(1).max(365).default(30).describe('How many days signed links work. Default 30.'),
});

const limitsSchema = z.strictObject({
  memory: text(/^\d+(\.\d+)? ?[KMGT]i?B$/, 'a size; write it like 2GB')
    .default('2GB')
    .describe(
      'About what the program may take on this machine; beyond it queries use the disk. Default 2GB; with less than 1GB it takes more.',
    ),
  threads: z
    .int()
    .min(1)
    .nullable()
    .default(null)
    .describe("Threads for queries on this machine. Default: the machine's."),
  scan_gb_per_query: z
    .number()
    .min(0.01)
    .default(100)
    .describe('GB after which Athena stops a query. Default 100; at least 0.01.'),
  concurrent_queries: z.int().min(1).max(100).default(5).describe('Queries that run at the same time. Default 5.'),
  late_days: z.int().min(0).max(30).default(2).describe('Days after an event in which its line may arrive. Default 2.'),
});

const pricesSchema = z.strictObject({
  athena_per_tb: price(5).describe('1 TB scanned by Athena. Default 5.00.'),
  put_per_1000: price(0.005).describe('1,000 PUT, COPY, POST or LIST requests. Default 0.005.'),
  get_per_1000: price(0.0004).describe('1,000 GET and all other requests. Default 0.0004.'),
  transfer_out_per_gb: price(0.09).describe('1 GB to the internet. Default 0.09.'),
});

function hasEntries(record: object): boolean {
  return Object.keys(record).length > 0;
}
