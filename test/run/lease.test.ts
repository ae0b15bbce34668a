import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { releaseLease, renewLease, takeLease, withLease } from '../../lib/run/lease.ts';
import { localFlow } from '../../lib/run/local-flow.ts';
import { folderStore } from '../../lib/store/folder.ts';
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
});
