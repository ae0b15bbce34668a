import type { Format } from './format.ts';

/**
 * Amazon S3 server access logs. Fields and column names as in the Amazon S3 User Guide, "Amazon S3 server access log
 * format" and "Using Amazon Athena to query"; lines of 17 fields are from 2012, the 27th field is from 2026, and AWS
 * may append more.
 */
export const s3Access: Format = {
  id: 's3-access',
  title: 'Amazon S3 server access log',
  fields: [
    { name: 'bucketowner', kind: 'token' },
    { name: 'bucket_name', kind: 'token' },
    { name: 'requestdatetime', kind: 'bracketed_time' },
    { name: 'remoteip', kind: 'token' },
    { name: 'requester', kind: 'token' },
    { name: 'requestid', kind: 'token' },
    { name: 'operation', kind: 'token' },
    { name: 'key', kind: 'token' },
    { name: 'request_uri', kind: 'quoted' },
    { name: 'httpstatus', kind: 'status' },
    { name: 'errorcode', kind: 'token' },
    { name: 'bytessent', kind: 'number' },
    { name: 'objectsize', kind: 'number' },
    { name: 'totaltime', kind: 'number' },
    { name: 'turnaroundtime', kind: 'number' },
    { name: 'referrer', kind: 'quoted' },
    { name: 'useragent', kind: 'quoted' },
    { name: 'versionid', kind: 'token' },
    { name: 'hostid', kind: 'host_id' },
    { name: 'sigv', kind: 'token' },
    { name: 'ciphersuite', kind: 'token' },
    { name: 'authtype', kind: 'token' },
    { name: 'endpoint', kind: 'token' },
    { name: 'tlsversion', kind: 'token' },
    { name: 'accesspointarn', kind: 'token' },
    { name: 'aclrequired', kind: 'token' },
    { name: 'sourceregion', kind: 'token' },
  ],
  required_fields: 17,
  identity: ['requestid', 'operation', 'key'],
};
