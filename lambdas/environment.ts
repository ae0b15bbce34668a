import * as z from 'zod';

/** What the report function needs to know about the stack; the rest is in the configuration beside its code. */
export const reportEnvironment = z.object({
  RESULTS_BUCKET: z.string(),
  WORKGROUP: z.string(),
  DATABASE: z.string(),
  /** JSON: the text of each placeholder in the config. */
  CONFIG_VALUES: z.string().optional(),
  /** Present if the configuration has a sender. */
  MAIL_CONFIGURATION_SET: z.string().optional(),
  /** Present for signed links. */
  LINKS_URL: z.string().optional(),
  LINK_KEY_ID: z.string().optional(),
});
export type ReportEnvironment = z.infer<typeof reportEnvironment>;

/** What the links function needs to know. */
export const linksEnvironment = z.object({ RESULTS_BUCKET: z.string(), LINK_KEY_ID: z.string() });
export type LinksEnvironment = z.infer<typeof linksEnvironment>;

/** For the function that partitions a source's logs. ARRIVAL_PREFIX is empty if the whole bucket belongs to the source. */
export const partitionEnvironment = z.object({
  LOG_BUCKET: z.string(),
  ARRIVAL_PREFIX: z.string(),
  PARTITIONED_PREFIX: z.string(),
});
export type PartitionEnvironment = z.infer<typeof partitionEnvironment>;
