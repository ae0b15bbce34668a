import { describe, expect, test } from '@jest/globals';
import { localFlow } from '../../lib/run/local-flow.ts';

describe('localFlow', () => {
  test("returns a step's result as AWS does: after JSON", async () => {
    const result = await localFlow().step('start', async () => ({ at: new Date(0), none: undefined }));
    expect(result).toEqual({ at: '1970-01-01T00:00:00.000Z' });
  });

  test('refuses a result that AWS could not keep, and names the step', async () => {
    const step = localFlow().step('list objects', async () => 'x'.repeat(300_000));
    await expect(step).rejects.toThrow("step 'list objects' returned 300002 bytes");
  });

  test('checks until there is a result', async () => {
    let polls = 0;
    expect(await localFlow().until('wait', async () => (++polls === 3 ? 'done' : undefined))).toBe('done');
    expect(polls).toBe(3);
  });

  test('maps several items at a time and keeps their order', async () => {
    let active = 0;
    let most = 0;
    const results = await localFlow(2).map('days', [3, 1, 2], async (flow, item) => {
      most = Math.max(most, ++active);
      const doubled = await flow.step(`day ${item}`, async () => item * 2);
      active -= 1;
      return doubled;
    });
    expect(results).toEqual([6, 2, 4]);
    expect(most).toBe(2);
  });

  test('fails with the first failure', async () => {
    const map = localFlow(2).map('days', [1, 2], async (_flow, item) => {
      throw new Error(`day ${item}`);
    });
    await expect(map).rejects.toThrow('day 1');
  });
});
