/**
 * The prefixes of the stack's bucket. The stack's permissions and life-cycle rules and the functions' stores are built from
 * these names.
 */
export const LAKE_PREFIX = 'lake/';
/** Published editions: the only objects that a link can open. */
export const EDITIONS_PREFIX = 'editions/';
/** Athena's own result files. */
export const ATHENA_PREFIX = 'athena/';
/** Files that a query unloads before they are copied into the lake or an edition. */
export const STAGING_PREFIX = 'staging/';
