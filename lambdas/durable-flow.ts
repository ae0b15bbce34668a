import { createRetryStrategy, type DurableContext, JitterStrategy, NestingType } from '@aws/durable-execution-sdk-js';
import { checkpointed, type Flow } from '../lib/run/flow.ts';

const FIRST_WAIT_SECONDS = 2;
const LONGEST_WAIT_SECONDS = 60;

/** Four attempts within about a minute: enough for a throttled service, and a lasting fault is reported soon. */
const retryStrategy = createRetryStrategy({
  maxAttempts: 4,
  initialDelay: { seconds: 5 },
  maxDelay: { seconds: 30 },
  backoffRate: 2,
  jitter: JitterStrategy.FULL,
});

/**
 * The flow in AWS: a durable execution keeps the result of every step, and no function runs while `until` waits. After a
 * wait or a crash Lambda runs the handler again from its start, and finished steps return their kept results.
 * `concurrency` is how many items `map` works on at a time.
 */
export function durableFlow(context: DurableContext, concurrency: number): Flow {
  return {
    step: (name, work) => context.step(name, async () => checkpointed(name, await work()), { retryStrategy }),
    until: (name, check) => waitFor(context, name, check),
    async map(name, items, work) {
      const batch = await context.map(
        name,
        [...items],
        (itemContext, item) => work(durableFlow(itemContext, concurrency), item),
        // Flat nesting, because an execution is limited to 3,000 operations: the days of a quarter of several sources come near.
        { maxConcurrency: concurrency, nesting: NestingType.FLAT },
      );
      batch.throwIfError();
      return batch.all.map((item) => item.result as Awaited<ReturnType<typeof work>>);
    },
  };
}

/** Checks after 2, 4, 8 … and then every 60 seconds, without a limit: `check` throws to give up. */
async function waitFor<T>(context: DurableContext, name: string, check: () => Promise<T | undefined>): Promise<T> {
  const ended = await context.waitForCondition<{ found?: T }>(name, async () => ({ found: await check() }), {
    initialState: {},
    waitStrategy: ({ found }, attempt) =>
      found === undefined
        ? { shouldContinue: true, delay: { seconds: waitSeconds(attempt) } }
        : { shouldContinue: false },
  });
  return ended.found as T;
}

/** How long to wait after the given attempt, which counts from 1. */
function waitSeconds(attempt: number): number {
  return Math.min(FIRST_WAIT_SECONDS * 2 ** (attempt - 1), LONGEST_WAIT_SECONDS);
}

/** Id of this execution, the same in all its replays: the last part of its ARN. */
export function runId(context: DurableContext): string {
  const arn = context.executionContext.durableExecutionArn;
  return arn.slice(arn.lastIndexOf('/') + 1);
}
