import { rmSync } from 'node:fs';

/** Stops the server and deletes its folder. */
export default async function teardown(): Promise<void> {
  await globalThis.trinoServer?.server.close();
  if (globalThis.trinoServer) rmSync(globalThis.trinoServer.folder, { recursive: true });
}
