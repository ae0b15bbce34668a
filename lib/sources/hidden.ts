/** Keys and paths whose name starts with a dot or an underscore: Athena and Logtally pass over them. */
export const HIDDEN = /(^|\/)[._][^/]*$/;
