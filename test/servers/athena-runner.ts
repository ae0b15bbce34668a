import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckdb, runQuery } from './athena-query.ts';
import type { GlueTable, TableObject } from './athena-tables.ts';
import type { S3Server } from './s3.ts';

export interface RunnerOptions {
  /** Holds the tables' objects, and receives results. */
  s3: S3Server;
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
export async function athenaRunner({ s3, database, output_location }: RunnerOptions): Promise<AthenaRunner> {
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
      if ('target' in output) unload(query.id, output.target, output.objects, outcome);
      else if (!outcome) {
        put(`${output_location}${query.id}.csv`, Buffer.from(output.csv));
        put(`${output_location}${query.id}.csv.metadata`, Buffer.from('column types'));
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
      const objects = objectsBelow(table.location);
      const content = objects.map(({ url, etag }) => `${url} ${etag}`).join('\n');
      if (loaded.get(table.name) !== content) await table.load(connection, objects, folder);
      loaded.set(table.name, content);
      scanned += objects.reduce((total, { body }) => total + body.length, 0);
    }
    return scanned;
  }

  /** What a table sees below its location: everything but names that begin with an underscore or a dot. */
  function objectsBelow(location: string): (TableObject & { etag: string })[] {
    return [...s3.objects]
      .map(([name, { body, etag }]) => ({ url: `s3://${name}`, body, etag }))
      .filter(({ url }) => url.startsWith(location) && !/\/[_.][^/]*$/.test(url))
      .sort((a, b) => (a.url < b.url ? -1 : 1));
  }

  function unload(id: string, target: string, objects: Map<string, Buffer>, outcome: Outcome | undefined): void {
    if ([...s3.objects.keys()].some((name) => `s3://${name}`.startsWith(target))) {
      throw new Error(`HIVE_PATH_ALREADY_EXISTS: Target directory for table already exists: ${target}`);
    }
    const written = [...objects].slice(0, outcome ? 1 : undefined);
    for (const [key, body] of written) put(`${target}${key}`, body);
    if (outcome) return;
    put(`${output_location}${id}.metadata`, Buffer.from('column types'));
    put(`${output_location}${id}-manifest.csv`, Buffer.from(written.map(([key]) => `${target}${key}\n`).join('')));
  }

  function put(url: string, body: Buffer): void {
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    s3.objects.set(url.slice('s3://'.length), { body, etag, last_modified: new Date() });
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

function endedAs({ state, reason, retryable = false }: Outcome): Ended {
  const error = { ErrorCategory: USER_ERROR, Retryable: retryable, ErrorMessage: reason };
  const Status = { State: state, StateChangeReason: reason, ...(state === 'FAILED' ? { AthenaError: error } : {}) };
  return { Status };
}
