/**
 * What lies where in the bucket that the stack creates. The stack's permissions and life cycles and the functions'
 * stores are built from these names.
 */
export const LAKE_PREFIX = 'lake/';
/** Published editions: the only objects a link can reach. */
export const EDITIONS_PREFIX = 'editions/';
/** Athena's own result files. */
export const ATHENA_PREFIX = 'athena/';
/** What a query unloads before it takes its place in the lake or an edition. */
export const STAGING_PREFIX = 'staging/';
