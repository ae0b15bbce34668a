/** A segment that is empty, starts with a dot (`..`, or hidden from listings) or holds what some file system forbids. */
const FORBIDDEN = /(?:^|\/)(?:\.|\/|$)|[\0\\]/;

/**
 * Refuses a key that not every store can hold, or that would lead out of a folder: the same keys are written in S3 and
 * on a disk. Parts of a key may come from a log.
 */
export function checkKey(key: string): void {
  if (!FORBIDDEN.test(key)) return;
  throw new Error(
    `the key ${JSON.stringify(key)} cannot be stored: its parts between slashes must not be empty or start with a dot, nor hold a backslash or NUL`,
  );
}
