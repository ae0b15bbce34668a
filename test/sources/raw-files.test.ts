import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Unreadable } from '../../lib/sources/input.ts';
import { findRawFiles, NoFilesError } from '../../lib/sources/raw-files.ts';

/** A user that every system has. */
const NOBODY = 65_534;

const folder = mkdtempSync(join(tmpdir(), 'logtally-found-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A folder with a file access.log. */
function logs(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  writeFileSync(join(path, 'access.log'), 'a line\n');
  return path;
}

/** Names of the files that are found, and what is said of other entries. */
async function found(...paths: string[]): Promise<[string[], Unreadable[]]> {
  const faults: Unreadable[] = [];
  const files = await findRawFiles(paths, (fault) => faults.push(fault));
  return [files.map(({ log_object }) => log_object), faults];
}

/** Does something as a user who may not read everything, as root may. */
async function asOther<T>(work: () => Promise<T>): Promise<T> {
  const user = process.geteuid?.();
  if (user !== 0) return work();
  process.seteuid?.(NOBODY);
  return work().finally(() => process.seteuid?.(user));
}

const fault = (log_object: string, reason: string) => ({ log_object, reason: expect.stringContaining(reason) });

describe('a link', () => {
  test('to a device is passed over and named', async () => {
    const path = logs('stdout');
    symlinkSync('/dev/stdout', join(path, 'error.log'));
    symlinkSync('error.log', join(path, 'other.log'));
    symlinkSync('/proc/self/fd/1', join(path, 'process.log'));
    const reasons = [
      fault('error.log', 'is a link to /dev/stdout, not a log'),
      fault('other.log', 'is a link to /dev/stdout, not a log'),
      fault('process.log', 'is a link to /proc/self/fd/1, not a log'),
    ];
    const [files, faults] = await found(path);
    expect([files, faults.sort((a, b) => (a.log_object < b.log_object ? -1 : 1))]).toEqual([['access.log'], reasons]);
    // As the shell writes a glob.
    expect((await found(join(path, 'access.log'), join(path, 'error.log')))[1]).toEqual([
      fault(join(path, 'error.log'), 'is a link to /dev/stdout'),
    ]);
  });

  test('to nothing or to itself is skipped and reported', async () => {
    const path = logs('dangling');
    symlinkSync('/no/such.log', join(path, 'gone.log'));
    symlinkSync('round.log', join(path, 'round.log'));
    const [files, faults] = await found(path);
    expect(files).toEqual(['access.log']);
    expect(faults).toContainEqual(fault('gone.log', 'is a link to /no/such.log, which does not exist'));
    expect(faults).toContainEqual(fault('round.log', 'is a link that leads to itself'));
    await expect(found(join(path, 'gone.log'))).rejects.toThrow(/gone\.log is a link to/);
  });

  test('to a folder is followed, once, and a cycle ends', async () => {
    const path = logs('cycle');
    const other = logs('linked');
    symlinkSync(other, join(path, 'a-link'));
    symlinkSync(other, join(path, 'b-link'));
    symlinkSync(path, join(other, 'back'));
    symlinkSync('.', join(path, 'here'));
    symlinkSync('..', join(path, 'up'));
    const [files, faults] = await found(path);
    expect(files).toEqual(['a-link/access.log', 'access.log']);
    expect(new Set(faults.map(({ log_object }) => log_object))).toEqual(new Set(['up', 'here']));
  });

  test('to a file that is also found directly counts once, and so does a hard link', async () => {
    const path = logs('twice');
    symlinkSync('access.log', join(path, '0-latest.log'));
    expect(await found(path)).toEqual([['access.log'], []]);
    expect(await found(path, join(path, '0-latest.log'), join(path, 'access.log'))).toEqual([['access.log'], []]);
    linkSync(join(path, 'access.log'), join(path, 'hard.log'));
    expect((await found(path))[0]).toHaveLength(1);
  });

  test('to a file elsewhere is read under its own name', async () => {
    const path = logs('elsewhere');
    symlinkSync(join(logs('real'), 'access.log'), join(path, 'link.log'));
    expect(await found(path)).toEqual([['access.log', 'link.log'], []]);
  });
});

describe('entries that are not files', () => {
  test('are skipped and reported: sockets, FIFOs, devices', async () => {
    const path = logs('special');
    execFileSync('mkfifo', [join(path, 'fifo.log')]);
    const server = createServer();
    await new Promise<void>((done) => {
      server.listen(join(path, 'socket.log'), done);
    });
    const [files, faults] = await found(path);
    expect(files).toEqual(['access.log']);
    expect(faults).toContainEqual(fault('socket.log', 'is a socket, not a log'));
    expect(faults).toContainEqual(fault('fifo.log', 'is a FIFO; name it itself'));
    server.close();
    await expect(found('/dev/null')).rejects.toThrow('/dev/null is a device, not a log');
  });

  test('a folder with the name of a log is read as a folder', async () => {
    const path = logs('folders');
    renameSync(logs('inner'), join(path, 'b.log.gz'));
    expect(await found(path)).toEqual([['access.log', 'b.log.gz/access.log'], []]);
  });

  test.each([['folder'], ['file']])('a %s whose name is not UTF-8 is skipped and reported', async (kind) => {
    const path = logs(`odd-${kind}`);
    const name = Buffer.concat([Buffer.from(join(path, 'caf')), Buffer.of(0xe9)]);
    if (kind === 'file') writeFileSync(name, 'a line\n');
    else mkdirSync(name);
    expect(await found(path)).toEqual([
      ['access.log'],
      [fault('caf\ufffd', 'has a name that is not UTF-8; rename it')],
    ]);
  });

  test('folders and files without read permission are skipped and reported', async () => {
    const path = logs('denied');
    renameSync(logs('secret'), join(path, 'secret'));
    chmodSync(join(path, 'secret'), 0);
    chmodSync(folder, 0o755);
    expect(await asOther(() => found(path))).toEqual([
      ['access.log'],
      [fault('secret', 'permission denied; check its permissions')],
    ]);
    const secret = join(path, 'secret');
    expect(await asOther(() => found(secret, join(path, 'access.log'), join(secret, 'access.log')))).toEqual([
      [join(path, 'access.log')],
      [fault(secret, 'permission denied'), fault(join(secret, 'access.log'), 'permission denied')],
    ]);
    chmodSync(secret, 0o700);
  });

  test('an empty folder is an error only without another log', async () => {
    const path = logs('some');
    const empty = join(path, 'empty');
    mkdirSync(empty);
    expect(await found(empty, path)).toEqual([['access.log'], [fault(empty, 'has no log files')]]);
    await expect(found(empty)).rejects.toThrow(NoFilesError);
    await expect(found(path, join(path, 'nothing.log'))).rejects.toThrow('nothing.log does not exist');
  });
});

test('names with the characters of globs, and hidden files and folders', async () => {
  const path = logs('names');
  for (const name of ['a[1].log', 's*r.log', 'q?.log', 'b{1,2}.log', '.hidden.log', '_hidden.log']) {
    writeFileSync(join(path, name), 'a line\n');
  }
  renameSync(logs('git'), join(path, '.git'));
  const names = ['a[1].log', 'access.log', 'b{1,2}.log', 'q?.log', 's*r.log'];
  expect((await found(path))[0]).toEqual(names);
  for (const name of names) expect((await found(join(path, name)))[0]).toEqual([join(path, name)]);
  expect((await found(join(path, '[aq]*.log')))[0]).toHaveLength(3);
});

describe('what Logtally wrote', () => {
  test('are not logs: editions, finished or not, and lakes', async () => {
    const path = logs('results');
    const write = (name: string) => {
      mkdirSync(join(path, name, '..'), { recursive: true });
      writeFileSync(join(path, name), 'a line\n');
    };
    const edition = 'out/report/2026-10-01_2026-10-31';
    for (const name of ['edition.json', 'report.html', 'overview.csv.gz', 'mail.eml']) write(`${edition}/${name}`);
    for (const name of ['overview.csv.gz', 'overview.parquet']) write(`out/report/2026-11-01_2026-11-30/${name}`);
    write('out/lake/0123/manifests/source=logs/day=2026-10-01.json');
    write('out/lake/0123/requests/source=logs/day=2026-10-01/part-0.parquet');
    write('out/lake/0123/leases/lake.json');
    write('2026-10-01_2026-10-31/shop.log');
    write('manifests/shop.log');
    expect(await found(path)).toEqual([['2026-10-01_2026-10-31/shop.log', 'access.log', 'manifests/shop.log'], []]);
  });
});
