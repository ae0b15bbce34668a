import * as z from 'zod';
import { quote } from './explain.ts';
import { account, email, kmsKey, region, text, whole } from './values.ts';

/** How long CloudWatch can keep logs. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const LOG_DAYS = [
  ...[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
] as const;

/** What a tag may hold. https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
function tagText(least: number, most: number) {
  return z
    .string()
    .refine((text) => text.length >= least && text.length <= most && /^[^\p{Cc}]*$/u.test(text), {
      error: ({ input }) => `${quote(input)} is not a tag; write ${least} to ${most} visible characters on one line`,
    })
    .meta({ minLength: least, maxLength: most });
}

/** What `cdk deploy` creates. */
export const stackSchema = z.strictObject({
  name: text(/^[A-Za-z][A-Za-z0-9-]{0,56}$/, 'a stack name; use a letter, then up to 56 letters, digits or hyphens')
    .default('Logtally')
    .describe('Name of the CloudFormation stack. Default Logtally.'),
  account: account.optional().describe('Account to deploy to. Default: that of the credentials.'),
  region: region.optional().describe('Region to deploy to. Default: that of the credentials.'),
  tags: z.record(tagText(1, 128), tagText(0, 256)).default({}).describe('Tags of all resources in the stack.'),
  termination_protection: z
    .boolean()
    .default(false)
    .describe('Whether CloudFormation refuses to delete the stack. Default false.'),
  database: text(/^[a-z][a-z0-9_]{0,60}$/, 'a database name; use a lower-case letter, then letters, digits or _')
    .optional()
    .describe('Name of the Glue database. Default: the name of the stack in lower case, with _ for hyphens.'),
  results_days: whole(1, 3650).default(400).describe('Days until reports are deleted. Default 400.'),
  lake_days: whole(1, 3650).optional().describe('Days until the parsed requests of a day are deleted. Default: never.'),
  log_days: z
    .literal([...LOG_DAYS])
    .default(90)
    .describe('Days until the logs of the Lambda functions are deleted. Default 90.'),
  alarm_email: email.optional().describe('Address that receives an e-mail on failed runs and on bounced mail.'),
  encryption_key: kmsKey
    .optional()
    .describe(
      'ARN of a KMS key that encrypts the results bucket and the alarm topic. Default: keys of S3 and of the stack.',
    ),
  links_concurrency: whole(1, 1000)
    .nullable()
    .default(10)
    .describe(
      'Lambda concurrency that is reserved for signed links; they cannot use more. Default 10; null reserves none.',
    ),
  first_report: z
    .boolean()
    .default(true)
    .describe('Whether each scheduled report runs once right after the first deployment. Default true.'),
});
