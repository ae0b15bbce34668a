/**
 * One line of an Amazon S3 server access log before it is written. Field meanings as in the Amazon S3 User Guide,
 * "Amazon S3 server access log format"; null is written as `-`.
 */
export interface LogRecord {
  bucket: string;
  client_ip: string | null;
  requester: string | null;
  request_id: string;
  operation: string;
  /** As logged: URL-encoded once or twice, as the operation does. */
  key: string | null;
  /** Method, target and protocol, without the quotes around them. */
  request_uri: string | null;
  status: number | null;
  error_code: string | null;
  bytes_sent: number | null;
  object_size: number | null;
  total_ms: number | null;
  turnaround_ms: number | null;
  referrer: string | null;
  user_agent: string | null;
  version_id: string | null;
  host_id: string;
  signature_version: string | null;
  tls_cipher: string | null;
  auth_type: string | null;
  host_header: string | null;
  tls_version: string | null;
  access_point_arn: string | null;
  acl_required: string | null;
  source_region: string | null;
}

const BUCKET_OWNER = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

/** The date of a day's lines, such as `05/Oct/2026`; `day` is YYYY-MM-DD. */
export function logDate(day: string): string {
  return `${day.slice(8)}/${MONTHS[Number(day.slice(5, 7)) - 1]}/${day.slice(0, 4)}`;
}

/**
 * The record as S3 writes it, without the line's end. `second` counts from midnight UTC. Lines grew over the years:
 * `fields` is how many of them this one has, 18 or 24 to 27.
 */
export function logLine(record: LogRecord, date: string, second: number, fields: number): string {
  const time = `${date}:${TWO_DIGITS[(second / 3600) | 0]}:${TWO_DIGITS[((second / 60) | 0) % 60]}:${TWO_DIGITS[second % 60]} +0000`;
  const uri = record.request_uri === null ? '-' : `"${record.request_uri}"`;
  const line =
    `${BUCKET_OWNER} ${record.bucket} [${time}] ${record.client_ip ?? '-'} ${record.requester ?? '-'} ` +
    `${record.request_id} ${record.operation} ${record.key ?? '-'} ${uri} ${record.status ?? '-'} ` +
    `${record.error_code ?? '-'} ${record.bytes_sent ?? '-'} ${record.object_size ?? '-'} ${record.total_ms ?? '-'} ` +
    `${record.turnaround_ms ?? '-'} "${record.referrer ?? '-'}" "${record.user_agent ?? '-'}" ${record.version_id ?? '-'}`;
  if (fields === 18) return line;
  const connection =
    `${line} ${record.host_id} ${record.signature_version ?? '-'} ${record.tls_cipher ?? '-'} ` +
    `${record.auth_type ?? '-'} ${record.host_header ?? '-'} ${record.tls_version ?? '-'}`;
  if (fields === 24) return connection;
  if (fields === 25) return `${connection} ${record.access_point_arn ?? '-'}`;
  const access = `${connection} ${record.access_point_arn ?? '-'} ${record.acl_required ?? '-'}`;
  return fields === 26 ? access : `${access} ${record.source_region ?? '-'}`;
}
