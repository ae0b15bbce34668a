import { createHmac } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, test } from '@jest/globals';
import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { linkResponse } from '../../lambdas/link-response.ts';
import { presigner } from '../../lambdas/presigner.ts';
import { signLink } from '../../lib/delivery/signed-link.ts';

const NOW = Date.UTC(2026, 10, 3);
const mac = async (message: Uint8Array) => createHmac('sha256', 'a key for tests').update(message).digest();
const s3 = new S3Client({
  region: 'eu-central-1',
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
});
const ports = {
  check: async (message: Uint8Array, given: Uint8Array) => Buffer.compare(await mac(message), given) === 0,
  presign: presigner(s3, 'results-example'),
  now: () => NOW,
};

function tokenOf(file: string, days: number): Promise<string> {
  return signLink(mac, { key: `editions/website/2026-10-01_2026-10-31/${file}`, expires: NOW / 1000 + days * 86_400 });
}

async function request(path: string, method = 'GET') {
  const event = { rawPath: path, requestContext: { http: { method } } } as LambdaFunctionURLEvent;
  const response = await linkResponse(event, ports);
  if (typeof response === 'string') throw new Error('a response without a status');
  return response;
}

describe('the function behind the links', () => {
  test('redirects to the one object, for five minutes', async () => {
    const { statusCode, headers } = await request(`/${await tokenOf('by-day.csv.gz', 30)}`);
    expect(statusCode).toBe(302);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    const url = new URL(String(headers?.location));
    expect(url.host).toBe('results-example.s3.eu-central-1.amazonaws.com');
    expect(url.pathname).toBe('/editions/website/2026-10-01_2026-10-31/by-day.csv.gz');
    expect(url.searchParams.get('X-Amz-Expires')).toBe('300');
    expect(url.searchParams.get('response-content-disposition')).toBe('attachment; filename="by-day.csv.gz"');
  });

  test('opens the page in the browser', async () => {
    const { headers } = await request(`/${await tokenOf('report.html', 30)}`);
    const url = new URL(String(headers?.location));
    expect(url.searchParams.get('response-content-disposition')).toBe('inline; filename="report.html"');
  });

  test('signs for the method that will be used', async () => {
    const path = `/${await tokenOf('report.html', 30)}`;
    const [get, head] = [await request(path, 'GET'), await request(path, 'HEAD')];
    expect(head.statusCode).toBe(302);
    const signature = (location: unknown) => new URL(String(location)).searchParams.get('X-Amz-Signature');
    expect(signature(head.headers?.location)).not.toBe(signature(get.headers?.location));
  });

  test('answers 410 when the time is over', async () => {
    const { statusCode, body, headers } = await request(`/${await tokenOf('report.html', 0)}`);
    expect(statusCode).toBe(410);
    expect(body).toContain('expired');
    expect(headers?.location).toBeUndefined();
  });

  test.each(['/', '', '/editions/', '/editions/website/2026-10-01_2026-10-31/report.html', '/favicon.ico', '/a.b'])(
    'answers 403 to %j',
    async (path) => {
      const { statusCode, headers } = await request(path);
      expect(statusCode).toBe(403);
      expect(headers?.location).toBeUndefined();
    },
  );

  test.each(['null', '{"key":["editions/website/report.html"],"expires":99999999999}', '{"expires":1}', '{'])(
    'answers 403 to the payload %j, although its MAC is right',
    async (payload) => {
      const message = Buffer.from(payload).toString('base64url');
      const { statusCode, headers } = await request(
        `/${message}.${(await mac(Buffer.from(message))).toString('base64url')}`,
      );
      expect(statusCode).toBe(403);
      expect(headers?.location).toBeUndefined();
    },
  );

  test('answers 403 to a token below a folder', async () => {
    expect((await request(`/x/${await tokenOf('report.html', 30)}`)).statusCode).toBe(403);
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('answers 405 to %s', async (method) => {
    expect((await request(`/${await tokenOf('report.html', 30)}`, method)).statusCode).toBe(405);
  });
});
