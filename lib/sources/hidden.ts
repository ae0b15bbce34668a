/** Keys and paths whose name starts with a dot or an underscore: Athena and Logtally ignore them. */
export const HIDDEN = /(^|\/)[._][^/]*$/;
