import * as z from 'zod';

/** What the stack tells the report function about itself; all else stands in the config beside the code. */
export const reportEnvironment = z.object({
  RESULTS_BUCKET: z.string(),
  WORKGROUP: z.string(),
  DATABASE: z.string(),
  /** With a sender in the config only. */
  MAIL_CONFIGURATION_SET: z.string().optional(),
  LINKS_URL: z.string().optional(),
  LINK_KEY_ID: z.string().optional(),
});
export type ReportEnvironment = z.infer<typeof reportEnvironment>;

/** What the stack tells the function behind the links. */
export const linksEnvironment = z.object({ RESULTS_BUCKET: z.string(), LINK_KEY_ID: z.string() });
export type LinksEnvironment = z.infer<typeof linksEnvironment>;

/** For the function that partitions a source's logs. ARRIVAL_PREFIX is empty if the whole bucket belongs to the source. */
export const partitionEnvironment = z.object({
  LOG_BUCKET: z.string(),
  ARRIVAL_PREFIX: z.string(),
  PARTITIONED_PREFIX: z.string(),
});
export type PartitionEnvironment = z.infer<typeof partitionEnvironment>;
