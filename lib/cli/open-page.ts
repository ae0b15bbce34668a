import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

/** The commands that open a file in its default program. They run without a shell, so a path is never interpreted. */
const OPENERS: Partial<Record<NodeJS.Platform, string>> = { darwin: 'open', win32: 'explorer.exe' };

/**
 * Opens a page in the browser and does not wait for it. An Error names the page if this machine has no command to open
 * it.
 */
export async function openPage(
  path: string,
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const opener = OPENERS[platform] ?? 'xdg-open';
  const page = resolve(path);
  const child = spawn(opener, [page], { detached: true, stdio: 'ignore', shell: false, env });
  await new Promise<void>((done, fail) => {
    child.once('spawn', done);
    child.once('error', ({ message }) => fail(new Error(`--open: ${message}; open ${page} in a browser yourself`)));
  });
  child.unref();
}
