import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import manifest from '../../package.json' with { type: 'json' };
import { buildImage, type Image } from './container.ts';
import { run } from './npm.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'logtally-container-'));
let image: Image;
beforeAll(() => {
  image = buildImage(ROOT, folder);
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs what the container would: the entry point with these arguments, in its working directory. */
function container(...args: string[]) {
  const [program = '', ...first] = image.entrypoint.map((part) =>
    part.startsWith('/') ? join(image.root, part) : part,
  );
  return run(join(image.root, image.working_directory), program, [...first, ...args]);
}

describe('the container image', () => {
  test('runs the command line, by default its help', () => {
    expect(container('--version')).toEqual({ status: 0, stdout: `${manifest.version}\n`, stderr: '' });
    expect(container(...image.command).stdout).toContain('Usage: logtally');
  });

  test('does not run as root, and anyone can write where results go', () => {
    expect(image.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(image.working_directory).toBe('/out');
    expect(statSync(join(image.root, 'out')).mode & 0o7777).toBe(0o1777);
  });

  test('contains what the command line needs, and no build tools', () => {
    expect(readdirSync(image.root).toSorted()).toEqual(['opt', 'out']);
    const product = join(image.root, 'opt', 'logtally');
    expect(readdirSync(product).toSorted()).toEqual(['LICENSE', 'NOTICE', 'dist', 'node_modules', 'package.json']);
    const packages = readdirSync(join(product, 'node_modules')).filter((name) => !name.startsWith('.'));
    expect(packages.toSorted()).toEqual(['@duckdb', 'detect-libc']);
    const code = readdirSync(join(product, 'dist')).filter((name) => !name.endsWith('.js'));
    expect(code.toSorted()).toEqual(['pictures', 'sql']);
  });

  test('reports on mounted logs', () => {
    const logs = join(folder, 'logs');
    mkdirSync(logs);
    writeFileSync(
      join(logs, 'access.log'),
      '192.0.2.7 - - [06/Oct/2026:00:00:38 +0000] "GET / HTTP/1.1" 200 612 "-" "curl/8"\n',
    );
    const { status, stderr } = container('report', '--input', logs, '--date-range', '2026-10-01', '2026-10-31');
    expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.not.stringMatching(/warning/i) });
    const edition = join(image.root, 'out', 'logtally-out', 'report', '2026-10-01_2026-10-31', 'edition.json');
    expect(JSON.parse(readFileSync(edition, 'utf8')).headline.requests).toBe(1);
  });
});

describe('following a Dockerfile', () => {
  test.each([
    ['HEALTHCHECK CMD true', 'HEALTHCHECK, which is not known'],
    ['RUN --network=none true', 'RUN has an option'],
    ['COPY --chmod=644 LICENSE ./', 'COPY has an option'],
    ['COPY missing ./', 'COPY finds no missing'],
    ['RUN touch /etc/other', 'RUN has an absolute path'],
    ['RUN false', 'RUN false failed'],
  ])('%s is refused', (instruction, message) => {
    const repository = mkdtempSync(join(folder, 'repository-'));
    writeFileSync(join(repository, 'Dockerfile'), `FROM node:24\n${instruction}\n`);
    writeFileSync(join(repository, '.dockerignore'), '*\n!LICENSE\n');
    cpSync(join(ROOT, 'LICENSE'), join(repository, 'LICENSE'));
    expect(() => buildImage(repository, mkdtempSync(join(folder, 'image-')))).toThrow(message);
  });
});
