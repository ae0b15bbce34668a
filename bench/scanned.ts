import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { parseConfig, reportOf } from '../lib/config/config.ts';
import { type Duckdb, openDuckdb } from '../lib/engine/duckdb/duckdb.ts';
import type { Engine, Statement } from '../lib/engine/engine.ts';
import { dayFiguresSql } from '../lib/lake/definition.ts';
import { openLake } from '../lib/lake/duckdb/views.ts';
import { type Day, dateRange, daysOf, periodBefore } from '../lib/model/period.ts';
import { REJECTED_TABLE, REQUESTS_TABLE } from '../lib/model/table-names.ts';
import { produceEdition } from '../lib/report/produce-edition.ts';
import type { Flow } from '../lib/run/flow.ts';
import { localFlow } from '../lib/run/local-flow.ts';
import { loadSections } from '../lib/sections/catalogue.ts';
import { folderStore } from '../lib/store/folder.ts';
import { generateLines } from '../samples/generator/entries.ts';
import { writeLines } from '../samples/generator/file.ts';
import { costTable, type Measured, measuredIn, measuredTable } from './aws-cost.ts';
import { freshTable } from './fresh-cost.ts';
import { FOLDER } from './logs.ts';
import { measure } from './measure.ts';
import { webLines } from './web-lines.ts';
import { CLI } from './workload.ts';

/**
 * npm run bench:scanned [-- --lines N]
 * The measured half of docs/cost.md: bytes of a line in the log and in the lake, how many queries a report runs over the
 * lake, and what they read of it, per line of the report's period. Athena bills the compressed bytes of the columns that
 * a query names.
 */
const { values } = parseArgs({ options: { lines: { type: 'string', default: '1000000' } } });
const LINES = Number(values.lines);
const PERIOD = dateRange('2026-10-16', '2026-10-31');
const DAYS = [...daysOf(periodBefore(PERIOD)), ...daysOf(PERIOD)];
const DATABASE = 'logtally';
const SOURCE = 'bench';

const measured: Measured[] = [];
for (const format of ['s3-access', 'cloudfront', 'alb']) measured.push(await scanned(format));
const rounded = measuredIn(measuredTable(measured));
const s3 = rounded.find(({ log }) => log === 's3-access');
process.stdout.write(`${measuredTable(measured)}\n${costTable(rounded)}\n${s3 ? freshTable(s3) : ''}`);

async function scanned(format: string): Promise<Measured> {
  const folder = join(FOLDER, `scanned-${format}-${LINES}`);
  const [logs, lake, out] = [join(folder, 'logs'), join(folder, 'lake'), join(folder, 'out')];
  const log = join(logs, 'lines.log');
  mkdirSync(logs, { recursive: true });
  if (!existsSync(log)) await writeLines(log, logLines(format));
  const settings = {
    sources: { [SOURCE]: { format, folder: logs } },
    reports: { bench: {} },
    lake: { folder: lake },
    out,
  };
  const config = join(folder, 'logtally.yaml');
  writeFileSync(config, JSON.stringify(settings));
  const days = ['--date-range', PERIOD.from, PERIOD.to];
  await measure(process.execPath, [CLI, 'report', '--config', config, ...days, '--json']);

  const duckdb = await openDuckdb({ memory: '2GB', threads: null, temp_folder: join(folder, 'temporary') });
  await openLake(duckdb, lake, DATABASE, [SOURCE], DAYS);
  const { statements, operations } = await statementsOf(duckdb, config, lake);
  const columns = await columnBytes(duckdb, lake);
  const read = await Promise.all(statements.map((statement) => bytesRead(duckdb, statement, columns)));
  const counted = await Promise.all(daysOf(PERIOD).map((day) => bytesRead(duckdb, countStatement(day), columns)));
  const [held] = await duckdb.run(
    `SELECT CAST(sum(copies) AS DOUBLE) AS lines FROM ${DATABASE}.requests WHERE day BETWEEN ? AND ?`,
    [PERIOD.from, PERIOD.to],
  );
  duckdb.close();
  const lines = Number(held?.lines);
  const text = readFileSync(log);
  const stored = format === 's3-access' ? text : gzipSync(text);
  const sum = (sizes: Iterable<number>) => [...sizes].reduce((total, size) => total + size, 0);
  return {
    log: format,
    stored: stored.length / LINES,
    lake: sum(columns.values()) / lines,
    queries: statements.length,
    read: (sum(read) + sum(counted)) / lines,
    operations,
  };
}

/**
 * Generated lines, with identifiers as random and as long as those of AWS: they are what compresses least. Lines that are
 * the same stay the same.
 */
