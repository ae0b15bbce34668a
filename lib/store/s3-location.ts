/** A bucket and a prefix, which is empty or ends in a slash. */
export interface S3Location {
  bucket: string;
  prefix: string;
}

/**
 * Bucket and prefix of a source's raw logs, from its `location`, `s3://bucket/prefix/`. An Error if the source has no
 * location says what to write.
 */
export function s3Location({ name, location }: { name: string; location?: string | undefined }): S3Location {
  const [, bucket, prefix] = location?.match(/^s3:\/\/([^/]+)\/(.*)$/) ?? [];
  if (bucket === undefined || prefix === undefined) {
    throw new Error(
      `sources.${name}.location is missing; write where its logs are stored, such as s3://my-logs/access/`,
    );
  }
  return { bucket, prefix };
}
