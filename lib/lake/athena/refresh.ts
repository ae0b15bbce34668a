import type { Engine } from '../../engine/engine.ts';
import { trinoReader } from '../../formats/athena/reader.ts';
import { LAKE_PREFIX, STAGING_PREFIX } from '../../model/bucket-prefixes.ts';
import type { Column } from '../../model/columns.ts';
import { addDays, type Day, dateRange, daysOf, type Period } from '../../model/period.ts';
import { REJECTED_TABLE, REQUESTS_TABLE, rawTableName } from '../../model/table-names.ts';
import type { Flow } from '../../run/flow.ts';
import { type QueryRun, runQuery, runUnload } from '../../run/run-query.ts';
import type { Input } from '../../sources/input.ts';
import { dayFolders, dayName, dayRule, daysToRead } from '../../sources/layout.ts';
import type { Source } from '../../sources/source.ts';
import { readJson } from '../../store/json.ts';
import type { Store } from '../../store/store.ts';
import { dayFiguresSql, formatSha256 } from '../definition.ts';
import { dayPrefix, isStale, manifestKey, readManifest, writeManifest } from '../manifest.ts';
import type { RawLinesOf } from '../raw-requests.ts';
import { daysSql, FOLDER_DAY } from './days-sql.ts';

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
  /** How many days after its event a line may still arrive. */
  late_days: number;
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

/** Athena writes at most 100 partitions in one query, and a day has two. */
const LONGEST_SPAN_DAYS = 31;
/** What a query shall read at most of compressed logs, far from Athena's 30 minutes. */
const LARGEST_SPAN_BYTES = 10_000_000_000;

/**
 * Brings the days of a source up to date in the lake on S3: those that are missing or whose objects changed, and nothing
 * else. Where folders are days, one query reads each; where a folder holds lines of its neighbours, one reads several,
 * since each would read its neighbours again. Returns the queries that took.
 */
export async function refreshAthena(
  lake: AthenaLake,
  flow: Flow,
  source: Source,
  days: readonly Day[],
): Promise<QueryRun[]> {
  const spans = await flow.step(`days of ${source.name} to refresh`, () => staleSpans(lake, source, days));
  const unloaded = await flow.map(`refresh ${source.name}`, spans, (inner, span) =>
    unloadSpan(lake, inner, source, span),
  );
  const counted = await flow.map(`count ${source.name}`, spans.flatMap(daysOf), (inner, day) =>
    countDay(lake, inner, source, day),
  );
  return [...unloaded, ...counted];
}

async function staleSpans(lake: AthenaLake, source: Source, days: readonly Day[]): Promise<Period[]> {
  const { inFolder, inputsOf } = listing(lake, source);
  const spans: { span: Period; size_bytes: number }[] = [];
  for (const day of days) {
    const manifest = await readManifest(lake.store, source.name, day);
    if (!isStale(manifest, await inputsOf(day), formatSha256(source.definition))) continue;
    const size_bytes = total(await inFolder(day));
    const last = spans.at(-1);
    if (last && dayRule(source) === 'event_time' && joins(last, day, size_bytes)) {
      last.span = dateRange(last.span.from, day);
      last.size_bytes += size_bytes;
    } else spans.push({ span: dateRange(day, day), size_bytes });
  }
  return spans.map(({ span }) => span);
}

/** Whether a day may be read by the same query as those before it. */
function joins(before: { span: Period; size_bytes: number }, day: Day, size_bytes: number): boolean {
  const { from, to } = before.span;
  const isNext = day === addDays(to, 1) && day < addDays(from, LONGEST_SPAN_DAYS);
  return isNext && before.size_bytes + size_bytes <= LARGEST_SPAN_BYTES;
}

/** The objects in a day's folders, and those that may hold lines of a day; each folder is listed once. */
function listing(lake: AthenaLake, source: Source) {
  const listed = new Map<Day, Promise<Input[]>>();
  const inFolder = (day: Day) => {
    const known = listed.get(day) ?? rawObjects(lake.raw(source), source, day);
    listed.set(day, known);
    return known;
  };
  const inputsOf = async (day: Day) => {
    const lists: Input[][] = [];
    const read = daysToRead(dayRule(source), dateRange(day, day), lake.late_days);
    for (const folder of daysOf(read)) lists.push(await inFolder(folder));
    return lists.flat();
  };
  return { inFolder, inputsOf };
}

/**
 * Turns the raw lines of some days into the lake's Parquet, replacing what was there. The manifest of each goes before
 * the old rows and comes back after the new ones, so a run that dies leaves a day to do again, never a wrong one.
 */
