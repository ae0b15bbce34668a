import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';

const EDITION = /^\d{4}-\d{2}-\d{2}_\d{4}-\d{2}-\d{2}$/;

/** True for a folder that Logtally wrote, an edition or a lake: its tables and records are no logs. */
export async function isOwnResult(folder: string, entries: readonly Dirent[]): Promise<boolean> {
  const names = new Set(entries.map(({ name }) => name));
  const isEdition = names.has('edition.json') || EDITION.test(basename(folder));
  if (isEdition && entries.some(({ name }) => name === 'report.html' || name.endsWith('.parquet'))) return true;
  if (!names.has('manifests')) return false;
  const sources = await readdir(join(folder, 'manifests')).catch(() => []);
  return sources.some((name) => name.startsWith('source='));
}
