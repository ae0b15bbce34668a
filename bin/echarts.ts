#!/usr/bin/env node
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = join(import.meta.dirname, '..');

/**
 * Bundles the parts of ECharts that draw charts into lib/views/charts/echarts.js, or the file that is named. It is kept in
 * the repository: one file loads in a tenth of the time of ECharts' 600 modules, and a report needs neither a build nor
 * the 60 MB of the package.
 */
const [outfile = join(ROOT, 'lib/views/charts/echarts.js')] = process.argv.slice(2);
buildSync({
  entryPoints: [join(ROOT, 'lib/views/charts/echarts-parts.ts')],
  outfile,
  absWorkingDir: ROOT,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  define: { 'process.env.NODE_ENV': '"production"' },
  charset: 'utf8',
  legalComments: 'inline',
  banner: { js: '// Made by npm run echarts from lib/views/charts/echarts-parts.ts; do not edit.' },
});
