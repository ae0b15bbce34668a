import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const ROOT = join(import.meta.dirname, '..', '..');
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

/** Packages that come along when a file runs. */
function reachedFrom(entry: string): Set<string> {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const from of importsOf(file)) {
      if (!from.startsWith('.')) packages.add(from);
      const target = relative(ROOT, resolve(ROOT, dirname(file), from));
      if (from.endsWith('.ts') && existsSync(join(ROOT, target))) visit(target);
    }
  };
  visit(entry);
  return packages;
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

  test.each(['lambdas/report.ts', 'lambdas/links.ts', 'lambdas/partition.ts'])(
    '%s brings neither DuckDB nor CDK along',
    (entry) => {
      const packages = [...reachedFrom(entry)];
      expect(packages).toContain('zod');
      expect(packages.filter((name) => /^@duckdb|^aws-cdk-lib|^constructs/.test(name))).toEqual([]);
    },
  );
});
