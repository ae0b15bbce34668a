import { setTimeout as sleep } from 'node:timers/promises';
import { checkpointed, type Flow } from './flow.ts';

const FIRST_WAIT_MS = 10;
const LONGEST_WAIT_MS = 500;

/**
 * The flow on a laptop: every step runs at once, waits are short, and no result outlives the process. `concurrency` is
 * how many items `map` works on at a time; 1 suits an engine that uses every core for one query.
 */
export function localFlow(concurrency = 1): Flow {
  const flow: Flow = {
    step: async (name, work) => checkpointed(name, await work()),
    async until(name, check) {
      for (let wait_ms = FIRST_WAIT_MS; ; wait_ms = Math.min(wait_ms * 2, LONGEST_WAIT_MS)) {
        const found = await check();
        if (found !== undefined) return checkpointed(name, found);
        await sleep(wait_ms);
      }
    },
    async map(_name, items, work) {
      const results = new Array(items.length);
      const remaining = items.entries();
      const worker = async () => {
        for (const [index, item] of remaining) results[index] = await work(flow, item);
      };
      await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker));
      return results;
    },
  };
  return flow;
}
