/** A part that is empty, starts with a dot (`..`, or hidden from listings), or a character that some file systems forbid. */
const FORBIDDEN = /(?:^|\/)(?:\.|\/|$)|[\0\\]/;

/**
 * An Error for a key that some store cannot hold or that would lead out of a folder: the same keys are written to S3 and to
 * disk, and parts of a key may come from a log.
 */
export function checkKey(key: string): void {
  if (!FORBIDDEN.test(key)) return;
  throw new Error(
    `the key ${JSON.stringify(key)} cannot be stored: a part between slashes must not be empty, start with a dot, or contain a backslash or NUL`,
  );
}