async function unloadSpan(lake: AthenaLake, flow: Flow, source: Source, span: Period): Promise<QueryRun> {
  const place = stagingPlace(lake, source, span.from);
  const name = span.from === span.to ? span.from : `${span.from} to ${span.to}`;
  // Listed before the query: what arrives while it runs makes the day stale again.
  await flow.step(`list ${name}`, async () => {
    const { inputsOf } = listing(lake, source);
    for (const day of daysOf(span)) {
      await lake.staging.put(`${stagingPlace(lake, source, day)}inputs.json`, JSON.stringify(await inputsOf(day)));
    }
  });
  const read = daysToRead(dayRule(source), span, lake.late_days);
  const select = {
    sql: daysSql(source, `${lake.database}.${rawTableName(source.name)}`),
    parameters: [dayName(source, read.from), dayName(source, read.to), span.from, span.to],
  };
  const { attempt, ...ran } = await runUnload(
    flow,
    lake.engine,
    `unload ${source.name} ${name}`,
    (attempt) => ({ select, location: `${lake.staging.root}${place}${attempt}/`, partition_columns: ['day', 'kind'] }),
    `${lake.run_id} ${place}`,
  );
  for (const day of daysOf(span)) {
    await flow.step(`place ${day}`, () => placeDay(lake, source, day, `${place}${attempt}/day=${day}/`));
  }
  return ran;
}

/** Counts what the lake holds of a day and writes its manifest. */
async function countDay(lake: AthenaLake, flow: Flow, source: Source, day: Day): Promise<QueryRun> {
  const place = stagingPlace(lake, source, day);
  const ran = await runQuery(
    flow,
    lake.engine,
    `count ${source.name} ${day}`,
    figuresStatement(lake, source, day),
    `${lake.run_id} ${place}`,
  );
  await flow.step(`manifest ${day}`, async () => {
    // Done again, this step may find the manifest, and nothing left of what it came from.
    if (!(await readManifest(lake.store, source.name, day))) {
      await recordDay(lake, source, day, ran.execution_id, place);
    }
    await removeStaged(lake.staging, place);
  });
  return ran;
}

/** Where a run keeps what it is about to take in of a day, or of days from it on. */
function stagingPlace({ run_id }: AthenaLake, source: Source, day: Day): string {
  return `${source.name}/${day}/${run_id}/`;
}

/** The raw lines of a source's days, first to last, as Athena reads them from its raw table. */
export function athenaRaw(database: string, source: Source, period: Period, late_days: number): RawLinesOf {
  const rule = dayRule(source);
  const { from, to } = daysToRead(rule, period, late_days);
  const table = `${database}.${rawTableName(source.name)}`;
  const reader = trinoReader(source.definition, table, '"timestamp" BETWEEN ? AND ?', FOLDER_DAY);
  const parameters = [dayName(source, from), dayName(source, to)];
  return { reader: { sql: reader, parameters }, holds_other_days: rule === 'event_time' };
}

/** The raw objects in a day's folders. */
export async function rawObjects(raw: Store, source: Source, day: Day): Promise<Input[]> {
  const inputs: Input[] = [];
  for (const folder of dayFolders(source, day)) {
    for await (const object of raw.list(folder)) {
      inputs.push({ log_object: `${raw.root}${object.key}`, size_bytes: object.size_bytes, etag: object.etag });
    }
  }
  return inputs;
}

function total(inputs: readonly Input[]): number {
  return inputs.reduce((sum, { size_bytes }) => sum + size_bytes, 0);
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
  const inputs = await countedInputs(lake, source, day, place);
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
    input_bytes: total(inputs),
    inputs,
    unreadable: [],
    format_sha256: formatSha256(source.definition),
  });
}

async function removeStaged(staging: Store, place: string): Promise<void> {
  const left: string[] = [];
  for await (const { key } of staging.list(place)) left.push(key);
  await staging.delete(left);
}

/**
 * The objects that were there before the query and are there after it. One that vanished meanwhile may not have been read:
 * should it come back, the day is stale.
 */
async function countedInputs(lake: AthenaLake, source: Source, day: Day, place: string): Promise<Input[]> {
  const listed = await readJson<Input[]>(lake.staging, `${place}inputs.json`);
  if (!listed) throw new Error(`${lake.staging.root}${place}inputs.json is missing; run the report again`);
  const present = new Set((await listing(lake, source).inputsOf(day)).map(({ log_object }) => log_object));
  return listed.filter(({ log_object }) => present.has(log_object));
}

async function figuresOf(engine: Engine, execution_id: string): Promise<Record<string, unknown>> {
  for await (const batch of engine.rows(execution_id, FIGURES)) {
    return Object.fromEntries(FIGURES.map(({ name }, index) => [name, batch.getChildAt(index)?.get(0)]));
  }
  throw new Error(`the figures of a day are missing: query ${execution_id} answered with no row`);
}
