import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { concurrently } from '../../lib/sources/concurrently.ts';

test('works on every item once, and on no more than allowed at a time', async () => {
  const [seen, at_work]: [number[], Set<number>] = [[], new Set()];
  let most = 0;
  await concurrently(Array.from({ length: 20 }).keys(), 4, async (item) => {
    at_work.add(item);
    most = Math.max(most, at_work.size);
    await sleep(1 + (item % 3));
    at_work.delete(item);
    seen.push(item);
  });
  expect(seen.sort((a, b) => a - b)).toEqual([...Array.from({ length: 20 }).keys()]);
  expect(most).toBe(4);
});

test('after an error starts no further tasks, waits for running ones and throws the first error', async () => {
  const [started, ended]: [number[], number[]] = [[], []];
  const running = concurrently(Array.from({ length: 20 }).keys(), 3, async (item, signal) => {
    started.push(item);
    if (item === 2) throw new Error('first');
    await sleep(10);
    ended.push(item);
    if (signal.aborted) throw new Error('a later one');
  });
  await expect(running).rejects.toThrow('first');
  expect(started).toEqual([0, 1, 2]);
  expect(ended).toEqual([0, 1]);
});

test('an error of the items is thrown', async () => {
  async function* items() {
    yield 1;
    throw new Error('the listing failed');
  }
  await expect(concurrently(items(), 2, async () => {})).rejects.toThrow('the listing failed');
});
