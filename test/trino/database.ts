import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig } from '../../lib/config/config.ts';
import type { Statement } from '../../lib/engine/engine.ts';
import type { Source } from '../../lib/sources/source.ts';
import { synthesize } from '../infra/synthesize.ts';
import { type Answer, ask } from './client.ts';
import { createTable, glueTables } from './tables.ts';

/** The name of the stack's own bucket in these tests. */
const RESULTS = 'results';

/** The tables of a config's stack on the running server. */
export interface Database {
  name: string;
  sources: Record<string, Source>;
  /** Holds a folder per bucket of S3. */
  buckets: string;
  /** The folder of the stack's lake. */
  lake: string;
  ask(sql: string, parameters?: readonly string[]): Promise<Answer>;
  run(statement: Statement): Promise<Answer>;
}

/**
 * Creates the tables of the stack of a config with these sources. `now` is the last day of projections that end
 * NOW, or NOW itself.
 */
export async function createDatabase(name: string, sources: object, now: string): Promise<Database> {
  const { TRINO_URL: url = '', TRINO_FILES: files = '' } = process.env;
  const buckets = join(files, name);
  const run = (statement: Statement) => ask(url, statement);
  const config = JSON.stringify({
    sources,
    reports: { all: { schedule: 'off' } },
    mail: { from: 'reports@example.com', recipients: ['team@example.com'] },
    stack: { database: name },
  });
  const { template, folder } = synthesize(config);
  rmSync(folder, { recursive: true });
  await run({ sql: `CREATE SCHEMA ${name}`, parameters: [] });
  for (const table of glueTables(template)) {
    const sql = createTable(table, { schema: name, results_bucket: RESULTS, root: `local:///${name}/`, now });
    const [, location = ''] = sql.match(/external_location = 'local:\/\/\/(.*?)'/) ?? [];
    mkdirSync(join(files, location), { recursive: true });
    await run({ sql, parameters: [] });
  }
  return {
    name,
    sources: parseConfig(config, '/logtally.yaml', { section_ids: ['overview'] }).sources,
    buckets,
    lake: join(buckets, RESULTS, 'lake'),
    ask: (sql, parameters = []) => run({ sql, parameters }),
    run,
  };
}
