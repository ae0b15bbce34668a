import * as z from 'zod';

/** What the report function has to know about the stack; all else is in the config beside the code. */
export const reportEnvironment = z.object({
  RESULTS_BUCKET: z.string(),
  WORKGROUP: z.string(),
  DATABASE: z.string(),
  /** JSON: the text of each placeholder in the config. */
  CONFIG_VALUES: z.string().optional(),
  /** With a sender in the config only. */
  MAIL_CONFIGURATION_SET: z.string().optional(),
  /** With signed links only. */
  LINKS_URL: z.string().optional(),
  LINK_KEY_ID: z.string().optional(),
});
export type ReportEnvironment = z.infer<typeof reportEnvironment>;

/** What the function behind the links has to know. */
export const linksEnvironment = z.object({ RESULTS_BUCKET: z.string(), LINK_KEY_ID: z.string() });
export type LinksEnvironment = z.infer<typeof linksEnvironment>;

/** For the function that partitions a source's logs. ARRIVAL_PREFIX is empty if the whole bucket belongs to the source. */
export const partitionEnvironment = z.object({
  LOG_BUCKET: z.string(),
  ARRIVAL_PREFIX: z.string(),
  PARTITIONED_PREFIX: z.string(),
});
export type PartitionEnvironment = z.infer<typeof partitionEnvironment>;
