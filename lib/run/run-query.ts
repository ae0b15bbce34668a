import type { Engine, Execution, Statement, Unload } from '../engine/engine.ts';
import type { Flow } from './flow.ts';

/** A query that has ended, and what it took. */
export interface QueryRun {
  execution_id: string;
  bytes_scanned: number | null;
  duration_ms: number;
}

/** A query failed, was cancelled or hit a limit; the message says which and why. */
export class QueryFailed extends Error {
  override readonly name = 'QueryFailed';
}

const ATTEMPTS = 3;

/** Runs a query to its end, waiting without cost. Runs it again, up to three times, if the engine says that may help. */
export function runQuery(
  flow: Flow,
  engine: Engine,
  name: string,
  statement: Statement,
  token: string,
): Promise<QueryRun> {
  return run(flow, engine, name, (attempt) => engine.start(statement, `${token}-${attempt}`));
}

/** Runs an UNLOAD to its end. Each attempt needs an empty place to write to, so `unloadOf` gets the attempt's number. */
export function runUnload(
  flow: Flow,
  engine: Engine,
  name: string,
  unloadOf: (attempt: number) => Unload,
  token: string,
): Promise<QueryRun & { attempt: number }> {
  return run(flow, engine, name, (attempt) => engine.startUnload(unloadOf(attempt), `${token}-${attempt}`));
}

async function run(
  flow: Flow,
  engine: Engine,
  name: string,
  start: (attempt: number) => Promise<string>,
): Promise<QueryRun & { attempt: number }> {
  for (let attempt = 1; ; attempt++) {
    const execution_id = await flow.step(`start ${name} (${attempt})`, () => start(attempt));
    engine.unfinished.add(execution_id);
    const ended = await flow.until(`wait for ${name} (${attempt})`, async () =>
      finished(await engine.poll(execution_id)),
    );
    engine.unfinished.delete(execution_id);
    if (ended.state === 'succeeded')
      return { execution_id, attempt, bytes_scanned: ended.bytes_scanned, duration_ms: ended.duration_ms };
    if (!ended.retryable || attempt === ATTEMPTS) throw new QueryFailed(`${name} ${ended.state}: ${ended.reason}`);
  }
}

function finished(execution: Execution): Exclude<Execution, { state: 'running' }> | undefined {
  return execution.state === 'running' ? undefined : execution;
}
