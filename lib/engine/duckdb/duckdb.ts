import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { type DuckDBConnection, DuckDBInstance, type DuckDBResult } from '@duckdb/node-api';
import { readSql } from '../../sql/sql-files.ts';
import { recordBatch } from '../../tables/schema.ts';
import type { Engine, Execution, Statement } from '../engine.ts';
import { affordableThreads, queryMemoryBytes } from './memory.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';
import { plainValue } from './values.ts';

export interface DuckdbOptions {
  /** Memory limit of the whole program, such as `2GB`. Beyond its share, DuckDB spills to `temp_folder`. */
  memory: string;
  /** Null for as many threads as the machine has. Fewer are used if the memory does not suffice for them. */
  threads: number | null;
  temp_folder: string;
}

/** An embedded DuckDB that runs Logtally's Trino SQL. */
export interface Duckdb {
  engine: Engine;
  /** What it may use. */
  memory_bytes: number;
  threads: number;
  /** Runs statements in order and returns the rows of the last one as plain JavaScript values. */
  run(sql: string, parameters?: readonly string[]): Promise<Record<string, unknown>[]>;
  /** Opens another connection, for work that runs at the same time. */
  connect(): Promise<DuckDBConnection>;
  close(): void;
}

const SESSION = "SET TimeZone = 'UTC'; SET integer_division = true;";

export async function openDuckdb({ memory, threads, temp_folder }: DuckdbOptions): Promise<Duckdb> {
  const removeTemporary = makeTemporaryFolder(temp_folder);
  const limits = {
    memory_bytes: queryMemoryBytes(memory),
    threads: affordableThreads(memory, threads ?? navigator.hardwareConcurrency),
  };
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${Math.floor(limits.memory_bytes / 1e6)}MB`,
    temp_directory: temp_folder,
    threads: String(limits.threads),
    // It keeps what was read of a file that is rewritten within a second and has the same size, and saves no time: the
    // system keeps files in memory, too.
    enable_external_file_cache: 'false',
  });
  const connect = async () => {
    const connection = await instance.connect();
    await connection.run(SESSION);
    return connection;
  };
  const connection = await connect();
  await connection.run(readSql('dialects/duckdb.sql'));
  return {
    ...limits,
    engine: duckdbEngine(connect, connection),
    connect,
    run: async (sql, parameters = []) => {
      const reader = await connection.runAndReadAll(sql, [...parameters]);
      return reader.getRowObjectsJS();
    },
    close() {
      connection.closeSync();
      instance.closeSync();
      removeTemporary();
    },
  };
}

/** The engine on an embedded DuckDB. `start` returns when the query has started to return rows; `rows` then streams them. */
function duckdbEngine(connect: () => Promise<DuckDBConnection>, main: DuckDBConnection): Engine {
  interface Done {
    connection: DuckDBConnection;
    result: DuckDBResult;
    duration_ms: number;
  }
  const executions = new Map<string, Done | { failure: string }>();
  const tokens = new Map<string, string>();
  let kept = 0;

  async function start({ sql, parameters }: Statement, token: string): Promise<string> {
    const identity = JSON.stringify([sql, parameters, token]);
    const known = tokens.get(identity);
    if (known) return known;
    const execution_id = randomUUID();
    const connection = await connect();
    const started = performance.now();
    try {
      const result = await connection.stream(sql, [...parameters]);
      executions.set(execution_id, { connection, result, duration_ms: performance.now() - started });
    } catch (error) {
      connection.closeSync();
      executions.set(execution_id, { failure: (error as Error).message });
    }
    tokens.set(identity, execution_id);
    return execution_id;
  }

  function execution(execution_id: string): Done | { failure: string } {
    const found = executions.get(execution_id);
    if (!found) throw new Error(`DuckDB has no execution ${execution_id}`);
    return found;
  }

  return {
    name: 'duckdb',
    start,
    async startUnload({ select, location, partition_columns }, token) {
      mkdirSync(location, { recursive: true });
      const folder = location.replaceAll("'", "''");
      const columns = partition_columns.map((column) => `"${column}"`).join(', ');
      const partitions = columns && `, PARTITION_BY (${columns})`;
      return start(
        {
          sql: `COPY (\n${select.sql}\n) TO '${folder}' (FORMAT parquet, COMPRESSION zstd, OVERWRITE_OR_IGNORE${partitions || ', PER_THREAD_OUTPUT'})`,
          parameters: select.parameters,
        },
        token,
      );
    },
    async poll(execution_id): Promise<Execution> {
      const found = execution(execution_id);
      if ('failure' in found) return { state: 'failed', reason: found.failure, retryable: false };
      return { state: 'succeeded', bytes_scanned: null, duration_ms: found.duration_ms };
    },
    // `start` returns when a query has ended, and no query outlives its process.
    unfinished: new Set(),
    stop: async () => 0,
    async *rows(execution_id, columns) {
      const found = execution(execution_id);
      if ('failure' in found) throw new Error(`query ${execution_id} has no rows to read: ${found.failure}`);
      const names = found.result.columnNames();
      const expected = columns.map((column) => column.name);
      if (names.join() !== expected.join()) {
        throw new Error(`the query returned the columns ${names.join(', ')} instead of ${expected.join(', ')}`);
      }
      for (;;) {
        const chunk = await found.result.fetchChunk();
        if (!chunk || chunk.rowCount === 0) break;
        yield recordBatch(
          columns,
          chunk
            .getColumns()
            .map((values, index) => values.map((value) => plainValue(value, columns[index]?.type ?? 'varchar'))),
        );
      }
      executions.delete(execution_id);
      found.connection.closeSync();
    },
    async keepTable({ sql, parameters }) {
      kept += 1;
      const name = `kept_${kept}`;
      // In memory, as far as its limit allows; the rest goes to the temporary folder.
      await main.run(`CREATE TABLE ${name} AS ${sql}`, [...parameters]);
      return name;
    },
    async dropTable(name) {
      await main.run(`DROP TABLE ${name}`);
    },
    removeMeta: async () => 0,
  };
}
