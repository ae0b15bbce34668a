#!/usr/bin/env node
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildFunction, copyAssets, FUNCTIONS } from '../lib/infra/function-build.ts';
import { buildCommandLine, buildConstruct } from './bundles.ts';

/**
 * `npm run build` writes dist/, the code of the npm package:
 *
 *   logtally.js       the command line, with the files that it loads
 *   cdk.cjs           `logtally/cdk`, with its types in types/, which tsc adds
 *   functions/        the code of the Lambda functions, which `logtally/cdk` deploys
 *   sql/, pictures/   what all of them read beside themselves
 */
const DIST = join(import.meta.dirname, '..', 'dist');

rmSync(DIST, { recursive: true, force: true });
buildCommandLine(DIST);
buildConstruct(join(DIST, 'cdk.cjs'));
for (const name of FUNCTIONS) buildFunction(`lambdas/${name}.ts`, join(DIST, 'functions', name, 'index.mjs'));
copyAssets(DIST);
// The package is one of ES modules, but these types are of a CommonJS file.
mkdirSync(join(DIST, 'types'));
writeFileSync(join(DIST, 'types', 'package.json'), '{ "type": "commonjs" }\n');
