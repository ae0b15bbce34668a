import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { escapeXml } from './xml.ts';

/** An object as S3 keeps it. */
export interface S3Object {
  body: Buffer;
  etag: string;
  content_type?: string | undefined;
  content_encoding?: string | undefined;
  last_modified: Date;
}

/**
 * What a request gets in place of its answer: an error of S3, or half a body before the connection breaks (cut) or
 * nothing more arrives (stall).
 */
export type Fault = 'SlowDown' | 'AccessDenied' | 'ConditionalRequestConflict' | 'cut' | 'stall';

export interface Reply {
  status?: number;
  headers?: Record<string, string | number>;
  body?: Buffer | string;
}

const STATUS_OF: Record<string, number> = {
  AccessDenied: 403,
  BadDigest: 400,
  ConditionalRequestConflict: 409,
  InvalidPart: 400,
  InvalidRange: 416,
  InvalidRequest: 400,
  EntityTooSmall: 400,
  NoSuchKey: 404,
  NoSuchUpload: 404,
  NotImplemented: 501,
  PreconditionFailed: 412,
  SlowDown: 503,
};

/** An error that S3 answers with. */
export class S3Error extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** How S3 answers with an error. */
export function errorReply({ code }: S3Error): Reply {
  return {
    ...xml(`<Error><Code>${code}</Code><Message>${code}</Message></Error>`),
    ...(STATUS_OF[code] && { status: STATUS_OF[code] }),
  };
}

/** Sends a reply, or as much of it as a fault lets through. */
export function send(response: ServerResponse, { status = 200, headers = {}, body = '' }: Reply, fault?: Fault): void {
  const bytes = Buffer.from(body as Buffer);
  response.writeHead(status, { 'content-length': bytes.length, ...headers });
  if (!fault) response.end(bytes);
  else response.write(bytes.subarray(0, bytes.length / 2), () => fault === 'cut' && response.destroy());
}

/** The headers that describe an object. */
export function headersOf({ etag, content_type, content_encoding, last_modified }: S3Object): Record<string, string> {
  return {
    etag,
    'last-modified': last_modified.toUTCString(),
    ...(content_type ? { 'content-type': content_type } : {}),
    ...(content_encoding ? { 'content-encoding': content_encoding } : {}),
  };
}

/** An object as an element of a listing. */
export function contentsOf(key: string, { body, etag, last_modified }: S3Object): string {
  const modified = last_modified.toISOString();
  return `<Contents><Key>${escapeXml(key)}</Key><LastModified>${modified}</LastModified><ETag>${escapeXml(etag)}</ETag><Size>${body.length}</Size></Contents>`;
}

/** The entity tag of a body. */
export function etagOf(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

/** A reply of XML. */
export function xml(text: string): Reply {
  return { headers: { 'content-type': 'application/xml' }, body: `<?xml version="1.0" encoding="UTF-8"?>${text}` };
}
