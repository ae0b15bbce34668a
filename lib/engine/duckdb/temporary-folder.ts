import { mkdirSync, rmSync } from 'node:fs';

/**
 * Makes a folder for the time of some work. Returns how to remove it, which also happens when the process exits: one that is
 * interrupted closes nothing.
 */
export function makeTemporaryFolder(folder: string): () => void {
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  process.once('exit', removeFolder);
  return () => {
    process.off('exit', removeFolder);
    removeFolder();
  };
}
