import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { QueryFiles } from './athena-files.ts';
import { openDuckdb, runQuery } from './athena-query.ts';
import type { QueryEngine } from './athena-runner.ts';
import type { GlueTable } from './athena-tables.ts';

export interface DuckdbEngine extends QueryEngine {
  addTable(table: GlueTable): void;
}

/** Queries over the tables of one database, answered by DuckDB. */
export async function duckdbEngine({
  files,
  database,
}: {
  files: QueryFiles;
  database: string;
}): Promise<DuckdbEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'athena-'));
  const connection = await openDuckdb(database);
  const tables: GlueTable[] = [];
  const loaded = new Map<string, string>();

  /** Loads the tables that a query names, where their objects changed; returns the bytes below them. */
  async function refresh(sql: string): Promise<number> {
    let bytes = 0;
    for (const table of tables.filter(({ name }) => new RegExp(`\\b${name}\\b`).test(sql))) {
      const objects = (await files.below(table.location)).filter(({ url }) => isVisible(url));
      const content = objects.map(({ url, etag }) => `${url} ${etag}`).join('\n');
      if (loaded.get(table.name) !== content) await table.load(connection, objects, folder);
      loaded.set(table.name, content);
      bytes += objects.reduce((total, { body }) => total + body.length, 0);
    }
    return bytes;
  }

  return {
    addTable: (table) => tables.push(table),
    async run(sql, parameters) {
      const scanned_bytes = await refresh(sql);
      return { output: await runQuery(connection, sql, parameters), scanned_bytes };
    },
    async close() {
      connection.closeSync();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Tables do not see objects whose names begin with an underscore or a dot. */
function isVisible(url: string): boolean {
  return !/\/[_.][^/]*$/.test(url);
}
