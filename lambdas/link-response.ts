import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from 'aws-lambda';
import { type VerifyMac, verifyLink } from '../lib/delivery/signed-link.ts';

export interface LinkPorts {
  check: VerifyMac;
  /** A short-lived URL at which the object can be requested with the method. */
  presign(key: string, method: 'GET' | 'HEAD'): Promise<string>;
  /** Milliseconds since 1970. */
  now(): number;
}

/**
 * Answers `GET /<token>` and `HEAD /<token>`: 302 to a presigned URL, 403 if the token was not signed by this stack, 410
 * after it has expired. Other methods are refused.
 */
export async function linkResponse(event: LambdaFunctionURLEvent, ports: LinkPorts): Promise<LambdaFunctionURLResult> {
  const { method } = event.requestContext.http;
  if (method !== 'GET' && method !== 'HEAD') return answer(405, 'Only GET and HEAD.', { allow: 'GET, HEAD' });
  const verdict = await verifyLink(ports.check, event.rawPath.slice(1), ports.now() / 1000);
  switch (verdict.state) {
    case 'invalid':
      return answer(403, 'This link is not valid. Copy the whole link from the mail.');
    case 'expired':
      return answer(410, 'This link has expired. Ask for the report to be run again.');
    case 'valid':
      return answer(302, '', { location: await ports.presign(verdict.payload.key, method) });
  }
}

function answer(statusCode: number, body: string, headers: Record<string, string> = {}): LambdaFunctionURLResult {
  return {
    statusCode,
    body,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex',
      ...headers,
    },
  };
}
