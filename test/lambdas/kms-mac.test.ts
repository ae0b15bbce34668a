import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { KMSClient } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { kmsMac, kmsMacCheck } from '../../lambdas/kms-mac.ts';

/** As much of KMS as signs and checks: https://docs.aws.amazon.com/kms/latest/APIReference/API_VerifyMac.html */
const server = createServer(async (request, response) => {
  const { KeyId, Message, Mac, MacAlgorithm } = (await json(request)) as Record<string, string>;
  const own = createHmac('sha256', `${KeyId}`)
    .update(Buffer.from(`${Message}`, 'base64'))
    .digest('base64');
  const [status, answer] =
    KeyId !== 'key-1'
      ? [400, { __type: 'NotFoundException', message: 'no such key' }]
      : request.headers['x-amz-target'] === 'TrentService.GenerateMac'
        ? [200, { KeyId, Mac: own, MacAlgorithm }]
        : Mac === own
          ? [200, { KeyId, MacValid: true, MacAlgorithm }]
          : [400, { __type: 'KMSInvalidMacException', message: 'the MAC is not valid' }];
  response.writeHead(status as number, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
});
let kms: KMSClient;

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  kms = new KMSClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
    maxAttempts: 1,
  });
});
afterAll(() => {
  kms.destroy();
  server.close();
});

const message = Buffer.from('a message');

test('what KMS signed, KMS accepts, for that message alone', async () => {
  const mac = await kmsMac(kms, 'key-1')(message);
  const check = kmsMacCheck(kms, 'key-1');
  expect(await check(message, mac)).toBe(true);
  expect(await check(Buffer.from('another'), mac)).toBe(false);
  expect(await check(message, Buffer.alloc(32))).toBe(false);
  expect(await check(message, Buffer.alloc(8))).toBe(false);
});

test('a fault of KMS does not make a link invalid', async () => {
  await expect(kmsMacCheck(kms, 'key-2')(message, Buffer.alloc(32))).rejects.toThrow('no such key');
});
