/**
 * Keys and paths that hold no log: those whose name starts with a dot or an underscore, which Athena ignores too, and the
 * files by which Elastic Load Balancing tests whether it may write to a bucket.
 */
export const HIDDEN = /(^|\/)(?:[._][^/]*|ELB[A-Za-z]*LogTestFile)$/;
