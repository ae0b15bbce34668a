import { readFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { createServer, request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type AwsRequest, type Call, callOf, type Need } from './call.ts';
import type { Certificates } from './certificates.ts';
import type { Emulator } from './emulator.ts';
import { allows, type Statement, statementsOf } from './policies.ts';

export interface Reply {
  status: number;
  headers?: IncomingHttpHeaders;
  body: string | Buffer;
}

/** An action that a role was allowed. */
export interface Done extends Need {
  role: string;
}

/** The endpoint that functions and Athena use as AWS: all of their requests pass through it. */
export interface Gateway {
  url: string;
  /** Names of roles by the access keys of their sessions. */
  roles: Map<string, string>;
  /** The allowed actions, in order, without those that were refused. */
  done: Done[];
  /** Services that the emulator does not answer. */
  services: Map<string, (request: AwsRequest) => Promise<Reply>>;
  /** Does something before calls of an action are answered; a reply replaces the answer. */
  before(action: string, work: Interruption['work'], calls?: Partial<Pick<Interruption, 'skip' | 'times'>>): void;
  /** Records needs as done that a role's policies allow; throws an AccessDenied for others. */
  permit(role: string, needs: readonly Need[]): Promise<void>;
  close(): Promise<void>;
}

interface Interruption {
  action: string;
  work(): Reply | undefined | Promise<Reply | undefined>;
  /** How many calls to let pass first, 0 by default. */
  skip: number;
  /** How many calls to do it before, 1 by default. */
  times: number;
}

export interface GatewayOptions {
  certificates: Certificates;
  workgroup: string;
  /** Started after the gateway, which is part of its environment. */
  emulator(): Emulator;
}

/** Starts a gateway on 127.0.0.1, with TLS as the emulator behind it. */
export async function startGateway({ certificates, workgroup, emulator }: GatewayOptions): Promise<Gateway> {
  const roles = new Map<string, string>();
  const done: Done[] = [];
  const services: Gateway['services'] = new Map();
  const known = new Map<string, Statement[]>();
  const interruptions: Interruption[] = [];
  const ca = readFileSync(certificates.authority);

  async function permit(role: string, needs: readonly Need[]): Promise<void> {
    const allowed = await statements(role);
    for (const need of needs) {
      if (!allowed.some((statement) => allows(statement, need))) {
        throw new AccessDenied(`${role} is not authorized to perform: ${need.action} on resource: ${need.resource}`);
      }
      done.push({ role, ...need });
    }
  }

  async function statements(role: string): Promise<Statement[]> {
    const found = known.get(role) ?? (await statementsOf(emulator(), role));
    known.set(role, found);
    return found;
  }

  async function answer(request: AwsRequest): Promise<Reply> {
    const call = callOf(request, workgroup);
    const interrupted = await interruption(call);
    if (interrupted) return interrupted;
    const role = roles.get(call.access_key);
    const service = services.get(call.service);
    if (service) {
      if (role !== undefined) await permit(role, call.needs);
      return service(request);
    }
    const reply = await forward(request, emulator().port, ca);
    if (role !== undefined && reply.status < 400) for (const need of call.needs) done.push({ role, ...need });
    return reply;
  }

  async function interruption({ needs }: Call): Promise<Reply | undefined> {
    for (const need of needs) {
      const planned = interruptions.find(({ action, times }) => times > 0 && action === need.action);
      if (!planned) continue;
      if (planned.skip-- > 0) continue;
      planned.times--;
      const reply = await planned.work();
      if (reply) return reply;
    }
    return undefined;
  }

  const options = { cert: readFileSync(certificates.certificate), key: readFileSync(certificates.key) };
  const server = createServer(options, async (request, response) => {
    const { method = '', url = '', headers } = request;
    let reply: Reply;
    try {
      reply = await answer({ method, url, headers, body: await buffer(request) });
    } catch (error) {
      const { name, message } = error as Error;
      const status = error instanceof AccessDenied ? 400 : 500;
      reply = { status, body: JSON.stringify({ __type: `${name}Exception`, Message: message }) };
    }
    response.writeHead(reply.status, reply.headers).end(reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    roles,
    done,
    services,
    before(action, work, { skip = 0, times = 1 } = {}) {
      interruptions.push({ action, work, skip, times });
    },
    permit,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

class AccessDenied extends Error {
  override readonly name = 'AccessDenied';
}

/** The same request, its signature and the Host that it covers included, to another port. */
export async function forward({ method, url, headers, body }: AwsRequest, port: number, ca?: Buffer): Promise<Reply> {
  const send = ca ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    send({ host: '127.0.0.1', port, method, path: url, headers, ca }, async (response) => {
      const { statusCode: status = 0, headers } = response;
      resolve({ status, headers, body: await buffer(response) });
    })
      .on('error', reject)
      .end(body);
  });
}