function* logLines(format: string): Generator<string> {
  const lines = format === 's3-access' ? generateLines({ lines: LINES }) : webLines(format, LINES);
  for (const line of lines) {
    const random = createHash('sha512').update(line).digest();
    yield line
      .replace(/ 3E57\w*EXAMPLE /, ` ${random.toString('hex', 0, 8).toUpperCase()} `)
      .replace(/ \S{75}= /, ` ${random.toString('base64', 7)} `)
      .replace(/\t\w*EXAMPLE==\t/, `\t${random.toString('base64', 22)}\t`)
      .replace(/-[0-9a-f]{24}"/, `-${random.toString('hex', 0, 12)}"`);
  }
}

/** The query that counts a day for its manifest. */
function countStatement(day: Day): Statement {
  const ofDay = (table: string) => `(SELECT * FROM ${DATABASE}.${table} WHERE source = ? AND day = ?)`;
  return {
    sql: dayFiguresSql(ofDay(REQUESTS_TABLE), ofDay(REJECTED_TABLE)),
    parameters: [SOURCE, day, SOURCE, day],
  };
}

/** Every query that a report runs over the lake, and how many steps and waits that and the rest of it take. */
async function statementsOf(
  duckdb: Duckdb,
  path: string,
  lake: string,
): Promise<{ statements: Statement[]; operations: number }> {
  const statements: Statement[] = [];
  let operations = 0;
  const engine: Engine = {
    ...duckdb.engine,
    start(statement, token) {
      statements.push(statement);
      return duckdb.engine.start(statement, token);
    },
  };
  const config = parseConfig(readFileSync(path, 'utf8'), path, { section_ids: loadSections().map(({ id }) => id) });
  const ports = {
    config,
    engine,
    database: DATABASE,
    lake: folderStore(lake),
    editions: folderStore(join(lake, '..', 'recorded')),
    goneLogs: async () => [],
    unreadableLogs: async () => [],
    refresh: async () => [],
    rawLines: () => notAsked(),
    secret: () => notAsked(),
    originals: () => notAsked(),
    clock: Date.now,
  };
  const counting = (flow: Flow): Flow => ({
    step: (name, work) => {
      operations += 1;
      return flow.step(name, work);
    },
    until: (name, check) => {
      operations += 1;
      return flow.until(name, check);
    },
    map: (name, items, work) => flow.map(name, items, (inner, item) => work(counting(inner), item)),
  });
  await produceEdition(counting(localFlow()), ports, {
    report: { ...reportOf(config), name: `bench-${Date.now()}` },
    period: PERIOD,
    select_all: false,
    remove_meta: false,
    email: false,
    remove_original_logs: false,
    publish_empty: true,
    whole_input: false,
    started_at: new Date().toISOString(),
    run_id: 'bench',
  });
  return { statements, operations };
}

/** What the reports of this bench have no use for. */
function notAsked(): never {
  throw new Error('the report of this bench exports no request, hashes no address and removes no log');
}

/** Compressed bytes of each column of the period's days. */
async function columnBytes(duckdb: Duckdb, lake: string): Promise<Map<string, number>> {
  const files = daysOf(PERIOD).map((day) => `'${lake}/requests/source=${SOURCE}/day=${day}/*.parquet'`);
  const rows = await duckdb.run(
    `SELECT path_in_schema AS name, CAST(sum(total_compressed_size) AS DOUBLE) AS size_bytes
    FROM parquet_metadata([${files.join(', ')}]) GROUP BY ALL`,
  );
  return new Map(rows.map(({ name, size_bytes }) => [String(name), Number(size_bytes)]));
}

interface PlanNode {
  name: string;
  extra_info: { Projections?: string | string[]; 'Scanning Files'?: string };
  children?: PlanNode[];
}

/** What a query reads of the lake: the columns that its plan names, for the share of the days that it opens. */
async function bytesRead(
  duckdb: Duckdb,
  { sql, parameters }: Statement,
  columns: ReadonlyMap<string, number>,
): Promise<number> {
  const [row] = await duckdb.run(`EXPLAIN (FORMAT json) ${sql}`, parameters);
  const visit = ({ name, extra_info, children = [] }: PlanNode): number => {
    const below = children.reduce((total, child) => total + visit(child), 0);
    if (!name.includes('PARQUET')) return below;
    const opened = Number(/^(\d+)\//.exec(extra_info['Scanning Files'] ?? '')?.[1] ?? DAYS.length);
    const named = [extra_info.Projections ?? []].flat();
    const size_bytes = named.reduce((total, column) => total + (columns.get(column) ?? 0), 0);
    return below + (size_bytes * opened) / daysOf(PERIOD).length;
  };
  const plan: PlanNode[] = JSON.parse(String(row?.explain_value));
  return plan.reduce((total, node) => total + visit(node), 0);
}
