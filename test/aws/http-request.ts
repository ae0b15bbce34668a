import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { buffer } from 'node:stream/consumers';
import type { TestStack } from './stack.ts';

export interface Page {
  status: number;
  location: string | undefined;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Requests a URL of a function or of S3 as a browser does: unsigned, over TLS. The emulator answers for all hosts. */
export async function httpRequest({ emulator, authority }: TestStack, address: string, method = 'GET'): Promise<Page> {
  const { host, hostname, pathname, search } = new URL(address);
  const port = hostname === '127.0.0.1' ? Number(new URL(address).port) : emulator.port;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path: `${pathname}${search}`, method, headers: { host } };
    request({ ...options, ca: authority, servername: '' }, resolve)
      .on('error', reject)
      .end();
  });
  const { statusCode: status = 0, headers } = response;
  return { status, headers, location: headers.location, body: await buffer(response) };
}
