import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import type { Certificates } from './certificates.ts';
import { PYTHON } from './ministack.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-central-1';

/** Keys of the account's owner, whose signatures the emulator does not check. */
export const OWNER = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: REGION };

/** The Authorization header of a request as the account's owner. */
export function ownerAuthorization(service: string): string {
  const credential = `${OWNER.AWS_ACCESS_KEY_ID}/20261101/${REGION}/${service}/aws4_request`;
  return `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=unchecked`;
}

export interface EmulatorRequest {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** A running ministack. Requests are those of the account's owner; a status other than 2xx is an Error. */
export interface Emulator {
  port: number;
  /** Sends a request to a service. */
  send(service: string, request: EmulatorRequest): Promise<Buffer>;
  /** Calls an operation of a service that speaks JSON, named as its X-Amz-Target. */
  // biome-ignore lint/suspicious/noExplicitAny: answers are as many shapes as operations.
  json(service: string, target: string, input: object): Promise<any>;
  /** Calls an operation of a service that speaks the query protocol; answers with its XML. */
  query(service: string, parameters: Record<string, string>): Promise<string>;
  close(): Promise<void>;
}

export interface EmulatorOptions {
  folder: string;
  certificates: Certificates;
  environment: Record<string, string>;
}

const START_SECONDS = 60;

/**
 * Starts ministack on a free port of 127.0.0.1, with TLS, and with permissions enforced: each request is checked against
 * the policies of its signer and of its bucket.
 */
export async function startEmulator({ folder, certificates, environment }: EmulatorOptions): Promise<Emulator> {
  const port = await freePort();
  const log = join(folder, 'ministack.log');
  const server = spawn(PYTHON, ['-m', 'ministack'], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      TMPDIR: folder,
      ...OWNER,
      AUTH: 'true',
      USE_SSL: '1',
      MINISTACK_SSL_CERT: certificates.certificate,
      MINISTACK_SSL_KEY: certificates.key,
      MINISTACK_REGION: REGION,
      MINISTACK_ACCOUNT_ID: ACCOUNT,
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const file = createWriteStream(log);
  server.stdout.pipe(file);
  server.stderr.pipe(file);
  const stopOnExit = () => server.kill('SIGKILL');
  process.once('exit', stopOnExit);
  const ca = readFileSync(certificates.authority);

  async function send(service: string, { method, path = '/', headers, body = '' }: EmulatorRequest): Promise<Buffer> {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const options = { host: '127.0.0.1', port, path, ca, method: method ?? (body === '' ? 'GET' : 'POST') };
      request({ ...options, headers: { authorization: ownerAuthorization(service), ...headers } }, resolve)
        .on('error', reject)
        .end(body);
    });
    const answer = await buffer(response);
    const { statusCode = 0 } = response;
    if (statusCode < 200 || statusCode > 299) throw new Error(`${service} ${path} answers ${statusCode}: ${answer}`);
    return answer;
  }

  await untilReady(server, () => send('sts', { path: '/_ministack/health' }), log);
  return {
    port,
    send,
    async json(service, target, input) {
      const headers = { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' };
      const answer = await send(service, { headers, body: JSON.stringify(input) });
      return answer.length === 0 ? {} : JSON.parse(answer.toString());
    },
    async query(service, parameters) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      return (await send(service, { headers, body: String(new URLSearchParams(parameters)) })).toString();
    },
    async close() {
      process.off('exit', stopOnExit);
      await ended(server);
    },
  };
}

async function untilReady(server: ChildProcess, health: () => Promise<unknown>, log: string): Promise<void> {
  const give_up = Date.now() + START_SECONDS * 1000;
  for (;;) {
    try {
      await health();
      return;
    } catch (cause) {
      if (server.exitCode === null && Date.now() < give_up) await pause(200);
      else
        throw new Error(`ministack does not start from ${dirname(PYTHON)}:\n${readFileSync(log, 'utf8')}`, { cause });
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port is free on 127.0.0.1');
  return address.port;
}

function ended(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (server.exitCode !== null) resolve();
    server.once('exit', () => resolve());
    server.kill('SIGKILL');
  });
}
