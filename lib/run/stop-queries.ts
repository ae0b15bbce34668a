import type { Engine } from '../engine/engine.ts';
import type { Flow } from './flow.ts';

/**
 * Stops the queries of a failed run, whose results would be billed but not read. The error of the run remains; `onStuck` gets
 * the reason if queries could not be stopped. `flow` must not depend on the run's lease, which may be lost.
 */
export async function stoppingQueries<T>(
  flow: Flow,
  engine: Engine,
  onStuck: (error: Error) => void,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await flow.step('stop queries', () => engine.stop()).catch(onStuck);
    throw error;
  }
}
