import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { folderStore } from '../../lib/store/folder.ts';
import { storeContract } from '../contracts/store.ts';
import { testUnless } from '../missing.ts';

storeContract('a folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'logtally-store-'));
  return { store: folderStore(folder), close: () => rm(folder, { recursive: true }) };
});

describe('a folder', () => {
  let parent: string;
  let root: string;

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'logtally-store-'));
    root = join(parent, 'root');
    await mkdir(root);
  });

  afterEach(() => rm(parent, { recursive: true }));

  test('is made by the first write', async () => {
    const store = folderStore(join(root, 'not/yet'));
    expect(store.root).toBe(join(root, 'not/yet/'));
    await store.put('a/b', 'x');
    expect(await readFile(join(root, 'not/yet/a/b'), 'utf8')).toBe('x');
  });

  test('hides what a killed run left, and what other programs hide', async () => {
    await mkdir(join(root, '.cache'));
    await writeFile(join(root, '.cache/x'), 'x');
    await writeFile(join(root, '.unfinished-1'), 'half');
    await writeFile(join(root, 'seen'), 'whole');
    const keys = [];
    for await (const { key } of folderStore(root).list('')) keys.push(key);
    expect(keys).toEqual(['seen']);
  });

  test('does not show a file that a killed process was writing', async () => {
    const store = new URL('../../lib/store/folder.ts', import.meta.url);
    const script = `
      import { folderStore } from ${JSON.stringify(store.href)};
      async function* endless() {
        for (;;) {
          yield Buffer.alloc(100_000, 'x');
          process.stdout.write('.');
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
      }
      await folderStore(${JSON.stringify(root)}).write('report.csv', endless());`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script]);
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect((await readdir(root)).join()).toMatch(/^\.unfinished-[^,]+$/);
    expect(await folderStore(root).get('report.csv')).toBeUndefined();
  });

  test('writes and deletes nothing through a symbolic link that leads out', async () => {
    await mkdir(join(parent, 'outside'));
    await writeFile(join(parent, 'outside/precious'), 'before');
    await symlink(join(parent, 'outside'), join(root, 'link'));
    await symlink(join(parent, 'outside/precious'), join(root, 'file'));
    const store = folderStore(root);
    await expect(store.put('link/new', 'x')).rejects.toThrow('a symbolic link leads out of');
    await expect(store.put('link/deep/new', 'x')).rejects.toThrow('a symbolic link leads out of');
    await expect(store.delete(['link/precious'])).rejects.toThrow('a symbolic link leads out of');
    await store.put('file', 'replaces the link');
    expect(await readdir(join(parent, 'outside'))).toEqual(['precious']);
    expect(await readFile(join(parent, 'outside/precious'), 'utf8')).toBe('before');
    expect(await readFile(join(root, 'file'), 'utf8')).toBe('replaces the link');
  });

  test('may itself be reached through a symbolic link', async () => {
    await symlink(root, join(parent, 'alias'));
    await folderStore(join(parent, 'alias')).put('a/b', 'x');
    expect(await readFile(join(root, 'a/b'), 'utf8')).toBe('x');
  });

  test('says what prevents writing a file', async () => {
    const store = folderStore(root);
    await store.put('a', 'x');
    await store.put('b/c', 'x');
    await expect(store.put('a/b', 'x')).rejects.toThrow(
      `${join(root, 'a/b')}: there is a file where a folder is needed`,
    );
    await expect(store.put('b', 'x')).rejects.toThrow(`${join(root, 'b')}: there is a folder where the file should be`);
    expect(await readdir(root)).toEqual(['a', 'b']);
  });

  const canMount = spawnSync('unshare', ['-rm', 'true']).status === 0;

  testUnless(canMount ? undefined : 'no small disk can be mounted here')(
    'on a full disk says so and leaves no partial file',
    () => {
      const store = new URL('../../lib/store/folder.ts', import.meta.url);
      const script = `
      import { readdirSync } from 'node:fs';
      import { folderStore } from ${JSON.stringify(store.href)};
      const store = folderStore(${JSON.stringify(root)});
      await store.put('small', 'before');
      await store.put('small', Buffer.alloc(200_000)).catch((error) => console.log(error.message));
      console.log(JSON.stringify(readdirSync(${JSON.stringify(root)})), String(await store.get('small')));`;
      const mounted = 'mount -t tmpfs -o size=64k tmpfs "$0" && exec "$1" --input-type=module --eval "$2"';
      const output = execFileSync('unshare', ['-rm', 'sh', '-c', mounted, root, process.execPath, script]);
      expect(output.toString().split('\n')).toEqual([
        `${join(root, 'small')}: the disk is full; free some space or choose another folder`,
        '["small"] before',
        '',
      ]);
    },
  );
});
