import { setTimeout } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { inOrder } from '../../lib/cli/ordered.ts';

async function* numbers(count: number): AsyncGenerator<number> {
  for (let number = 0; number < count; number++) yield number;
}

async function listOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

test('results come in the order of the items, and only so many are at work', async () => {
  let working = 0;
  let most = 0;
  const work = async (number: number) => {
    most = Math.max(most, ++working);
    await setTimeout((number * 7) % 5);
    working--;
    return number * 2;
  };
  expect(await listOf(inOrder(numbers(40), 3, work))).toEqual(Array.from({ length: 40 }, (_, at) => at * 2));
  expect(most).toBe(3);
  expect(await listOf(inOrder(numbers(0), 3, work))).toEqual([]);
});

test('a result does not wait for the next item', async () => {
  let isAsked = false;
  async function* items(): AsyncGenerator<string> {
    yield 'first';
    isAsked = true;
    await new Promise(() => {});
  }
  const results = inOrder(items(), 4, async (item) => item);
  expect((await results.next()).value).toBe('first');
  expect(isAsked).toBe(true);
});

test('an error of the work comes after the results before it', async () => {
  const seen: number[] = [];
  const work = async (number: number) => {
    if (number === 3) throw new Error('no fourth');
    return number;
  };
  const reading = async () => {
    for await (const number of inOrder(numbers(10), 4, work)) seen.push(number);
  };
  await expect(reading()).rejects.toThrow('no fourth');
  expect(seen).toEqual([0, 1, 2]);
});

test('an error of the items comes after all results', async () => {
  async function* items(): AsyncGenerator<number> {
    yield* numbers(2);
    throw new Error('no more');
  }
  const seen: number[] = [];
  const reading = async () => {
    for await (const number of inOrder(items(), 4, async (item) => item)) seen.push(number);
  };
  await expect(reading()).rejects.toThrow('no more');
  expect(seen).toEqual([0, 1]);
});

test('who takes no more ends the items', async () => {
  let isClosed = false;
  async function* items(): AsyncGenerator<number> {
    try {
      yield* numbers(1000);
    } finally {
      isClosed = true;
    }
  }
  for await (const number of inOrder(items(), 2, async (item) => item)) if (number === 5) break;
  await setTimeout(1);
  expect(isClosed).toBe(true);
});
