import { mkdtempSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from './usage-error.ts';

/**
 * A UsageError that names the option if nothing can be written into a folder, which need not exist yet: something else has
 * its name or that of a folder above it, or it must not be changed.
 */
export function requireWritable(folder: string, option: string): void {
  const path = existingFolder(resolve(folder), option);
  try {
    // Permissions do not say whether a file system is read-only or takes no files at all.
    rmdirSync(mkdtempSync(join(path, '.logtally-')));
  } catch {
    throw new UsageError(`${option}: nothing can be written to ${path}; change its permissions or name another one`);
  }
}

/** The same for a file: its folder must exist. A pipe or a device is not looked at. */
export function requireWritableFile(file: string, option: string): void {
  const path = resolve(file);
  const status = statSync(path, { throwIfNoEntry: false });
  if (status?.isDirectory()) throw new UsageError(`${option}: ${path} is a folder; name a file`);
  if (status && !status.isFile()) return;
  const folder = dirname(path);
  if (!statSync(folder, { throwIfNoEntry: false })) {
    throw new UsageError(`${option}: there is no folder ${folder}; create it, or name another file`);
  }
  requireWritable(folder, option);
}

/** The folder, or the nearest one above it that exists. */
function existingFolder(path: string, option: string): string {
  const status = statSync(path, { throwIfNoEntry: false });
  if (!status) return existingFolder(dirname(path), option);
  if (!status.isDirectory()) throw new UsageError(`${option}: ${path} is a file; name a folder`);
  return path;
}
