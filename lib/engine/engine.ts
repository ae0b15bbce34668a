import type { RecordBatch } from 'apache-arrow';
import type { Column } from '../model/columns.ts';

/** SQL in Trino's dialect with `?` for each parameter, in order. Parameters are values, never identifiers. */
export interface Statement {
  sql: string;
  parameters: readonly string[];
}

/** The state of an execution. `bytes_scanned` is null if the engine does not bill by it. */
export type Execution =
  | { state: 'running' }
  | { state: 'succeeded'; bytes_scanned: number | null; duration_ms: number }
  | { state: 'failed' | 'cancelled'; reason: string; retryable: boolean };

/** An UNLOAD: it writes Parquet files below `location`, in Hive folders named after the partition columns. */
export interface Unload {
  select: Statement;
  /** An empty prefix that ends in a slash: `s3://bucket/prefix/` or a folder. */
  location: string;
  /** The last columns of `select`, in order. */
  partition_columns: readonly string[];
}

/** The port to a query engine. Both engines run the same SQL. */
export interface Engine {
  readonly name: 'athena' | 'duckdb';
  /** Starts a query and returns the execution's id. The same statement and token give the same execution. */
  start(statement: Statement, token: string): Promise<string>;
  /** Starts an UNLOAD and returns the execution's id. */
  startUnload(unload: Unload, token: string): Promise<string>;
  poll(execution_id: string): Promise<Execution>;
  /** Ids of the run's executions that have not ended: those that were started, also by an earlier process of the same run. */
  readonly unfinished: Set<string>;
  /** Stops the unfinished executions, and those that are being started. Returns their number. */
  stop(): Promise<number>;
  /** The rows of a succeeded query, in its order, as batches of bounded size with the types of `columns`. */
  rows(execution_id: string, columns: readonly Column[]): AsyncIterable<RecordBatch>;
  /**
   * Computes a table once for the statements to come; returns its name. An Error says why it failed. Left out by an engine
   * that keeps nothing between statements.
   */
  keepTable?(statement: Statement): Promise<string>;
  /** Forgets a table that was kept. */
  dropTable?(name: string): Promise<void>;
  /** Deletes the engine's own files about these executions, never what an UNLOAD wrote. Returns the number of files. */
  removeMeta(execution_ids: readonly string[]): Promise<number>;
}
