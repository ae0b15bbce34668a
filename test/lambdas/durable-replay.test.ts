import { type DurableContext, withDurableExecution } from '@aws/durable-execution-sdk-js';
import { LocalDurableTestRunner } from '@aws/durable-execution-sdk-js-testing';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { durableFlow, runId } from '../../lambdas/durable-flow.ts';
import { crashing } from './crashing.ts';

// Real time: with skipped time the SDK has no reason to leave a Lambda during a wait, and nothing is replayed.
beforeAll(() => LocalDurableTestRunner.setupTestEnvironment({ skipTime: false }));
afterAll(() => LocalDurableTestRunner.teardownTestEnvironment());

test('a wait ends the invocation, and the next one replays the kept results under the same runId', async () => {
  const runs: string[] = [];
  const runIds: string[] = [];
  const handler = withDurableExecution(async (_event: unknown, context: DurableContext) => {
    const flow = durableFlow(context, 2);
    runIds.push(runId(context));
    const started = await flow.step('start', async () => runs.push('start'));
    const days = await flow.map('days', ['a', 'b'], async (day, item) => {
      await day.step('refresh', async () => void runs.push(item));
      if (item === 'b') await day.until('query', async () => (runIds.length > 1 ? true : undefined));
      return item;
    });
    return { started, days };
  });
  const result = await new LocalDurableTestRunner({ handlerFunction: handler }).run({ payload: {} });
  expect(result.getResult()).toEqual({ started: 1, days: ['a', 'b'] });
  expect(runs).toEqual(['start', 'a', 'b']);
  expect(result.getInvocations()).toHaveLength(2);
  expect(runIds).toHaveLength(2);
  expect(runIds[0]).toBe(runIds[1]);
  expect(runIds[0]).toMatch(/^[A-Za-z0-9_-]+$/);
});

test('after a crash between two steps the finished one is not repeated and the other runs', async () => {
  const runs: string[] = [];
  const { survived, crash } = crashing();
  const handler = withDurableExecution(async (_event: unknown, context: DurableContext) => {
    const flow = durableFlow(context, 2);
    const written = await flow.step('write', async () => runs.push('write'));
    await crash();
    const published = await flow.step('publish', async () => runs.push('publish'));
    return [written, published];
  });
  const result = await new LocalDurableTestRunner({ handlerFunction: survived(handler) }).run({ payload: {} });
  expect(result.getResult()).toEqual([1, 2]);
  expect(runs).toEqual(['write', 'publish']);
});
