import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { tee } from '../../lib/tables/tee.ts';

/** Numbers from 0, and the state of their source. */
function numbers(count: number, error?: Error) {
  const source = { asked: 0, closed: false };
  async function* items() {
    try {
      for (; source.asked < count; source.asked++) yield source.asked;
      if (error) throw error;
    } finally {
      source.closed = true;
    }
  }
  return { source, items: items() };
}

async function collect(items: AsyncIterable<number>, pause_ms = 0): Promise<number[]> {
  const collected = [];
  for await (const item of items) {
    await setTimeout(pause_ms);
    collected.push(item);
  }
  return collected;
}

describe('tee', () => {
  test('gives every item to a fast and a slow reader', async () => {
    const { branches } = tee(numbers(20).items);
    const expected = Array.from({ length: 20 }, (_, index) => index);
    expect(await Promise.all([collect(branches[0]), collect(branches[1], 2)])).toEqual([expected, expected]);
  });

  test('reads an item only when both branches have requested it', async () => {
    const { items, source } = numbers(20);
    const { branches } = tee(items);
    const [first, second] = [branches[0][Symbol.asyncIterator](), branches[1][Symbol.asyncIterator]()];
    await Promise.all([first.next(), second.next()]);
    const ahead = first.next();
    await setTimeout(5);
    expect(source.asked).toBe(0);
    expect(await Promise.all([ahead, second.next()])).toEqual([
      { done: false, value: 1 },
      { done: false, value: 1 },
    ]);
  });

  test('fails both branches when the source fails', async () => {
    const { branches } = tee(numbers(3, new Error('the query broke')).items);
    const outcomes = await Promise.allSettled(branches.map((reader) => collect(reader)));
    expect(outcomes).toMatchObject(Array(2).fill({ status: 'rejected', reason: { message: 'the query broke' } }));
  });

  test('on abort fails a waiting and a later read, and closes the source', async () => {
    const { items, source } = numbers(3);
    const { branches, abort } = tee(items);
    await Promise.all(branches.map((reader) => reader[Symbol.asyncIterator]().next()));
    const waiting = collect(branches[0]);
    abort(new Error('the disk is full'));
    await expect(waiting).rejects.toThrow('the disk is full');
    await expect(collect(branches[1])).rejects.toThrow('the disk is full');
    expect(source.closed).toBe(true);
  });
});
