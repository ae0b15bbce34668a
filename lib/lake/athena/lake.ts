import type { Engine } from '../../engine/engine.ts';
import type { Source } from '../../sources/source.ts';
import type { Store } from '../../store/store.ts';

/** A lake in S3 that Athena fills, and a run that refreshes it. */
export interface AthenaLake {
  engine: Engine;
  database: string;
  /** The prefix of the lake in the results bucket. */
  store: Store;
  /** The prefix of the results bucket to which queries unload, before the files are copied into the lake. */
  staging: Store;
  /** The whole results bucket, to copy from one prefix to the other. */
  results: Store;
  /** The raw logs of a source. */
  raw(source: Source): Store;
  /** How many days after its event a line may arrive. */
  late_days: number;
  /** Identifies the run, the same in all its retries, so that each run unloads to its own prefix. */
  run_id: string;
}
