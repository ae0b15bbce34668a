import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTrino, type TrinoServer } from './server.ts';

declare global {
  /** The server of this run, from its setup to its teardown. */
  var trinoServer: { server: TrinoServer; folder: string } | undefined;
}

/** Starts the server and tells the tests, through the environment, where it is. */
export default async function setup(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'logtally-trino-'));
  const server = await startTrino(folder);
  globalThis.trinoServer = { server, folder };
  process.env.TRINO_URL = server.url;
  process.env.TRINO_FILES = server.files;
}
