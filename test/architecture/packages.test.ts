import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { buildFunction, FUNCTIONS } from '../../lib/infra/function-build.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'logtally-packages-'));
afterAll(() => rmSync(folder, { recursive: true }));
const FILES = globSync(['bin/*.ts', 'lib/**/*.ts', 'lambdas/*.ts'], { cwd: ROOT });

/** What a file imports when it runs; types are gone by then. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const statements = text.matchAll(/^(?:import|export)\s(?!type\s)([^;']*?)from '([^']+)'|^import '([^']+)'/gm);
  return [...statements].flatMap(([, names = '', from, bare]) => {
    const onlyTypes = /^\{.*\}\s*$/s.test(names) && namesOf(names).every((name) => name.startsWith('type '));
    return onlyTypes ? [] : [from ?? bare ?? ''];
  });
}

function namesOf(names: string): string[] {
  return names
    .replace(/[{}]/g, '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
}

/** The files that import a package whose name starts so. */
function importersOf(name: string): string[] {
  return FILES.filter((file) => importsOf(file).some((from) => from.startsWith(name)));
}

/** What no function needs. The report function alone draws charts, with the bundled part of ECharts. */
const FORBIDDEN = ['@duckdb/', 'aws-cdk-lib/', 'constructs/', 'cdk-nag/', 'esbuild/', 'echarts/'].map(
  (name) => `node_modules/${name}`,
);
const CHARTS = 'lib/views/charts/';

/** Files in a bundle of a handler whose path starts so. */
function forbiddenFiles(entry: string, prefixes: readonly string[]): string[] {
  const files = buildFunction(entry, join(folder, 'index.mjs'));
  return files.filter((file) => prefixes.some((prefix) => file.startsWith(prefix)));
}

describe('packages', () => {
  test.each([
    ['@aws-sdk/', /^(lambdas\/|lib\/engine\/athena\/|lib\/store\/s3|lib\/delivery\/ses)/],
    ['@duckdb/', /^lib\/engine\/duckdb\//],
    ['aws-cdk-lib', /^(lib\/infra\/|bin\/app\.ts)/],
    ['constructs', /^lib\/infra\//],
    ['commander', /^bin\/logtally\.ts/],
    ['nodemailer', /^lib\/(delivery|views\/mail)\//],
  ])('%s is known to few', (name, few) => {
    const importers = importersOf(name);
    expect(importers.length).toBeGreaterThan(0);
    expect(importers.filter((file) => !few.test(file))).toEqual([]);
  });

  test.each([
    'lib/model',
    'lib/text',
    'lib/formats/',
    'lib/formats/athena',
    'lib/sources/layout.ts',
    'lib/sections',
    'lib/insights',
    'lib/views/page',
    'lib/tables',
  ])('%s has no effect on the world', (part) => {
    const files = FILES.filter((file) => file.startsWith(part));
    expect(files.length).toBeGreaterThan(0);
    const effects = files.flatMap((file) =>
      importsOf(file)
        .filter((from) => /^node:(fs|http|https|net|child_process|process|os)\b|^@aws-sdk|^@duckdb/.test(from))
        .map((from) => `${file} imports ${from}`),
    );
    expect(effects).toEqual([]);
  });

  test.each(FUNCTIONS)('the bundle of %s contains only what it needs', (name) => {
    const forbidden = name === 'report' ? FORBIDDEN : [...FORBIDDEN, CHARTS];
    expect(forbiddenFiles(`lambdas/${name}.ts`, forbidden)).toEqual([]);
  });

  test.each([
    ['constructs', 'node_modules/constructs/lib/construct.js'],
    ['cdk-nag', 'node_modules/cdk-nag/lib/utils/flatten-cfn-reference.js'],
    ['echarts', 'node_modules/echarts/lib/core/echarts.js'],
    ['@duckdb/node-api', 'node_modules/@duckdb/node-api/lib/DuckDBTypeId.js'],
    ['charts', 'lib/views/charts/echarts.js'],
  ])('an import of %s would be seen', (_name, file) => {
    const handler = join(folder, 'handler.mjs');
    writeFileSync(handler, `export * from ${JSON.stringify(join(ROOT, file))};\n`);
    expect(forbiddenFiles(handler, [...FORBIDDEN, CHARTS])).toContain(file);
  });
});
