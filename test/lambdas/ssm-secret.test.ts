import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ssmSecret } from '../../lambdas/ssm-secret.ts';

/** As much of SSM as reads a parameter: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html */
const server = createServer(async (request, response) => {
  const { Name, WithDecryption } = (await json(request)) as Record<string, unknown>;
  const [status, answer] =
    Name === '/logtally/salt'
      ? [200, { Parameter: { Name, Type: 'SecureString', Value: WithDecryption ? 'the secret' : 'ciphertext' } }]
      : [400, { __type: 'ParameterNotFound', message: '' }];
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
});
let ssm: SSMClient;

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  ssm = new SSMClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
    maxAttempts: 1,
  });
});
afterAll(() => {
  ssm.destroy();
  server.close();
});

test('a secret is read decrypted', async () => {
  expect(await ssmSecret(ssm, '/logtally/salt')).toBe('the secret');
});

test('one that is not there is an error that names it', async () => {
  await expect(ssmSecret(ssm, '/logtally/none')).rejects.toThrow(
    'the SSM parameter /logtally/none cannot be read: ParameterNotFound',
  );
});
