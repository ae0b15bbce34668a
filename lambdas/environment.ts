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

/** What the stack tells the function that files a source's logs; the prefix is empty when the whole bucket is theirs. */
export const filingEnvironment = z.object({ LOG_BUCKET: z.string(), LOG_PREFIX: z.string(), FILED_PREFIX: z.string() });
export type FilingEnvironment = z.infer<typeof filingEnvironment>;
