import * as z from 'zod';
import { FORMATS } from '../formats/formats.ts';
import { customFormatSchema } from '../formats/parse-format.ts';
import { FREQUENCIES } from '../model/period.ts';
import { DELAY_DAYS } from '../model/schedule.ts';
import { allSections } from '../sections/catalogue.ts';
import { loadS3Prices } from '../sections/prices.ts';
import type { Section } from '../sections/section.ts';
import { LAYOUT_IDS } from '../sources/layout.ts';
import { checkLakeDays, checkLayouts, checkMail, checkOrigins, checkSections } from './cross-checks.ts';
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
  memory,
  name,
  number,
  ownPrice,
  path,
  price,
  region,
  sectionId,
  text,
  timeZone,
  title,
  whole,
} from './values.ts';

/** The closed lists that values are checked against. */
export interface KnownNames {
  section_ids: readonly string[];
  /** Empty when they are not known yet; any name passes then. */
  source_names: readonly string[];
  /** Formats that the file itself describes. */
  format_names: readonly string[];
  /** Sections that the file names; absent while they are not known, when a report may name any. */
  own_sections?: readonly Section[];
}

/**
 * All keys of `logtally.yaml`, with the defaults that do not depend on other keys. Editors show the descriptions beside the
 * keys.
 */
export function configSchema(known: KnownNames) {
  const report = reportSchema(known);
  return z
    .strictObject({
      time_zone: timeZone.default('UTC').describe('Time zone (IANA name) of schedules and of "today". Default UTC.'),
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
          customFormatSchema.superRefine(({ title: name }, context) => {
            for (const issue of (name === undefined ? undefined : title.safeParse(name).error?.issues) ?? [])
              context.addIssue({ ...issue, path: ['title'] });
          }),
        )
        .default({})
        .describe('Log formats of your own, by name.'),
      reports: z
        .record(name, report)
        .refine(hasEntries, { error: 'is empty; name at least one report' })
        .describe('Reports to write, by name.'),
      sections: z
        .union([path, list(path)])
        .default([])
        .describe(
          'Section files of your own, relative to this file: a file, all files of a folder as folder/*.sql, or a list of such.',
        ),
      owners: ownersSchema,
      mail: mailSchema.optional().describe('Sender and recipients of mail. Needed for mail from AWS.'),
      lake: z
        .strictObject({
          folder: path
            .default('logtally-out/lake')
            .describe('Folder, relative to this file. Default logtally-out/lake.'),
        })
        .prefault({})
        .describe('The lake on this machine: parsed requests as Parquet, by source and day.'),
      out: path
        .default('logtally-out')
        .describe('Folder of reports on this machine, relative to this file. Default logtally-out.'),
      limits: limitsSchema.prefault({}).describe('Limits of a run.'),
      prices: pricesSchema
        .prefault({})
        .describe('Prices of AWS in USD. Those of S3 are the list prices of each Region where they are left out.'),
      slow_ms: number(0.001, 86_400_000)
        .default(1000)
        .describe('Requests that take longer are slow, in milliseconds. Default 1000.'),
      stack: stackSchema.prefault({}).describe('The stack that `cdk deploy` creates.'),
    })
    .superRefine(checkMail)
    .superRefine(checkLakeDays)
    .superRefine(checkLayouts)
    .superRefine(checkOrigins)
    .superRefine((config, context) => checkSections(config, allSections(known.own_sections ?? []), context));
}

/** The JSON schema with which editors complete and check `logtally.yaml`; most of them know draft 7. */
export function editorSchema(section_ids: readonly string[]): object {
  return z.toJSONSchema(configSchema({ section_ids, source_names: [], format_names: [] }), {
    target: 'draft-7',
    io: 'input',
  });
}

function sourceSchema({ format_names, source_names }: KnownNames) {
  const source: z.ZodType<string> = source_names.length > 0 ? z.enum(source_names) : name;
  return z.strictObject({
    format: z
      .enum([...FORMATS.map(({ id }) => id), ...format_names])
      .default('s3-access')
      .describe('Log format. Default s3-access.'),
    location: location
      .optional()
      .describe('Location of the raw logs in S3: s3://bucket/prefix/. Needed to deploy and to sync.'),
    folder: path
      .optional()
      .describe('Folder of the logs on this machine, relative to this file. Read unless --input is given.'),
    layout: z
      .enum(LAYOUT_IDS)
      .optional()
      .describe(
        'Folders below the location: account/region/bucket/YYYY/MM/DD (partitioned, the default of s3-access), AWSLogs/account/elasticloadbalancing/region/YYYY/MM/DD (load-balancer, the default of alb, nlb and elb), YYYY/MM/DD (dated), year=YYYY/month=MM/day=DD (hive), or none (flat, the default of all others).',
      ),
    partition_date_source: z
      .enum(['event_time', 'delivery_time'])
      .default('event_time')
      .describe(
        'Whether the day in keys of the layout partitioned is that of the request or of the delivery. Default event_time.',
      ),
    accounts: list(account).default([]).describe('Accounts in the folders below the location.'),
    regions: list(region).default([]).describe('Regions in the folders below the location.'),
    buckets: list(text(/^[A-Za-z0-9][\w.-]{1,254}$/, 'a bucket name; write the name alone, without s3:// or slashes'))
      .default([])
      .describe('Logged buckets in the folders below the location.'),
    since: day.default('2020-01-01').describe('First day that has logs, YYYY-MM-DD. Default 2020-01-01.'),
    remove_original_logs: z
      .boolean()
      .default(false)
      .describe('Whether reports are allowed to delete raw logs; a run must be asked to as well. Default false.'),
    kms_keys: list(kmsKey)
      .default([])
      .describe(
        'ARNs of the KMS keys that encrypt the logs. Their key policies must let IAM policies of the account grant access.',
      ),
    origin_of: source
      .optional()
      .describe(
        'Source whose CDN asks this one. Requests that came through it are counted once, in sections that read both.',
      ),
  });
}

