import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildFunction, copyAssets, type FunctionName } from './function-build.ts';

/** In the npm package this code is in `dist/`, beside the built functions and the files that they read. */
const HERE = import.meta.dirname;
const IS_PACKAGE = existsSync(join(HERE, 'functions', 'report', 'index.mjs'));

/**
 * The code of a function, as `writeBundle` writes it. This happens in the same process: without Docker, and without a
 * shell, which would interpret text of the configuration.
 */
export function bundle(name: FunctionName, config?: object): Code {
  return Code.fromAsset(HERE, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('never-used'),
      // CDK identifies a bundle by its source folder and this command.
      command: [name, JSON.stringify(config ?? null)],
      local: {
        tryBundle(folder) {
          writeBundle(folder, name, config);
          return true;
        },
      },
    },
  });
}

/**
 * Writes a function's code into a folder: `index.mjs` and, with a config, `config.json`, `sql/` and the files that
 * pictures are drawn with. In the npm package the code is built already; from source, esbuild builds the same bytes.
 */
export function writeBundle(folder: string, name: FunctionName, config?: object): void {
  if (IS_PACKAGE) cpSync(join(HERE, 'functions', name), folder, { recursive: true });
  else buildFunction(`lambdas/${name}.ts`, join(folder, 'index.mjs'));
  if (config === undefined) return;
  if (IS_PACKAGE)
    for (const part of ['sql', 'pictures']) cpSync(join(HERE, part), join(folder, part), { recursive: true });
  else copyAssets(folder);
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
}
