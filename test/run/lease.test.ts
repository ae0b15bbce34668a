import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { LeaseLost, releaseLease, renewLease, takeLease, withLease } from '../../lib/run/lease.ts';
import { localFlow } from '../../lib/run/local-flow.ts';
import { hasEnded, thisProcess } from '../../lib/run/process-record.ts';
import { folderStore } from '../../lib/store/folder.ts';
import { heldStore } from '../../lib/store/held-store.ts';
import type { Store } from '../../lib/store/store.ts';

const NOW = Date.UTC(2026, 10, 3, 6);
const MINUTE = 60_000;

let folder: string;
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logtally-lease-'));
  store = folderStore(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The lease of an owner, with the clock so many minutes after six. */
const of = (owner: string, minutes = 0) => ({
  owner,
  lease_ms: 15 * MINUTE,
  clock: () => NOW + minutes * MINUTE,
});

describe('a lease', () => {
  test('is given to one of several runs that want it at once', async () => {
    const owners = Array.from({ length: 10 }, (_, index) => `run-${index}`);
    const taken = await Promise.all(owners.map((owner) => takeLease(store, of(owner))));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  test('stays with its owner, who may take it again, until it is released', async () => {
    expect(await takeLease(store, of('a'))).toBe(true);
    expect(await takeLease(store, of('a', 20))).toBe(true);
    expect(await takeLease(store, of('b', 14))).toBe(false);
    await releaseLease(store, 'b');
    expect(await takeLease(store, of('b', 14))).toBe(false);
    await releaseLease(store, 'a');
    expect(await takeLease(store, of('b', 14))).toBe(true);
  });

  test('that its owner does not renew goes to one of the waiting runs, and renewing it fails', async () => {
    await takeLease(store, of('a'));
    await renewLease(store, of('a', 10));
    expect(await takeLease(store, of('b', 20))).toBe(false);
    const late = await Promise.all(['b', 'c', 'd'].map((owner) => takeLease(store, of(owner, 26))));
    expect(late.filter(Boolean)).toHaveLength(1);
    await expect(renewLease(store, of('a', 26))).rejects.toThrow('another has begun');
    expect(readdirSync(join(folder, 'leases'))).toHaveLength(1);
  });
});

describe('runs with a lease', () => {
  test('run one after the other, also if one fails', async () => {
    let active = 0;
    let waits = 0;
    const run = (owner: string) =>
      withLease(localFlow(), store, { ...of(owner), onWait: () => waits++ }, async () => {
        active++;
        await setTimeout(30);
        expect(active--).toBe(1);
        if (owner === 'b') throw new Error('disk full');
        return owner;
      });
    const ended = await Promise.allSettled(['a', 'b', 'c'].map(run));
    expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(waits).toBeGreaterThan(0);
    expect(readdirSync(join(folder, 'leases'))).toEqual([]);
  });

  test('keep it while their steps continue, however long that takes', async () => {
    let minutes = 0;
    const clock = () => NOW + minutes * MINUTE;
    await withLease(localFlow(), store, { ...of('a'), clock }, async (flow) => {
      for (let step = 0; step < 6; step++) {
        await flow.step(`step ${step}`, async () => {
          minutes += 10;
        });
      }
      expect(await takeLease(store, { ...of('b'), clock })).toBe(false);
      // The run pauses for longer than the lease, and another one begins.
      minutes += 20;
      expect(await takeLease(store, { ...of('b'), clock })).toBe(true);
      await expect(flow.step('too late', async () => 0)).rejects.toThrow('another has begun');
    });
  });

  test('write nothing after another run has begun', async () => {
    let minutes = 0;
    const clock = () => NOW + minutes * MINUTE;
    const held = withLease(localFlow(), store, { ...of('a'), clock }, async (flow) => {
      const guarded = heldStore(store, flow.hold);
      await guarded.put('first.txt', 'written');
      minutes += 20;
      await takeLease(store, { ...of('b'), clock });
      await releaseLease(store, 'b');
      await expect(guarded.put('second.txt', 'never')).rejects.toThrow(LeaseLost);
      await expect(guarded.write('third.txt', chunks())).rejects.toThrow(LeaseLost);
      await guarded.delete(['first.txt']);
    });
    await expect(held).rejects.toThrow('this run did nothing for over 900 s and another has begun');
    expect(readdirSync(folder).sort()).toEqual(['first.txt', 'leases']);
  });
});

async function* chunks() {
  yield Buffer.from('never');
}

describe('a lease that no longer counts', () => {
  test('ends later than any lease can', async () => {
    await takeLease(store, of('a', 60 * 24 * 365));
    expect(await takeLease(store, of('b'))).toBe(true);
    await expect(renewLease(store, of('a', 60 * 24 * 365))).rejects.toThrow(LeaseLost);
  });

  test('is that of a process that has ended, at once', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const own = thisProcess();
    const running = { ...own, pid: child.pid ?? 0, started: startOfProcess(child.pid) };
    await takeLease(store, { ...of('a'), process: running });
    expect(await takeLease(store, of('b'))).toBe(false);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await takeLease(store, of('b'))).toBe(true);
  });

  test.each([
    ['from before the machine was started again', { boot: 'an earlier one' }, true],
    ['with the number of another process', { started: '1' }, true],
    ['on another machine', { machine: 'another' }, false],
    ['in another container', { namespace: 'pid:[1]', pid: 999_999 }, false],
  ])('can be told of a process %s', (_which, change, ended) => {
    expect(hasEnded({ ...thisProcess(), ...change })).toBe(ended);
  });

  function startOfProcess(pid: number | undefined): string {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19] ?? '';
  }
});
