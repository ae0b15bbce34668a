import type { Column } from '../columns.ts';
import type { Source } from '../config.ts';
import type { Engine } from '../engine/engine.ts';
import type { Flow } from '../flow.ts';
import { trinoReader } from '../formats/trino-reader.ts';
import type { Day, Period } from '../period.ts';
import { LAKE_PREFIX, STAGING_PREFIX } from '../results-bucket.ts';
import { type Ran, runQuery, runUnload } from '../run-query.ts';
import type { Store } from '../store/store.ts';
import { REJECTED_TABLE, REQUESTS_TABLE, rawTableName } from '../table-names.ts';
import { dayFolders } from './day-folders.ts';
import { dayFiguresSql, daySql, FOLDER_DAY, formatSha256 } from './definition.ts';
import { dayPrefix, type Input, isStale, manifestKey, readManifest, writeManifest } from './manifest.ts';
import type { RawLinesOf } from './raw-requests.ts';

export interface AthenaLake {
  engine: Engine;
  database: string;
  /** The lake's prefix of the results bucket, and where queries unload to before it takes its place there. */
  store: Store;
  staging: Store;
  /** The whole results bucket, to copy from the one prefix to the other. */
  results: Store;
  /** The raw logs of a source. */
  raw(source: Source): Store;
  /** Names this run, the same through all its retries: a place of its own for what it unloads. */
  run_id: string;
}

/** Both tables' figures of one day, as sql/lake/day.sql selects them. */
const FIGURES: readonly Column[] = [
  { name: 'parsed', type: 'bigint', title: 'Requests' },
  { name: 'deliveries', type: 'bigint', title: 'Lines' },
  { name: 'first_event', type: 'timestamp', title: 'First event' },
  { name: 'last_event', type: 'timestamp', title: 'Last event' },
  { name: 'hours_with_lines', type: 'bigint', title: 'Hours with lines' },
  { name: 'rejected', type: 'bigint', title: 'Rejected lines' },
];

/**
 * Brings the days of a source up to date in the lake on S3, each by one UNLOAD over the day's raw folder: the days that
 * are missing or whose objects changed, and nothing else. Returns the queries that took.
 */
export async function refreshAthena(
  lake: AthenaLake,
  flow: Flow,
  source: Source,
  days: readonly Day[],
): Promise<Ran[]> {
  const stale = await flow.step(`days of ${source.name} to refresh`, () => staleDays(lake, source, days));
  const ran = await flow.map(`refresh ${source.name}`, stale, (inner, day) => refreshDay(lake, inner, source, day));
  return ran.flat();
}

async function staleDays(lake: AthenaLake, source: Source, days: readonly Day[]): Promise<Day[]> {
  const stale: Day[] = [];
  for (const day of days) {
    const [manifest, inputs] = [
      await readManifest(lake.store, source.name, day),
      await rawObjects(lake.raw(source), source, day),
    ];
    if (isStale(manifest, inputs, formatSha256(source.definition))) stale.push(day);
  }
  return stale;
}

/**
 * Turns a day's raw lines into the lake's Parquet, replacing what was there. The manifest goes before the old rows and
 * comes back after the new ones, so a run that dies leaves a day to do again, never a wrong one.
 */
export async function refreshDay(lake: AthenaLake, flow: Flow, source: Source, day: Day): Promise<Ran[]> {
  const place = `${source.name}/${day}/${lake.run_id}/`;
  // Counted before the query: what arrives while it runs makes the day stale again.
  await flow.step(`list ${day}`, async () => {
    const inputs = await rawObjects(lake.raw(source), source, day);
    await lake.staging.put(`${place}inputs.json`, JSON.stringify(inputs));
  });
  const select = {
    sql: daySql(source.definition, `${lake.database}.${rawTableName(source.name)}`),
    parameters: [day.replaceAll('-', '/')],
  };
  const unloaded = await runUnload(
    flow,
    lake.engine,
    `unload ${source.name} ${day}`,
    (attempt) => ({ select, location: `${lake.staging.root}${place}${attempt}/`, partition_columns: ['kind'] }),
    `${lake.run_id} ${place}`,
  );
  await flow.step(`place ${day}`, () => placeDay(lake, source, day, `${place}${unloaded.attempt}/`));
  const counted = await runQuery(
    flow,
    lake.engine,
    `count ${source.name} ${day}`,
    figuresStatement(lake, source, day),
    `${lake.run_id} ${place}`,
  );
  await flow.step(`manifest ${day}`, () => recordDay(lake, source, day, counted.execution_id, place));
  return [unloaded, counted].map(({ execution_id, bytes_scanned, duration_ms }) => ({
    execution_id,
    bytes_scanned,
    duration_ms,
  }));
}

