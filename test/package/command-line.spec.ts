import { globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import manifest from '../../package.json' with { type: 'json' };
import { type Ended, install, installNode, NODE_VERSIONS, run } from './npm.ts';
import { tarball } from './pack.ts';

const MOST_MB = 120;
const folder = mkdtempSync(join(tmpdir(), 'logtally-command-line-'));
const project = join(folder, 'project');
const modules = join(project, 'node_modules');
beforeAll(() => install(project, [tarball()]), 300_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('the package', () => {
  test('contains what it needs and no source code', () => {
    const files = globSync('**', { cwd: join(modules, 'logtally') }).filter((file) =>
      statSync(join(modules, 'logtally', file)).isFile(),
    );
    const isTypes = (file: string) => /^dist\/types\/.*\.d\.ts$/.test(file);
    expect(files.filter((file) => !file.startsWith('dist/')).toSorted()).toEqual([
      ...['CHANGELOG.md', 'LICENSE', 'NOTICE', 'README.md', 'logtally.schema.json', 'logtally.yaml', 'package.json'],
    ]);
    expect(files.filter((file) => file.endsWith('.ts') && !isTypes(file))).toEqual([]);
    expect(files).toContain('dist/functions/report/index.mjs');
  });

  test('installs DuckDB, and nothing else', () => {
    expect(
      readdirSync(modules)
        .filter((name) => !name.startsWith('.'))
        .toSorted(),
    ).toEqual([...['@duckdb', 'detect-libc', 'logtally']]);
  });

  test(`takes less than ${MOST_MB} MB`, () => {
    const files = globSync('**', { cwd: modules }).map((file) => statSync(join(modules, file)));
    // What files take on a disk with blocks of 4 kB.
    const size_mb = files.reduce((sum, { size }) => sum + Math.ceil(size / 4096) * 4096, 0) / 1e6;
    process.stderr.write(`node_modules takes ${size_mb.toFixed(1)} MB\n`);
    expect(size_mb).toBeGreaterThan(10);
    expect(size_mb).toBeLessThan(MOST_MB);
  });
});

describe.each(NODE_VERSIONS)('on Node.js %s', (version) => {
  let node: string;
  beforeAll(() => {
    node = installNode(join(folder, version), version);
    expect(run(folder, node, ['--version']).stdout.trim()).toBe(`v${version}`);
    const lines = Array.from(
      { length: 240 },
      (_, at) =>
        `192.0.2.${at % 7} - - [${10 + Math.floor(at / 24)}/Oct/2026:${String(at % 24).padStart(2, '0')}:00:38 +0000] ` +
        `"GET /photos/${at % 5}.jpg HTTP/1.1" ${at % 6 === 0 ? 404 : 200} 612 "-" "curl/8.11.1"\n`,
    );
    mkdirSync(logs(), { recursive: true });
    writeFileSync(join(logs(), 'access.log'), lines.join(''));
  }, 300_000);

  /** Runs as `npx logtally`, in the folder of the logs. */
  const logs = () => join(project, version);
  const logtally = (...args: string[]): Ended => run(logs(), 'npx', ['--no-install', 'logtally', ...args], node);

  test('prints its version and its help', () => {
    expect(logtally('--version')).toEqual({ status: 0, stdout: `${manifest.version}\n`, stderr: '' });
    const { status, stdout, stderr } = logtally('--help');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const command of ['report', 'analyze', 'parse', 'sync']) expect(stdout).toContain(`  ${command} [options]`);
  });

  test('writes a report', () => {
    const { status, stderr } = logtally('report', '--input', 'access.log', '--date-range', '2026-10-01', '2026-10-31');
    expect(stderr).not.toMatch(/warning/i);
    expect({ status, stderr }).toMatchObject({ status: 0 });
    const edition = join(logs(), 'logtally-out', 'report', '2026-10-01_2026-10-31');
    const { headline } = JSON.parse(readFileSync(join(edition, 'edition.json'), 'utf8'));
    expect(headline).toMatchObject({ requests: 240, clients: 7, errors_4xx: 40 });
    expect(readFileSync(join(edition, 'report.html'), 'utf8')).toContain('<svg');
    expect(readFileSync(join(edition, 'mail.eml'), 'utf8')).toContain('image/png');
  });

  test('parses lines to records, from a glob', () => {
    const { status, stdout, stderr } = logtally('parse', '*.log');
    expect(stderr).not.toMatch(/warning/i);
    const records = stdout.trim().split('\n');
    expect({ status, records: records.length }).toEqual({ status: 0, records: 240 });
    expect(JSON.parse(records[0] ?? '')).toMatchObject({ client_ip: '192.0.2.0', path: '/photos/0.jpg', status: 404 });
  });

  test('analyzes logs', () => {
    const { status, stdout, stderr } = logtally('analyze', 'access.log', '--section', 'overview', '--output', 'json');
    expect(stderr).not.toMatch(/warning/i);
    expect(status).toBe(0);
    expect(JSON.stringify(JSON.parse(stdout))).toContain('240');
  });
});