function reportSchema({ section_ids, source_names, own_sections }: KnownNames) {
  const section: z.ZodType<string> = own_sections ? z.enum(section_ids) : z.union([z.enum(section_ids), sectionId]);
  const source: z.ZodType<string> = source_names.length > 0 ? z.enum(source_names) : name;
  return z
    .strictObject({
      title: title.optional().describe('Heading of the report. Default: its name.'),
      sources: list(source).min(1).optional().describe('Sources of the report. Default: all.'),
      frequency: z
        .enum(FREQUENCIES)
        .default('monthly')
        .describe('Period of the report, always the last complete one: weekly, monthly (default) or quarterly.'),
      schedule: z
        .union([z.literal('off'), scheduleSchema], {
          error: ({ input }) => `cannot be ${quote(input)}; write off, or an hour and delay_days`,
        })
        .prefault({})
        .describe('When the stack writes it, or off to run it by hand only.'),
      sections: z
        .union([z.literal('all'), list(section).min(1)], {
          error: ({ input }) => `cannot be ${quote(input)}; write all, or a list of ${section_ids.join(', ')}`,
        })
        .default('all')
        .describe('all (default), or a list of sections.'),
      select_all: z
        .boolean()
        .default(false)
        .describe('Whether to write every request of the period as well. Default false.'),
      remove_meta: z
        .boolean()
        .default(true)
        .describe('Whether to delete the result files of the query engine afterwards. Default true.'),
      privacy: privacySchema,
      email: z
        .boolean()
        .optional()
        .describe('Whether the scheduled report is mailed. Default: true if there is a mail key.'),
      recipients: list(email).max(50).optional().describe('Recipients of the mail. Default: mail.recipients.'),
    })
    .superRefine(({ frequency, schedule }, context) => {
      const { longest } = DELAY_DAYS[frequency];
      if (schedule === 'off' || (schedule.delay_days ?? 0) <= longest) return;
      const message = `must be at most ${longest} for a ${frequency} report, not ${schedule.delay_days}`;
      context.addIssue({ code: 'custom', path: ['schedule', 'delay_days'], message });
    });
}

const scheduleSchema = z.strictObject({
  hour: whole(0, 23).default(6).describe('Hour of the day in time_zone. Default 6.'),
  delay_days: whole(1, 28)
    .optional()
    .describe('Days after the last day of the period, so that late lines have arrived. Default 2 if weekly, else 3.'),
});

/** Memory of the program on this machine, if the configuration names none. */
export const DEFAULT_MEMORY = '2GB';

/** Start of a mail's subject. */
export const DEFAULT_SUBJECT_PREFIX = '[Logtally]';

const mailSchema = z.strictObject({
  from: email.describe('Sender of reports.'),
  identity: z
    .enum(['create', 'existing'])
    .default('create')
    .describe(
      'Identity of the sender in SES: create verifies the address (default); existing uses an address or a domain that the account has verified in the Region.',
    ),
  reply_to: email.optional().describe('Address for replies. Default: from.'),
  recipients: list(email).max(50).default([]).describe('Recipients of every report that lists none.'),
  subject_prefix: title
    .default(DEFAULT_SUBJECT_PREFIX)
    .describe(`Start of every subject. Default ${DEFAULT_SUBJECT_PREFIX}.`),
  links: z
    .enum(['signed', 'console', 'none'])
    .default('signed')
    .describe(
      'Links in mail from AWS: signed ones work for everyone who has the mail (default); console ones open the S3 console for readers who can sign in, and need no public URL; with none, the page is attached instead.',
    ),
  link_days: whole(1, 365).default(30).describe('How many days signed links work. Default 30.'),
});

/** More than any machine gains from. */
const MOST_THREADS = 256;

const limitsSchema = z.strictObject({
  memory: memory
    .default(DEFAULT_MEMORY)
    .describe(
      'Approximate memory of the program on this machine; queries that need more use the disk. Default 2GB; less than 1GB is exceeded.',
    ),
  threads: whole(1, MOST_THREADS)
    .nullable()
    .default(null)
    .describe(
      'Threads for queries on this machine. Default: as many as it has. Fewer are used if the memory is short.',
    ),
  scan_gb_per_query: number(0.01, 1_000_000)
    .default(100)
    .describe('GB after which Athena stops a query. Default 100; at least 0.01.'),
  concurrent_queries: whole(1, 100).default(5).describe('Queries that run at the same time. Default 5.'),
  late_days: whole(0, 30).default(2).describe('Days after a request in which its line may still arrive. Default 2.'),
});

const pricesSchema = z.strictObject({
  athena_per_tb: price(5).describe('1 TB scanned by Athena. Default 5.00.'),
  s3_region: z
    .enum(Object.keys(loadS3Prices().regions) as [string, ...string[]])
    .default('us-east-1')
    .describe('Region of the buckets whose log does not name it. Default us-east-1.'),
  put_per_1000: ownPrice('1,000 PUT, COPY, POST or LIST requests'),
  get_per_1000: ownPrice('1,000 GET and all other requests'),
  transfer_out_per_gb: ownPrice('1 GB from S3 to the internet'),
  transfer_to_region_per_gb: ownPrice('1 GB from S3 to another Region'),
});

function hasEntries(record: object): boolean {
  return Object.keys(record).length > 0;
}
