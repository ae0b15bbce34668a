import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { Emulator } from './emulator.ts';

/** A server to which the emulator forwards the events of functions, instead of running the functions itself. */
export interface EventServer {
  /** The URL of a function's events. */
  urlOf(name: string): string;
  close(): Promise<void>;
}

/** Starts a server that passes a function's events to `handle`; an error that it throws is the function's error. */
export async function startEventServer(
  handle: (name: string, event: unknown) => Promise<unknown>,
): Promise<EventServer> {
  const server = createServer(async (request, response) => {
    try {
      const answer = await handle(String(request.url).slice(1), await json(request));
      response.end(JSON.stringify(answer ?? null));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    urlOf: (name) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Makes the emulator forward the events of a deployed function to a URL. */
export async function forwardEvents(emulator: Emulator, name: string, url: string): Promise<void> {
  const path = `/2015-03-31/functions/${name}/configuration`;
  const { Environment } = JSON.parse((await emulator.send('lambda', { path })).toString());
  const Variables = { ...Environment.Variables, MINISTACK_LAMBDA_PROXY_URL: url };
  await emulator.send('lambda', { path, method: 'PUT', body: JSON.stringify({ Environment: { Variables } }) });
}