/** The raw lines of a source's days, first to last, as Athena reads them from its raw table. */
export function athenaRaw(database: string, { name, definition }: Source, { from, to }: Period): RawLinesOf {
  const reader = trinoReader(
    definition,
    `${database}.${rawTableName(name)}`,
    '"timestamp" BETWEEN ? AND ?',
    FOLDER_DAY,
  );
  const parameters = [from, to].map((day) => day.replaceAll('-', '/'));
  return { reader: { sql: reader, parameters }, holds_other_days: false };
}

/** The raw objects below a day's folders. */
export async function rawObjects(raw: Store, source: Source, day: Day): Promise<Input[]> {
  const inputs: Input[] = [];
  for (const folder of dayFolders(source, day)) {
    for await (const object of raw.list(folder)) {
      inputs.push({ log_object: `${raw.root}${object.key}`, size_bytes: object.size_bytes, etag: object.etag });
    }
  }
  return inputs;
}

/** Puts what was unloaded in the place of what the lake held. Done again, it comes to the same. */
async function placeDay(
  { store, staging, results }: AthenaLake,
  source: Source,
  day: Day,
  unloaded: string,
): Promise<void> {
  await store.delete([manifestKey(source.name, day)]);
  for (const table of [REQUESTS_TABLE, REJECTED_TABLE]) {
    const prefix = dayPrefix(table, source.name, day);
    const fresh = new Set<string>();
    for await (const { key } of staging.list(`${unloaded}kind=${table}/`)) {
      const name = `${key.slice(key.lastIndexOf('/') + 1)}${key.endsWith('.parquet') ? '' : '.parquet'}`;
      fresh.add(`${prefix}${name}`);
      await results.copy(`${STAGING_PREFIX}${key}`, `${LAKE_PREFIX}${prefix}${name}`);
    }
    const old: string[] = [];
    for await (const { key } of store.list(prefix)) if (!fresh.has(key)) old.push(key);
    await store.delete(old);
  }
}

function figuresStatement({ database }: AthenaLake, source: Source, day: Day) {
  const ofDay = (table: string) => `(SELECT * FROM ${database}.${table} WHERE source = ? AND day = ?)`;
  // In the order in which the SQL names the relations: first the rejected lines, then the requests.
  return {
    sql: dayFiguresSql(ofDay(REQUESTS_TABLE), ofDay(REJECTED_TABLE)),
    parameters: [source.name, day, source.name, day],
  };
}

async function recordDay(
  lake: AthenaLake,
  source: Source,
  day: Day,
  execution_id: string,
  place: string,
): Promise<void> {
  const figures = await figuresOf(lake.engine, execution_id);
  const bytes = await lake.staging.get(`${place}inputs.json`);
  const inputs: Input[] = JSON.parse(new TextDecoder().decode(bytes));
  const [parsed, deliveries, rejected] = [Number(figures.parsed), Number(figures.deliveries), Number(figures.rejected)];
  const moment = (value: unknown) => (value == null ? null : new Date(Number(value)).toISOString());
  await writeManifest(lake.store, {
    source: source.name,
    day,
    format: source.format,
    lines: deliveries + rejected,
    parsed,
    rejected,
    duplicates: deliveries - parsed,
    first_event: moment(figures.first_event),
    last_event: moment(figures.last_event),
    hours_with_lines: Number(figures.hours_with_lines),
    input_bytes: inputs.reduce((total, { size_bytes }) => total + size_bytes, 0),
    inputs,
    unreadable: [],
    format_sha256: formatSha256(source.definition),
  });
  const left: string[] = [];
  for await (const { key } of lake.staging.list(place)) left.push(key);
  await lake.staging.delete(left);
}

async function figuresOf(engine: Engine, execution_id: string): Promise<Record<string, unknown>> {
  for await (const batch of engine.rows(execution_id, FIGURES)) {
    return Object.fromEntries(FIGURES.map(({ name }, index) => [name, batch.getChildAt(index)?.get(0)]));
  }
  throw new Error(`the figures of a day are missing: query ${execution_id} answered with no row`);
}
