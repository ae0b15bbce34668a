#!/usr/bin/env node
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = join(import.meta.dirname, '..');

/**
 * Bundles lib/views/page/script/, with the parts of ECharts that it uses, to the one script of a page: lib/views/page/page-script.ts,
 * or the file that is named. It is kept in the repository, so that a report needs no build.
 */
const [file = join(ROOT, 'lib/views/page/page-script.ts')] = process.argv.slice(2);
const { outputFiles } = buildSync({
  entryPoints: [join(ROOT, 'lib/views/page/script/main.ts')],
  absWorkingDir: ROOT,
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  define: { 'process.env.NODE_ENV': '"production"' },
  charset: 'utf8',
  legalComments: 'inline',
  write: false,
});
// A script element ends at its end tag, and at a comment begun within it.
const script = (outputFiles[0]?.text ?? '').replaceAll(/<(?=\/script|!--|script)/gi, '\\x3c');
writeFileSync(
  file,
  `// Made by npm run page-script from lib/views/page/script/; do not edit.\nexport const PAGE_SCRIPT = ${JSON.stringify(script)};\n`,
);
