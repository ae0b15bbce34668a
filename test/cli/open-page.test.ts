import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openPage } from '../../lib/cli/open-page.ts';

let folder: string;
const env = () => ({ PATH: `${folder}:${process.env.PATH}` });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logtally-open-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A program of that name that notes what it is called with. */
function install(name: string): () => Promise<string> {
  const noted = join(folder, 'arguments');
  writeFileSync(
    join(folder, name),
    `#!/bin/sh\nprintf '%s\\n' "$#" "$@" > '${noted}.part'\nmv '${noted}.part' '${noted}'\n`,
  );
  chmodSync(join(folder, name), 0o755);
  return async () => {
    for (let tries = 0; tries < 200; tries++) {
      try {
        return readFileSync(noted, 'utf8');
      } catch {
        await setTimeout(10);
      }
    }
    throw new Error(`${name} was not called`);
  };
}

describe('a page is opened', () => {
  const programs: [NodeJS.Platform, string][] = [
    ['linux', 'xdg-open'],
    ['darwin', 'open'],
    ['win32', 'explorer.exe'],
  ];
  test.each(programs)('on %s with %s, and its path is one argument whatever it contains', async (platform, program) => {
    const called = install(program);
    const page = join(folder, 'a b; $(touch hacked) `x` "q" & %PATH%', 'report.html');
    await openPage(page, platform, env());
    expect(await called()).toBe(`1\n${page}\n`);
  });

  test('by its absolute path, which is never an option', async () => {
    const called = install('xdg-open');
    await openPage('--help/report.html', 'linux', env());
    expect(await called()).toBe(`1\n${resolve('--help/report.html')}\n`);
  });
});

test('the error names the page if there is no program to open it', async () => {
  await expect(openPage('/out/report.html', 'linux', { PATH: folder })).rejects.toThrow(
    /--open: .*xdg-open.*open \/out\/report\.html/,
  );
});
