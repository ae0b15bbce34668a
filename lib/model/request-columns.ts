import type { ColumnType } from './columns.ts';

export interface RequestColumn {
  name: string;
  type: ColumnType;
  description: string;
}

/**
 * The table that every section reads. A row is a line of a log of any format: a request, or, with a `record_kind`, a line
 * that is not a request. `source` and `day` are the lake's partitions and come after these columns.
 */
export const REQUEST_COLUMNS: readonly RequestColumn[] = [
  { name: 'time', type: 'timestamp', description: 'when the request was received, UTC' },
  { name: 'host', type: 'varchar', description: 'bucket, virtual host, distribution or service' },
  {
    name: 'client_ip',
    type: 'varchar',
    description: 'address of the client; NULL for requests that the service makes itself',
  },
  { name: 'requester', type: 'varchar', description: 'principal or remote user; NULL if anonymous' },
  { name: 'request_id', type: 'varchar', description: "the service's identifier of the request" },
  { name: 'operation', type: 'varchar', description: "S3's operation, such as REST.GET.OBJECT" },
  { name: 'method', type: 'varchar', description: 'HTTP method' },
  { name: 'path', type: 'varchar', description: 'decoded object key or URL path' },
  { name: 'query', type: 'varchar', description: 'query string as received, without the question mark' },
  { name: 'protocol', type: 'varchar', description: 'HTTP version' },
  { name: 'status', type: 'integer', description: 'HTTP status' },
  { name: 'error_code', type: 'varchar', description: "the service's error code" },
  { name: 'bytes_sent', type: 'bigint', description: 'bytes sent to the client, without the HTTP header' },
  { name: 'bytes_received', type: 'bigint', description: 'bytes received from the client' },
  { name: 'object_size', type: 'bigint', description: 'size of the whole object in bytes' },
  { name: 'duration_ms', type: 'double', description: 'first byte received to last byte sent, ms' },
  { name: 'server_ms', type: 'double', description: 'time in the service itself, ms' },
  { name: 'referrer', type: 'varchar', description: 'Referer header' },
  { name: 'user_agent', type: 'varchar', description: 'User-Agent header' },
  { name: 'cache_status', type: 'varchar', description: 'what the cache did: hit, miss, pass …' },
  { name: 'edge_location', type: 'varchar', description: 'point of presence that answered' },
  { name: 'tls_version', type: 'varchar', description: 'TLSv1.2, TLSv1.3 …; NULL for plain HTTP' },
  { name: 'tls_cipher', type: 'varchar', description: 'cipher suite' },
  { name: 'auth_type', type: 'varchar', description: 'AuthHeader, QueryString; NULL if anonymous' },
  { name: 'signature_version', type: 'varchar', description: 'SigV2, SigV4; NULL if unsigned' },
  { name: 'acl_required', type: 'varchar', description: 'Yes if the request needed an ACL' },
  { name: 'region', type: 'varchar', description: 'AWS Region or country that the request came from, if known' },
  { name: 'bucket_region', type: 'varchar', description: 'AWS Region of the bucket, from the host that was called' },
  {
    name: 'transfer_destination',
    type: 'varchar',
    description:
      'where S3 sent the bytes, as AWS bills them: internet, other_region, same_region, cloudfront or vpc_endpoint; NULL if the log does not show it',
  },
  { name: 'level', type: 'varchar', description: 'severity of a log line that is not an HTTP request' },
  { name: 'application', type: 'varchar', description: 'program that wrote a log line that is not an HTTP request' },
  { name: 'message', type: 'varchar', description: 'text of a log line that is not an HTTP request' },
  { name: 'extra', type: 'varchar', description: 'JSON object of the fields that have no column' },
  {
    name: 'log_object',
    type: 'varchar',
    description: 'key of the raw object, or path of the file, with the line',
  },
  {
    name: 'record_kind',
    type: 'varchar',
    description: 'why the line is not a request, such as lifecycle or message; NULL for a request',
  },
  {
    name: 'download',
    type: 'varchar',
    description:
      'whole, parts (the last of parts that are one download), part, incomplete or probe; NULL if the request delivered nothing of an object',
  },
  { name: 'copies', type: 'bigint', description: 'number of deliveries of this line by the log service' },
];

/** The partitions of the lake, in path order; both varchar, `day` as YYYY-MM-DD in UTC. */
export const LAKE_PARTITIONS = ['source', 'day'] as const;

/** Columns of `rejected`, the table of lines that do not fit their format; partitioned like `requests`. */
export const REJECTED_COLUMNS: readonly RequestColumn[] = [
  { name: 'reason', type: 'varchar', description: 'why the line is not a request' },
  {
    name: 'log_object',
    type: 'varchar',
    description: 'key of the raw object, or path of the file, with the line',
  },
  {
    name: 'line_number',
    type: 'bigint',
    description: 'number of the line in its file; NULL if the engine does not know it',
  },
  { name: 'line', type: 'varchar', description: 'the line itself' },
  { name: 'copies', type: 'bigint', description: 'number of equal lines that the row represents' },
];
