import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { S3Client } from '@aws-sdk/client-s3';
import { type Call, checkBody, operationOf } from './s3-call.ts';
import {
  contentsOf,
  errorReply,
  etagOf,
  type Fault,
  headersOf,
  type Reply,
  S3Error,
  type S3Object,
  send,
  xml,
} from './s3-reply.ts';
import { escapeXml, textsOf } from './xml.ts';

export interface S3Server {
  /** `http://127.0.0.1:port`, for path-style requests. */
  url: string;
  /** What is stored, by `bucket/key`; every bucket exists. */
  objects: Map<string, S3Object>;
  /** The number of uploads that were begun and neither completed nor aborted. */
  unfinishedUploads(): number;
  /** Name of every request so far, such as PutObject. */
  requests: string[];
  /** Answers the next requests with a fault; with an operation, only requests of that name. */
  fail(fault: Fault, times?: number, operation?: string): void;
  /** A client that talks to this server; closed with it. */
  client(): S3Client;
  close(): Promise<void>;
}

interface Upload {
  parts: Map<number, { body: Buffer; checksum: string | undefined }>;
  needsChecksums: boolean;
  headers: IncomingMessage['headers'];
}

const SMALLEST_PART_BYTES = 5 * 1024 * 1024;

/** S3's REST interface on 127.0.0.1, as far as stores and their users call it. Signatures are not checked. */
export async function startS3Server(): Promise<S3Server> {
  const objects = new Map<string, S3Object>();
  const uploads = new Map<string, Upload>();
  const requests: string[] = [];
  const faults: { fault: Fault; times: number; operation: string | undefined }[] = [];

  const operations: Record<string, (call: Call) => Reply> = {
    ListObjectsV2({ bucket, query }) {
      const prefix = `${bucket}/${query.get('prefix') ?? ''}`;
      const limit = Number(query.get('max-keys') ?? 1000);
      const after = Buffer.from(query.get('continuation-token') ?? '', 'base64url');
      const found = [...objects.keys()]
        .filter((name) => name.startsWith(prefix))
        .map((name) => ({ name, bytes: Buffer.from(name) }))
        .sort((a, b) => Buffer.compare(a.bytes, b.bytes))
        .filter(({ bytes }) => Buffer.compare(bytes, after) > 0);
      const page = found.slice(0, limit);
      const last = found.length > limit ? page.at(-1) : undefined;
      const contents = page.map(({ name }) => contentsOf(name.slice(bucket.length + 1), objectAt(name)));
      const next = last ? `<NextContinuationToken>${last.bytes.toString('base64url')}</NextContinuationToken>` : '';
      return xml(
        `<ListBucketResult><IsTruncated>${Boolean(last)}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`,
      );
    },
    GetObject({ bucket, key, headers }) {
      const object = objectAt(`${bucket}/${key}`);
      if (headers['if-match'] !== undefined && headers['if-match'] !== object.etag)
        throw new S3Error('PreconditionFailed');
      const range = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? '');
      if (!range) return { headers: headersOf(object), body: object.body };
      const size = object.body.length;
      const start = range[1] ? Number(range[1]) : Math.max(0, size - Number(range[2]));
      const end = range[1] && range[2] ? Math.min(Number(range[2]), size - 1) : size - 1;
      if (start > end) throw new S3Error('InvalidRange');
      const content_range = { 'content-range': `bytes ${start}-${end}/${size}` };
      return {
        status: 206,
        headers: { ...headersOf(object), ...content_range },
        body: object.body.subarray(start, end + 1),
      };
    },
    HeadObject({ bucket, key }) {
      const object = objectAt(`${bucket}/${key}`);
      return { headers: { ...headersOf(object), 'content-length': object.body.length } };
    },
    PutObject({ bucket, key, headers, body }) {
      if (headers['if-none-match'] === '*' && objects.has(`${bucket}/${key}`)) throw new S3Error('PreconditionFailed');
      return { headers: { etag: keep(`${bucket}/${key}`, body, headers) } };
    },
    CopyObject({ bucket, key, headers }) {
      const source = objectAt(decodeURIComponent(String(headers['x-amz-copy-source'])).replace(/^\//, ''));
      objects.set(`${bucket}/${key}`, { ...source, last_modified: new Date() });
      return xml(`<CopyObjectResult><ETag>${escapeXml(source.etag)}</ETag></CopyObjectResult>`);
    },
    DeleteObject({ bucket, key }) {
      objects.delete(`${bucket}/${key}`);
      return { status: 204 };
    },
    DeleteObjects({ bucket, body }) {
      const keys = textsOf(body.toString(), 'Key');
      if (keys.length > 1000) throw new S3Error('InvalidRequest');
      const denied = keys.filter((key) => takeFault('DeleteObjects key') && objects.has(`${bucket}/${key}`));
      for (const key of keys) if (!denied.includes(key)) objects.delete(`${bucket}/${key}`);
      const errors = denied.map((key) => `<Error><Key>${escapeXml(key)}</Key><Code>AccessDenied</Code></Error>`);
      return xml(`<DeleteResult>${errors.join('')}</DeleteResult>`);
    },
    CreateMultipartUpload({ headers }) {
      const id = randomUUID();
      uploads.set(id, { parts: new Map(), needsChecksums: 'x-amz-checksum-algorithm' in headers, headers });
      return xml(`<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
    },
    UploadPart({ query, headers, body }) {
      const checksum = headers['x-amz-checksum-crc32'] as string | undefined;
      uploadOf(query).parts.set(Number(query.get('partNumber')), { body, checksum });
      return { headers: { etag: etagOf(body), ...(checksum ? { 'x-amz-checksum-crc32': checksum } : {}) } };
    },
    CompleteMultipartUpload({ bucket, key, query, body }) {
      const upload = uploadOf(query);
      const text = body.toString();
      const [numbers, etags, checksums] = [
        textsOf(text, 'PartNumber').map(Number),
        textsOf(text, 'ETag'),
        textsOf(text, 'ChecksumCRC32'),
      ];
      const parts = numbers.map((number, index) => {
        const part = upload.parts.get(number);
        if (!part || etagOf(part.body) !== etags[index]) throw new S3Error('InvalidPart');
        if (upload.needsChecksums && part.checksum !== checksums[index]) throw new S3Error('InvalidRequest');
        const isLast = index === numbers.length - 1;
        if (part.body.length < SMALLEST_PART_BYTES && !isLast) throw new S3Error('EntityTooSmall');
        return part.body;
      });
      uploads.delete(String(query.get('uploadId')));
      const etag = keep(`${bucket}/${key}`, Buffer.concat(parts), upload.headers);
      return xml(`<CompleteMultipartUploadResult><ETag>${escapeXml(etag)}</ETag></CompleteMultipartUploadResult>`);
    },
    AbortMultipartUpload({ query }) {
      uploads.delete(String(query.get('uploadId')));
      return { status: 204 };
    },
  };

  function objectAt(name: string): S3Object {
    const object = objects.get(name);
    if (!object) throw new S3Error('NoSuchKey');
    return object;
  }

  function uploadOf(query: URLSearchParams): Upload {
    const upload = uploads.get(String(query.get('uploadId')));
    if (!upload) throw new S3Error('NoSuchUpload');
    return upload;
  }

  function keep(name: string, body: Buffer, headers: IncomingMessage['headers']): string {
    const etag = etagOf(body);
    const [content_type, content_encoding] = [headers['content-type'], headers['content-encoding']];
    objects.set(name, { body, etag, content_type, content_encoding, last_modified: new Date() });
    return etag;
  }

  /** The fault that was planned for this operation, if any. */
  function takeFault(operation: string): Fault | undefined {
    const planned = faults.find((one) => one.times > 0 && (one.operation ?? operation) === operation);
    if (planned) planned.times--;
    return planned?.fault;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A URL object would resolve a key's dots.
    const [pathname = '/', search] = (request.url ?? '/').split('?');
    const query = new URLSearchParams(search);
    const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(decodeURIComponent(pathname)) ?? [];
    const call = { bucket, key, query, headers: request.headers, body: await buffer(request) };
    const name = operationOf(String(request.method), call);
    requests.push(name);
    const fault = takeFault(name);
    try {
      if (fault && fault !== 'cut' && fault !== 'stall') throw new S3Error(fault);
      checkBody(call);
      const operation = operations[name];
      if (!operation) throw new S3Error('NotImplemented');
      send(response, operation(call), fault);
    } catch (error) {
      if (!(error instanceof S3Error)) throw error;
      send(response, errorReply(error));
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.destroy(error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clients: S3Client[] = [];

  return {
    url,
    objects,
    requests,
    unfinishedUploads: () => uploads.size,
    fail(fault, times = 1, operation = undefined) {
      faults.push({ fault, times, operation });
    },
    client() {
      const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
      const client = new S3Client({ endpoint: url, forcePathStyle: true, region: 'eu-central-1', credentials });
      clients.push(client);
      return client;
    },
    async close() {
      for (const client of clients) client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
