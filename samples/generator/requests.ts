import { ACCOUNT, type Caller, REGION } from './callers.ts';
import { encodedKey, type StoredObject } from './objects.ts';
import type { Random } from './random.ts';
import type { LogRecord } from './record.ts';

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const UPPERCASE = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
/** Bodies of S3's error answers, in bytes. */
const ERROR_BYTES: Record<string, number> = { AccessDenied: 243, NoSuchKey: 262, SlowDown: 298, InternalError: 282 };

export type Requests = ReturnType<typeof createRequests>;

/** What a request is aimed at: an object, or with a null key the bucket itself. */
interface Target {
  bucket: string;
  key: string | null;
  /** Query string with its question mark. */
  query?: string;
}

/**
 * Builds the log records of single requests, each with sizes, times and status that fit together. Request ids count
 * up: nine hexadecimal digits and `EXAMPLE`, as in AWS's documentation.
 */
export function createRequests(random: Random) {
  let count = 0;
  const hostIds = Array.from({ length: 48 }, (_, index) => {
    const id = `${random.text(75, BASE64)}=`;
    return index % 24 === 7 ? `AIDAEXAMPLE${random.text(10, UPPERCASE)} ${id}` : id;
  });

  const nextRequestId = () => {
    count += 1;
    return `${(0x3e5742000 + count).toString(16).toUpperCase()}EXAMPLE`;
  };

  /** A few servers at a time answer; after some hundred requests others take over. */
  const nextHostId = () => hostIds[((count >> 8) + random.integer(0, 2)) % hostIds.length] as string;

  /** Time the service needs: mostly some ten milliseconds, now and then far more. */
  const serverTime = (slowness: number) => Math.ceil((6 + 18 * random.next() + 900 * random.next() ** 40) * slowness);

  /** A request that moved `moved_bytes` in either direction and was answered with 200, before its sizes are known. */
  function request(
    caller: Caller,
    method: string,
    subject: string,
    target: Target,
    moved_bytes = 0,
    slowness = 1,
  ): LogRecord {
    const key = target.key === null ? null : encodedKey(target.key);
    const pathStyle = caller.signature_version === 'SigV2';
    const server_ms = serverTime(slowness);
    return {
      bucket: target.bucket,
      client_ip: random.pick(caller.addresses),
      requester: caller.requester,
      request_id: nextRequestId(),
      operation: `REST.${method}.${subject}`,
      key: key?.twice ?? null,
      request_uri: `${method} /${pathStyle ? `${target.bucket}/` : ''}${key?.once ?? ''}${target.query ?? ''} HTTP/1.1`,
      status: 200,
      error_code: null,
      bytes_sent: null,
      object_size: null,
      total_ms: server_ms + Math.ceil((moved_bytes / caller.bandwidth) * (0.5 + random.next())),
      turnaround_ms: server_ms,
      referrer: null,
      user_agent: random.pick(caller.user_agents),
      version_id: null,
      host_id: nextHostId(),
      signature_version: caller.signature_version,
      tls_cipher: caller.tls_cipher,
      auth_type: caller.auth_type,
      host_header: caller.access_point_arn
        ? `training-${ACCOUNT}.s3-accesspoint.${REGION}.amazonaws.com`
        : `${pathStyle ? '' : `${target.bucket}.`}s3.${REGION}.amazonaws.com`,
      tls_version: caller.tls_version,
      access_point_arn: caller.access_point_arn,
      acl_required: caller.acl_required,
      source_region: caller.source_region,
    };
  }

  function get(caller: Caller, object: StoredObject, query = ''): LogRecord {
    const record = request(caller, 'GET', 'OBJECT', { ...object, query }, object.size_bytes, object.slowness);
    record.bytes_sent = object.size_bytes;
    record.object_size = object.size_bytes;
    return record;
  }

  /** A GET with a Range header: 206, and no more bytes than the object has. */
  function getRange(caller: Caller, object: StoredObject, range_bytes: number): LogRecord {
    const sent_bytes = Math.min(range_bytes, object.size_bytes);
    const record = request(caller, 'GET', 'OBJECT', object, sent_bytes, object.slowness);
    record.status = 206;
    record.bytes_sent = sent_bytes;
    record.object_size = object.size_bytes;
    return record;
  }

  /** The client's copy is still good: 304, nothing sent. */
  function getUnchanged(caller: Caller, object: StoredObject): LogRecord {
    const record = request(caller, 'GET', 'OBJECT', object, 0, object.slowness);
    record.status = 304;
    record.object_size = object.size_bytes;
    return record;
  }

  function head(caller: Caller, object: StoredObject): LogRecord {
    const record = request(caller, 'HEAD', 'OBJECT', object, 0, object.slowness);
    record.object_size = object.size_bytes;
    return record;
  }

  function put(caller: Caller, object: StoredObject): LogRecord {
    const record = request(caller, 'PUT', 'OBJECT', object, object.size_bytes);
    record.object_size = object.size_bytes;
    return record;
  }

  function remove(caller: Caller, object: StoredObject): LogRecord {
    const record = request(caller, 'DELETE', 'OBJECT', object);
    record.status = 204;
    return record;
  }

  /** A question about the bucket itself, such as a listing, and the size of its answer. */
  function ofBucket(caller: Caller, bucket: string, subject: string, query: string, answer_bytes: number): LogRecord {
    const record = request(caller, 'GET', subject, { bucket, key: null, query }, answer_bytes, 2);
    record.bytes_sent = answer_bytes;
    return record;
  }

  /** The same request, turned down. */
  function failed(record: LogRecord, status: number, errorCode: string): LogRecord {
    record.status = status;
    record.error_code = errorCode;
    record.bytes_sent = ERROR_BYTES[errorCode] ?? 318;
    record.object_size = null;
    record.total_ms = record.turnaround_ms;
    return record;
  }

  /** The same request, sent over plain HTTP to the website endpoint, which knows no signatures. */
  function onWebsite(record: LogRecord): LogRecord {
    record.operation = record.operation.replace('REST.', 'WEBSITE.');
    record.host_header = `${record.bucket}.s3-website.${REGION}.amazonaws.com`;
    record.tls_version = null;
    record.tls_cipher = null;
    return record;
  }

  return {
    nextRequestId,
    nextHostId,
    request,
    get,
    getRange,
    getUnchanged,
    head,
    put,
    remove,
    ofBucket,
    failed,
    onWebsite,
  };
}
