import { cpSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import { PICTURE_ASSETS } from '../views/charts/picture.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/**
 * A function's code: `index.mjs` with everything it imports, the AWS SDK included so that its version is the tested
 * one. With a config, that, `sql/` and what pictures are drawn with lie beside it. esbuild runs in this process: no Docker, and no shell that would
 * read the config's text.
 */
export function bundle(entry: string, config?: object): Code {
  return Code.fromAsset(ROOT, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('never-used'),
      // CDK tells two bundles of one folder apart by their command.
      command: [entry, JSON.stringify(config ?? null)],
      local: {
        tryBundle(folder) {
          writeBundle(folder, entry, config);
          return true;
        },
      },
    },
  });
}

/** Writes what `bundle` promises into a folder. */
export function writeBundle(folder: string, entry: string, config?: object): void {
  buildSync({
    entryPoints: [join(ROOT, entry)],
    outfile: join(folder, 'index.mjs'),
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
  });
  if (config === undefined) return;
  cpSync(join(ROOT, 'sql'), join(folder, 'sql'), { recursive: true });
  const { resolve } = createRequire(import.meta.url);
  for (const [name, path] of Object.entries(PICTURE_ASSETS)) cpSync(resolve(path), join(folder, 'pictures', name));
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
}
