import { cpSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { Metafile } from 'esbuild';
import { PICTURE_ASSETS } from '../views/charts/picture-assets.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const require = createRequire(import.meta.url);

/** The handlers in `lambdas/` that are deployed. */
export const FUNCTIONS = ['report', 'download-links', 'partition'] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

/**
 * Bundles a handler into one ES module with everything that it imports. The AWS SDK is included, so that its version is
 * the tested one. `entry` is relative to the repository. Returns the files whose code is in the bundle, relative to the
 * repository. Needs esbuild, which a clone has; the npm package comes with its bundles built.
 */
export function buildFunction(entry: string, outfile: string): string[] {
  // Loaded only here: code that takes a bundle from the npm package runs without esbuild.
  const { buildSync }: typeof import('esbuild') = require('esbuild');
  const { metafile } = buildSync({
    entryPoints: [resolve(ROOT, entry)],
    outfile,
    absWorkingDir: ROOT,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    // Names stay readable in stack traces.
    minifySyntax: true,
    minifyWhitespace: true,
    // Some dependencies are CommonJS and call require for Node's own modules.
    banner: { js: "import{createRequire as nodeRequire}from'node:module';const require=nodeRequire(import.meta.url);" },
    logLevel: 'error',
    metafile: true,
  });
  return bundledFiles(metafile);
}

/** The files whose code is in a bundle, from esbuild's metafile. */
export function bundledFiles({ outputs }: Metafile): string[] {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  return inputs.flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : []));
}

/** Copies the files that bundled code reads beside itself: `sql/` and `pictures/`. */
export function copyAssets(folder: string): void {
  cpSync(join(ROOT, 'sql'), join(folder, 'sql'), { recursive: true });
  for (const [name, file] of Object.entries(PICTURE_ASSETS)) {
    cpSync(require.resolve(file), join(folder, 'pictures', name));
  }
}
