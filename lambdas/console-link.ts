/** The console's host in each partition of AWS. */
const HOSTS: readonly [region: RegExp, host: string][] = [
  [/^cn-/, 'console.amazonaws.cn'],
  [/^us-gov-/, 'console.amazonaws-us-gov.com'],
  [/./, 'console.aws.amazon.com'],
];

/** The page of an object in the S3 console, for readers who may sign in to the account and read the bucket. */
export function consoleLink(region: string, bucket: string, key: string): string {
  const [, host = ''] = HOSTS.find(([pattern]) => pattern.test(region)) ?? [];
  return `https://${host}/s3/object/${bucket}?${new URLSearchParams({ region, prefix: key })}`;
}
