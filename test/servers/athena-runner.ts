import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { QueryFiles } from './athena-files.ts';
import { openDuckdb, runQuery } from './athena-query.ts';
import type { GlueTable } from './athena-tables.ts';

export interface RunnerOptions {
  files: QueryFiles;
  database: string;
  /** The workgroup's result location: `s3://bucket/prefix/`. */
  output_location: string;
}

export interface StartedQuery {
  id: string;
  token: string;
  sql: string;
  parameters: readonly string[];
}

/** An end that a test wants for a query, instead of success. */
export interface Outcome {
  state: 'FAILED' | 'CANCELLED';
  reason: string;
  retryable?: boolean;
}

/** The part of Athena's record that tells how a query ended. */
type Ended = { Status: Record<string, unknown>; Statistics?: Record<string, unknown> };

export interface AthenaRunner {
  addTable(table: GlueTable): void;
  start(query: StartedQuery, outcome: Outcome | undefined): void;
  ended(id: string): Promise<Ended>;
  cancel(id: string, reason: string): void;
  close(): Promise<void>;
}

const USER_ERROR = 2;

/** Runs queries one after the other on the tables as they are at that moment, and puts what they answer into S3. */
export async function athenaRunner({ files, database, output_location }: RunnerOptions): Promise<AthenaRunner> {
  const folder = await mkdtemp(join(tmpdir(), 'athena-'));
  const connection = await openDuckdb(database);
  const tables: GlueTable[] = [];
  const loaded = new Map<string, string>();
  const ends = new Map<string, Promise<Ended>>();
  let last: Promise<unknown> = Promise.resolve();

  async function run(query: StartedQuery, outcome: Outcome | undefined): Promise<Ended> {
    const began = performance.now();
    try {
      const scanned = await refresh(query.sql);
      const output = await runQuery(connection, query.sql, query.parameters);
      if ('target' in output) await unload(query.id, output.target, output.objects, outcome);
      else if (!outcome) {
        await files.put(`${output_location}${query.id}.csv`, Buffer.from(output.csv));
        await files.put(`${output_location}${query.id}.csv.metadata`, Buffer.from('column types'));
      }
      if (outcome) return endedAs(outcome);
      const duration_ms = Math.ceil(performance.now() - began);
      return {
        Status: { State: 'SUCCEEDED' },
        Statistics: { DataScannedInBytes: scanned, EngineExecutionTimeInMillis: duration_ms },
      };
    } catch (error) {
      return endedAs({ state: 'FAILED', reason: (error as Error).message });
    }
  }

  /** Loads the tables that a query names, where their objects changed; returns the bytes below them. */
  async function refresh(sql: string): Promise<number> {
    let scanned = 0;
    for (const table of tables.filter(({ name }) => new RegExp(`\\b${name}\\b`).test(sql))) {
      const objects = (await files.below(table.location)).filter(({ url }) => isVisible(url));
      const content = objects.map(({ url, etag }) => `${url} ${etag}`).join('\n');
      if (loaded.get(table.name) !== content) await table.load(connection, objects, folder);
      loaded.set(table.name, content);
      scanned += objects.reduce((total, { body }) => total + body.length, 0);
    }
    return scanned;
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
    addTable: (table) => tables.push(table),
    start(query, outcome) {
      const end = last.then(() => run(query, outcome));
      ends.set(query.id, end);
      last = end;
    },
    async ended(id) {
      return (await ends.get(id)) ?? endedAs({ state: 'FAILED', reason: `query ${id} was never started` });
    },
    cancel: (id, reason) => ends.set(id, Promise.resolve(endedAs({ state: 'CANCELLED', reason }))),
    async close() {
      await last;
      connection.closeSync();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Tables do not see objects whose names begin with an underscore or a dot. */
function isVisible(url: string): boolean {
  return !/\/[_.][^/]*$/.test(url);
}

function endedAs({ state, reason, retryable = false }: Outcome): Ended {
  const error = { ErrorCategory: USER_ERROR, Retryable: retryable, ErrorMessage: reason };
  const Status = { State: state, StateChangeReason: reason, ...(state === 'FAILED' ? { AthenaError: error } : {}) };
  return { Status };
}
