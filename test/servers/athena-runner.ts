import type { QueryFiles } from './athena-files.ts';
import type { QueryOutput } from './athena-query.ts';

/** What answers queries, over tables as they are at that moment. */
export interface QueryEngine {
  /** Runs a SELECT or an UNLOAD. An Error has the reason that Athena would give. */
  run(sql: string, parameters: readonly string[]): Promise<{ output: QueryOutput; scanned_bytes: number }>;
  close(): Promise<void>;
}

export interface RunnerOptions {
  engine: QueryEngine;
  files: QueryFiles;
  /** The workgroup's result location: `s3://bucket/prefix/`. */
  output_location: string;
}

export interface StartedQuery {
  id: string;
  token: string;
  sql: string;
  parameters: readonly string[];
}

/** How a test wants a query to end, in place of success. */
export interface Outcome {
  state: 'FAILED' | 'CANCELLED';
  reason: string;
  retryable?: boolean;
}

/** The part of Athena's record that says how a query ended. */
type Ended = { Status: Record<string, unknown>; Statistics?: Record<string, unknown> };

export interface AthenaRunner {
  start(query: StartedQuery, outcome: Outcome | undefined): void;
  ended(id: string): Promise<Ended>;
  /** Whether a query has ended, with success or without. */
  hasEnded(id: string): boolean;
  /** Ends a query that has not begun, or discards what it is about to answer. */
  cancel(id: string, reason: string): void;
  close(): Promise<void>;
}

const USER_ERROR = 2;

/** Runs queries one after the other, and writes their results into S3. */
export function athenaRunner({ engine, files, output_location }: RunnerOptions): AthenaRunner {
  const ends = new Map<string, Promise<Ended>>();
  const over = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();

  async function run(query: StartedQuery, outcome: Outcome | undefined): Promise<Ended> {
    const began = performance.now();
    try {
      // A query that was cancelled in the queue never runs, and one that runs leaves nothing behind.
      const answer = over.has(query.id) ? undefined : await engine.run(query.sql, query.parameters);
      if (!answer || over.has(query.id)) return endedAs({ state: 'CANCELLED', reason: 'Query cancelled by user' });
      const { output, scanned_bytes } = answer;
      if ('target' in output) await unload(query.id, output.target, output.objects, outcome);
      else if (!outcome) {
        await files.put(`${output_location}${query.id}.csv`, Buffer.from(output.csv));
        await files.put(`${output_location}${query.id}.csv.metadata`, Buffer.from('column types'));
      }
      if (outcome) return endedAs(outcome);
      const duration_ms = Math.ceil(performance.now() - began);
      return {
        Status: { State: 'SUCCEEDED' },
        Statistics: { DataScannedInBytes: scanned_bytes, EngineExecutionTimeInMillis: duration_ms },
      };
    } catch (error) {
      return endedAs({ state: 'FAILED', reason: (error as Error).message });
    }
  }

  async function unload(
    id: string,
    target: string,
    objects: Map<string, Buffer>,
    outcome: Outcome | undefined,
  ): Promise<void> {
    if ((await files.below(target)).length > 0) {
      throw new Error(`HIVE_PATH_ALREADY_EXISTS: Target directory for table already exists: ${target}`);
    }
    const written = [...objects].slice(0, outcome ? 1 : undefined);
    for (const [key, body] of written) await files.put(`${target}${key}`, body);
    if (outcome) return;
    await files.put(`${output_location}${id}.metadata`, Buffer.from('column types'));
    const manifest = written.map(([key]) => `${target}${key}\n`).join('');
    await files.put(`${output_location}${id}-manifest.csv`, Buffer.from(manifest));
  }

  return {
    start(query, outcome) {
      const end = last.then(() => run(query, outcome));
      ends.set(query.id, end);
      last = end.then(() => over.add(query.id));
    },
    async ended(id) {
      return (await ends.get(id)) ?? endedAs({ state: 'FAILED', reason: `query ${id} was never started` });
    },
    hasEnded: (id) => over.has(id),
    cancel(id, reason) {
      over.add(id);
      ends.set(id, Promise.resolve(endedAs({ state: 'CANCELLED', reason })));
    },
    async close() {
      await last;
      await engine.close();
    },
  };
}

function endedAs({ state, reason, retryable = false }: Outcome): Ended {
  const error = { ErrorCategory: USER_ERROR, Retryable: retryable, ErrorMessage: reason };
  const Status = { State: state, StateChangeReason: reason, ...(state === 'FAILED' ? { AthenaError: error } : {}) };
  return { Status };
}
