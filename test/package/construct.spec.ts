import { cpSync, globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeBundle } from '../../lib/infra/bundle.ts';
import { FUNCTIONS } from '../../lib/infra/function-build.ts';
import manifest from '../../package.json' with { type: 'json' };
import { install, installNode, NODE_VERSIONS, run } from './npm.ts';
import { tarball } from './pack.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const CURRENT_TYPESCRIPT = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
/** The last TypeScript with the module resolution of older CDK apps, which knows no `exports`. */
const OLDER_TYPESCRIPT = '5.9.3';

const folder = mkdtempSync(join(tmpdir(), 'logtally-construct-'));
const project = join(folder, 'project');
afterAll(() => rmSync(folder, { recursive: true }));
beforeAll(() => {
  const { 'aws-cdk-lib': cdk, constructs, '@types/node': types } = manifest.devDependencies;
  install(project, [
    tarball(),
    ...[`aws-cdk-lib@${cdk}`, `constructs@${constructs}`, `@types/node@${types}`, `typescript@${OLDER_TYPESCRIPT}`],
  ]);
  cpSync(join(ROOT, 'logtally.yaml'), join(project, 'logtally.yaml'));
  for (const type of ['commonjs', 'module']) {
    const sources = join(project, type);
    cpSync(join(import.meta.dirname, 'consumer'), sources, { recursive: true });
    writeFileSync(join(sources, 'package.json'), JSON.stringify({ type }));
  }
}, 600_000);

/** Compiles the app of a folder, as strictly as can be, to JavaScript beside it. Returns what the compiler printed. */
function compile(compiler: string, app: string, module: readonly string[]): string {
  const options = ['--strict', '--target', 'es2022', '--skipLibCheck', 'false', '--types', 'node'];
  const { status, stdout } = run(project, process.execPath, [compiler, ...options, ...module, join(app, 'app.ts')]);
  return status === 0 ? '' : stdout;
}

/** Runs an app, and returns the folder that it has synthesized. */
function synthesize(app: string, node: string): string {
  const out = mkdtempSync(join(folder, 'cdk.out-'));
  const { status, stderr } = run(project, 'env', [`CDK_OUTDIR=${out}`, node, join(app, 'app.js')], node);
  if (status !== 0) throw new Error(stderr);
  return out;
}

/** The resources of a template, by type. */
function resourceTypes(template: string): string[] {
  const { Resources } = JSON.parse(readFileSync(template, 'utf8'));
  return Object.values<{ Type: string }>(Resources).map(({ Type }) => Type);
}

test('no esbuild is installed, so functions are taken from the package', () => {
  const packages = readdirSync(join(project, 'node_modules'));
  expect(packages).toContain('aws-cdk-lib');
  expect(packages.filter((name) => /esbuild|cdk-nag|redos|echarts|powertools/.test(name))).toEqual([]);
});

test.each(FUNCTIONS)('the function %s is what a clone builds, byte for byte', (name) => {
  const built = join(folder, name);
  mkdirSync(built);
  writeBundle(built, name);
  const packaged = join(project, 'node_modules', 'logtally', 'dist', 'functions', name, 'index.mjs');
  expect(readFileSync(packaged).equals(readFileSync(join(built, 'index.mjs')))).toBe(true);
});

describe('the types', () => {
  test('serve an app of ES modules', () => {
    expect(compile(CURRENT_TYPESCRIPT, 'module', ['--ignoreConfig', '--module', 'nodenext'])).toBe('');
  });

  test('serve an app of CommonJS with the resolution of older CDK apps', () => {
    const compiler = join(project, 'node_modules', 'typescript', 'bin', 'tsc');
    expect(compile(compiler, 'commonjs', ['--module', 'commonjs', '--moduleResolution', 'node10'])).toBe('');
  });

  test('serve an app as cdk init writes it', () => {
    expect(compile(CURRENT_TYPESCRIPT, 'commonjs', ['--ignoreConfig', '--module', 'nodenext'])).toBe('');
  });

  test('refuse what the construct does not know', () => {
    const app = join(project, 'wrong');
    mkdirSync(app);
    const source = readFileSync(join(import.meta.dirname, 'consumer', 'app.ts'), 'utf8');
    writeFileSync(join(app, 'app.ts'), `${source}\nloadConfig(42);\n`);
    expect(compile(CURRENT_TYPESCRIPT, 'wrong', ['--ignoreConfig', '--module', 'nodenext'])).toMatch(
      /^wrong.app.ts.*: error TS2345/,
    );
  });
});

describe.each(NODE_VERSIONS)('on Node.js %s', (version) => {
  let node: string;
  beforeAll(() => {
    node = installNode(join(folder, version), version);
  }, 300_000);

  test.each(['commonjs', 'module'])('an app of type %s synthesizes', (type) => {
    const out = synthesize(type, node);
    const stacks = globSync('**/*.template.json', { cwd: out });
    expect(stacks.map((file) => basename(file)).toSorted()).toEqual([
      'Logtally.template.json',
      expect.stringMatching(/^ProdSite/),
    ]);
    for (const stack of stacks) {
      const types = resourceTypes(join(out, stack));
      expect(types).toEqual(expect.arrayContaining(['AWS::Lambda::Function', 'AWS::Glue::Table', 'AWS::S3::Bucket']));
    }
    const [code = ''] = globSync('asset.*/config.json', { cwd: out });
    expect(readdirSync(join(out, code, '..')).toSorted()).toEqual(['config.json', 'index.mjs', 'pictures', 'sql']);
  });
});

test('a test of an app loads the construct in a runner that cannot require ES modules', () => {
  writeFileSync(
    join(project, 'commonjs', 'app.test.js'),
    `test('loads', () => expect(require('logtally/cdk').LogtallyStack).toBeInstanceOf(Function));`,
  );
  const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  const { status, stderr } = run(join(project, 'commonjs'), process.execPath, [jest, '--rootDir', '.']);
  expect({ status, stderr: stderr.includes('1 passed') }).toEqual({ status: 0, stderr: true });
});
