import { type DurableContext, withDurableExecution } from '@aws/durable-execution-sdk-js';
import { LocalDurableTestRunner } from '@aws/durable-execution-sdk-js-testing';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { durableFlow } from '../../lambdas/durable-flow.ts';
import type { Execution } from '../../lib/engine/engine.ts';
import type { Flow } from '../../lib/run/flow.ts';

beforeAll(() => LocalDurableTestRunner.setupTestEnvironment({ skipTime: true }));
afterAll(() => LocalDurableTestRunner.teardownTestEnvironment());

/** Runs a flow as a durable execution, offline; waits are skipped, replays are real. */
function run(work: (flow: Flow) => Promise<unknown>) {
  const handler = withDurableExecution((_event: unknown, context: DurableContext) => work(durableFlow(context, 2)));
  return new LocalDurableTestRunner({ handlerFunction: handler }).run({ payload: {} });
}

/** A query engine whose one query answers `states` in turn and then repeats the last. */
function queryOf(states: readonly Execution[]) {
  let polls = 0;
  return {
    poll: async () => states[Math.min(polls++, states.length - 1)] as Execution,
    polls: () => polls,
  };
}

async function finished(query: { poll(): Promise<Execution> }) {
  const execution = await query.poll();
  return execution.state === 'running' ? undefined : execution;
}

const running: Execution = { state: 'running' };

describe('until', () => {
  test('waits through a query of an hour without a running Lambda', async () => {
    // 2 + 4 + 8 + 16 + 32 seconds, then a minute at a time: 64 polls are just over an hour.
    const query = queryOf([
      ...Array(64).fill(running),
      { state: 'succeeded', bytes_scanned: 5, duration_ms: 3_600_000 },
    ]);
    const result = await run(async (flow) => {
      const id = await flow.step('start', async () => 'query-1');
      return [id, await flow.until('wait', () => finished(query))];
    });
    expect(result.getResult()).toEqual(['query-1', { state: 'succeeded', bytes_scanned: 5, duration_ms: 3_600_000 }]);
    expect(query.polls()).toBe(65);
    const waits = result.getHistoryEvents().flatMap((event) => {
      const retry = event.StepSucceededDetails?.RetryDetails ?? event.StepFailedDetails?.RetryDetails;
      return retry?.NextAttemptDelaySeconds ? [retry.NextAttemptDelaySeconds] : [];
    });
    expect(waits.slice(0, 7)).toEqual([2, 4, 8, 16, 32, 60, 60]);
    expect(waits.reduce((sum, seconds) => sum + seconds, 0)).toBeGreaterThan(3600);
    expect(result.getInvocations().length).toBeGreaterThan(1);
  });

  test.each(['failed', 'cancelled'] as const)('ends when the query is %s', async (state) => {
    const query = queryOf([running, { state, reason: 'the user said so', retryable: false }]);
    const result = await run(async (flow) => {
      const execution = await flow.until('wait', () => finished(query));
      if (execution.state !== 'succeeded') throw new Error(`query ${execution.state}`);
      return 'never';
    });
    expect(result.getStatus()).toBe('FAILED');
    expect(result.getError().errorMessage).toBe(`query ${state}`);
    expect(query.polls()).toBe(2);
  });
});

describe('step', () => {
  test('that crashes is run again, and the steps before it are not', async () => {
    const runs: string[] = [];
    const result = await run(async (flow) => {
      await flow.step('write', async () => void runs.push('write'));
      return flow.step('publish', async () => {
        runs.push('publish');
        if (runs.length === 2) throw new Error('connection reset');
        return runs.length;
      });
    });
    expect(result.getResult()).toBe(3);
    expect(runs).toEqual(['write', 'publish', 'publish']);
  });

  test('that keeps failing fails the execution with its message', async () => {
    let runs = 0;
    const result = await run((flow) =>
      flow.step('read', async () => {
        runs += 1;
        throw new Error('s3://logs-example/: access denied');
      }),
    );
    expect(result.getError().errorMessage).toBe('s3://logs-example/: access denied');
    expect(runs).toBe(4);
  });

  test('with a result that is too large to keep fails with its name', async () => {
    const result = await run((flow) => flow.step('list objects', async () => 'x'.repeat(300_000)));
    expect(result.getError().errorMessage).toMatch(/step 'list objects' returned 300002 bytes.*store it/);
  });
});

describe('map', () => {
  test('works on every item, two at a time, and keeps their order', async () => {
    let active = 0;
    let most = 0;
    const result = await run((flow) =>
      flow.map('days', [3, 1, 2, 5, 4], async (day, item) => {
        most = Math.max(most, ++active);
        await day.until('query', async () => true);
        const doubled = await day.step('count', async () => item * 2);
        active -= 1;
        return doubled;
      }),
    );
    expect(result.getResult()).toEqual([6, 2, 4, 10, 8]);
    expect(most).toBe(2);
  });

  test('does not repeat the steps of finished items while others wait', async () => {
    const runs: string[] = [];
    let polls = 0;
    const result = await run((flow) =>
      flow.map('days', ['a', 'b'], async (day, item) => {
        await day.step('refresh', async () => void runs.push(item));
        if (item === 'b') await day.until('query', async () => (++polls > 5 ? true : undefined));
      }),
    );
    expect(result.getStatus()).toBe('SUCCEEDED');
    expect(runs).toEqual(['a', 'b']);
  });

  test('of no items returns no results', async () => {
    const result = await run((flow) => flow.map('days', [], async () => 1));
    expect(result.getResult()).toEqual([]);
  });

  test('fails with the message of the item that failed', async () => {
    const result = await run((flow) =>
      flow.map('days', ['2026-10-01', '2026-10-02'], async (_day, item) => {
        if (item.endsWith('02')) throw new Error(`${item}: no such bucket`);
        return item;
      }),
    );
    expect(result.getError().errorMessage).toBe('2026-10-02: no such bucket');
  });
});
