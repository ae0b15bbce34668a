import type { Caller } from './callers.ts';
import { encodedKey, type StoredObject } from './objects.ts';
import type { Random } from './random.ts';
import type { LogRecord } from './record.ts';
import type { Requests } from './requests.ts';

const ID_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._';

export type Sequences = ReturnType<typeof createSequences>;

/** Builds what S3 logs in several lines, and the lines of what it does by itself. */
export function createSequences(random: Random, { request, nextRequestId, nextHostId }: Requests) {
  const uploadIds = Array.from({ length: 12 }, () => random.text(40, ID_LETTERS));
  const versionIds = Array.from({ length: 24 }, () => random.text(32, ID_LETTERS));

  /** An upload in parts: one request to begin, one for each part, one to complete. */
  function upload(caller: Caller, object: StoredObject, parts: number): LogRecord[] {
    const query = `uploadId=${random.pick(uploadIds)}`;
    const begin = request(caller, 'POST', 'UPLOADS', { ...object, query: '?uploads' });
    begin.bytes_sent = 389;
    const full_bytes = Math.ceil(object.size_bytes / parts);
    const each = Array.from({ length: parts }, (_, part) => {
      const part_bytes = Math.min(full_bytes, object.size_bytes - part * full_bytes);
      const target = { ...object, query: `?partNumber=${part + 1}&${query}` };
      const record = request(caller, 'PUT', 'PART', target, part_bytes);
      record.object_size = part_bytes;
      return record;
    });
    const complete = request(caller, 'POST', 'UPLOAD', { ...object, query: `?${query}` }, 0, 4);
    complete.bytes_sent = 402;
    complete.object_size = object.size_bytes;
    return [begin, ...each, complete];
  }

  /** A copy is logged twice under one request id: read, without a request line, and written. */
  function copy(caller: Caller, from: StoredObject, to: StoredObject): LogRecord[] {
    const write = request(caller, 'PUT', 'OBJECT', to, 0, 4);
    write.operation = 'REST.COPY.OBJECT';
    write.bytes_sent = 274;
    write.object_size = from.size_bytes;
    const read = { ...write, ...NO_REQUEST, operation: 'REST.COPY.OBJECT_GET', key: encodedKey(from.key).twice };
    return [{ ...read, client_ip: write.client_ip, object_size: from.size_bytes }, write];
  }

  /**
   * One request that deletes many objects: the request, then a line for each object, with the same request id but
   * without a client. Request id, operation and key tell the lines apart, so the keys must differ.
   */
  function removeMany(caller: Caller, objects: readonly StoredObject[], bucket: string): LogRecord[] {
    const post = request(
      caller,
      'POST',
      'MULTI_OBJECT_DELETE',
      { bucket, key: null, query: '?delete' },
      0,
      objects.length / 2,
    );
    post.bytes_sent = 120 + 90 * objects.length;
    const each = objects.map((object) => ({
      ...post,
      ...NO_REQUEST,
      operation: 'BATCH.DELETE.OBJECT',
      key: encodedKey(object.key).once,
      status: 204,
      object_size: object.size_bytes,
      version_id: random.pick(versionIds),
    }));
    return [post, ...each];
  }

  /** Work that S3 does by itself, under the name AmazonS3; the key is encoded once. */
  function byService(operation: string, object: StoredObject): LogRecord {
    return {
      ...NO_REQUEST,
      bucket: object.bucket,
      requester: 'AmazonS3',
      request_id: nextRequestId(),
      operation,
      key: encodedKey(object.key).once,
      // S3 writes that there was no request as `-` for some operations and as `"-"` for others.
      request_uri: operation === 'S3.EXPIRE.OBJECT' ? '-' : null,
      object_size: operation === 'S3.CREATE.DELETEMARKER' ? null : object.size_bytes,
      version_id: random.pick(versionIds),
      host_id: nextHostId(),
      signature_version: null,
      tls_cipher: null,
      auth_type: null,
      host_header: null,
      tls_version: null,
      access_point_arn: null,
      acl_required: null,
      source_region: null,
    };
  }

  return { upload, copy, removeMany, byService };
}

/** The fields that only a request over HTTP fills in. */
const NO_REQUEST = {
  client_ip: null,
  request_uri: null,
  status: null,
  error_code: null,
  bytes_sent: null,
  total_ms: null,
  turnaround_ms: null,
  referrer: null,
  user_agent: null,
};
