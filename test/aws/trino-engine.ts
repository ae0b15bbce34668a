import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { csvOf, printDouble } from '../servers/athena-csv.ts';
import type { QueryFiles } from '../servers/athena-files.ts';
import type { QueryEngine } from '../servers/athena-runner.ts';
import { type Answer, ask } from '../trino/client.ts';
import { startTrino } from '../trino/server.ts';
import { createTable } from '../trino/tables.ts';
import type { CatalogueTable } from './catalogue.ts';

export interface TrinoOptions {
  files: QueryFiles;
  tables: readonly CatalogueTable[];
  database: string;
  /** The day on which projections end that end NOW. */
  today: string;
}

const UNLOAD = /^UNLOAD \(([\s\S]*)\) TO 's3:\/\/([^']+)' WITH \([\s\S]*?(partitioned_by = ARRAY\[.*?\])?\)\s*$/;

/** Replaces `s3://`, with a folder per bucket. */
const ROOT = 'local:///s3/';

/**
 * Queries over the tables of the catalogue, answered by a real Trino. The objects below a table are copied into its folder
 * before each query, and what an UNLOAD writes is read from there.
 */
export async function trinoEngine({ files, tables, database, today }: TrinoOptions): Promise<QueryEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'logtally-athena-trino-'));
  const trino = await startTrino(folder);
  const buckets = join(trino.files, 's3');
  const present = new Map<string, string>();
  let unloads = 0;
  const query = (sql: string, parameters: readonly string[] = []) => ask(trino.url, { sql, parameters });

  await query(`CREATE SCHEMA ${database}`);
  for (const table of tables) {
    mkdirSync(placeOf(table.StorageDescriptor.Location), { recursive: true });
    await query(createTable(table, { schema: database, results_bucket: '', root: ROOT, now: today }));
  }

  function placeOf(url: string): string {
    return join(buckets, url.slice('s3://'.length));
  }

  async function bring(sql: string): Promise<void> {
    const asked = tables.filter(({ Name }) => new RegExp(`\\b${database}\\.${Name}\\b`).test(sql));
    for (const { StorageDescriptor } of asked) {
      const objects = await files.below(StorageDescriptor.Location);
      const there = new Set(objects.map(({ url }) => url));
      for (const url of [...present.keys()].filter((one) => one.startsWith(StorageDescriptor.Location))) {
        if (there.has(url)) continue;
        rmSync(placeOf(url));
        present.delete(url);
      }
      for (const { url, etag, body } of objects.filter((one) => present.get(one.url) !== one.etag)) {
        mkdirSync(dirname(placeOf(url)), { recursive: true });
        writeFileSync(placeOf(url), body);
        present.set(url, etag);
      }
    }
  }

  /** CREATE TABLE AS in place of UNLOAD, which is Athena's own. */
  async function unload(select: string, partitioning: string, parameters: readonly string[]) {
    const name = `unloaded_${unloads++}`;
    const place = join(trino.files, name);
    const properties = [`external_location = 'local:///${name}'`, "format = 'PARQUET'", partitioning].filter(Boolean);
    const { input_bytes } = await query(
      `CREATE TABLE ${database}.${name} WITH (${properties.join(', ')}) AS ${select}`,
      parameters,
    );
    const objects = new Map<string, Buffer>();
    for (const entry of readdirSync(place, { recursive: true, withFileTypes: true })) {
      const file = join(entry.parentPath, entry.name);
      if (entry.isFile() && !/^[._]/.test(entry.name)) objects.set(relative(place, file), readFileSync(file));
    }
    await query(`DROP TABLE ${database}.${name}`);
    rmSync(place, { recursive: true, force: true });
    return { objects, input_bytes };
  }

  return {
    async run(sql, literals) {
      await bring(sql);
      const parameters = literals.map((literal) => literal.slice(1, -1).replaceAll("''", "'"));
      const located = sql.replace(/"\$path" FROM/g, `replace("$path", '${ROOT}', 's3://') AS "$path" FROM`);
      const [, select, target, partitioning = ''] = located.match(UNLOAD) ?? [];
      if (select !== undefined) {
        const { objects, input_bytes } = await unload(select, partitioning, parameters);
        return { output: { target: `s3://${target}`, objects }, scanned_bytes: input_bytes };
      }
      const answer = await query(located, parameters);
      return { output: { csv: csv(answer) }, scanned_bytes: answer.input_bytes };
    },
    async close() {
      await trino.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** An answer as Athena writes it. */
function csv({ columns, rows }: Answer): string {
  const texts = rows.map((row) =>
    row.map((value, index) => {
      if (value === null) return null;
      return columns[index]?.type === 'double' ? printDouble(Number(value)) : String(value);
    }),
  );
  return csvOf(
    columns.map(({ name }) => name),
    texts,
  );
}
