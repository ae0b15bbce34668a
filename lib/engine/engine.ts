import type { RecordBatch } from 'apache-arrow';
import type { Column } from '../model/columns.ts';

/** SQL in Trino's dialect with `?` for each parameter, in order. Parameters are values, never identifiers. */
export interface Statement {
  sql: string;
  parameters: readonly string[];
}

/** Where an execution stands. `bytes_scanned` is null where the engine does not bill by it. */
export type Execution =
  | { state: 'running' }
  | { state: 'succeeded'; bytes_scanned: number | null; duration_ms: number }
  | { state: 'failed' | 'cancelled'; reason: string; retryable: boolean };

/** What a UNLOAD writes: Parquet files below `location`, in Hive folders named after the partition columns. */
export interface Unload {
  select: Statement;
  /** Empty prefix, ending in a slash: `s3://bucket/prefix/` or a folder. */
  location: string;
  /** The last columns of `select`, in order. */
  partition_columns: readonly string[];
}

/** The port to a query engine. Both engines take the same SQL. */
export interface Engine {
  readonly name: 'athena' | 'duckdb';
  /** Starts a query; the same statement and token give the same execution. Returns the execution's id. */
  start(statement: Statement, token: string): Promise<string>;
  /** Starts writing a query's rows as Parquet. */
  startUnload(unload: Unload, token: string): Promise<string>;
  poll(execution_id: string): Promise<Execution>;
  /** Rows of a succeeded query, typed by `columns`, in the query's order, in batches of bounded size. */
  rows(execution_id: string, columns: readonly Column[]): AsyncIterable<RecordBatch>;
  /** Deletes the files the engine keeps about these executions, never what an UNLOAD wrote; returns how many went. */
  removeMeta(execution_ids: readonly string[]): Promise<number>;
}
