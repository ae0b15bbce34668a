/** A place in S3; `prefix` is empty or ends in a slash. */
export interface S3Location {
  bucket: string;
  prefix: string;
}

/**
 * Bucket and prefix of a source's raw logs, which its config names as `s3://bucket/prefix/`. An Error says what to write
 * when it names none.
 */
export function s3Location({ name, location }: { name: string; location?: string | undefined }): S3Location {
  const [, bucket, prefix] = location?.match(/^s3:\/\/([^/]+)\/(.*)$/) ?? [];
  if (bucket === undefined || prefix === undefined) {
    throw new Error(`sources.${name}.location is missing; name where the logs lie, such as s3://my-logs/access/`);
  }
  return { bucket, prefix };
}
