import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npm } from './npm.ts';

/** Builds and packs the npm package into a folder of its own, which LOGTALLY_PACKED names. */
export default function pack(): void {
  const folder = mkdtempSync(join(tmpdir(), 'logtally-packed-'));
  npm(join(import.meta.dirname, '..', '..'), 'pack', '--pack-destination', folder);
  process.env.LOGTALLY_PACKED = folder;
}

/** The tarball of the npm package. */
export function tarball(): string {
  const folder = process.env.LOGTALLY_PACKED;
  if (!folder) throw new Error('the package is not packed; run npm run test:package');
  return join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
}
