import type { Statement } from '../../engine/engine.ts';
import { type Day, dateRange, daysOf, type Period } from '../../model/period.ts';
import { rawTableName } from '../../model/table-names.ts';
import type { Flow } from '../../run/flow.ts';
import { type QueryRun, runQuery, runUnload } from '../../run/run-query.ts';
import type { Input } from '../../sources/input.ts';
import { dayName, dayRule, daysToRead } from '../../sources/layout.ts';
import type { Source } from '../../sources/source.ts';
import { formatSha256 } from '../definition.ts';
import { manifestKey, readManifest } from '../manifest.ts';
import { freshAmong } from '../presence.ts';
import { figuresStatement, recordDay, recordInputs } from './day-manifest.ts';
import { daysSql } from './days-sql.ts';
import { type KeptObjects, keptDaySql } from './kept-day-sql.ts';
import type { AthenaLake } from './lake.ts';
import { objectLister } from './raw-objects.ts';
import { removeStaged, replaceDay, stagingPrefix } from './replace-day.ts';
import { staleRanges } from './stale-ranges.ts';

/**
 * Refreshes days of a source in the lake on S3, if they are missing or their objects have changed. If each folder is a day,
 * one query reads one day. If a folder may contain lines of the days around it, one query reads several days, because a
 * query per day would read those folders again. Returns the queries that were run.
 */
export async function refreshAthenaLake(
  lake: AthenaLake,
  flow: Flow,
  source: Source,
  days: readonly Day[],
): Promise<QueryRun[]> {
  const stale = await flow.step(`days of ${source.name} to refresh`, () => staleRanges(lake, source, days));
  const unloaded = await flow.map(`refresh ${source.name}`, stale, (inner, { range, keeps_rows }) =>
    keeps_rows ? unloadKeptDay(lake, inner, source, range.from) : unloadDays(lake, inner, source, range),
  );
  const refreshed = stale.flatMap(({ range }) => daysOf(range));
  const counted = await flow.map(`count ${source.name}`, refreshed, (inner, day) => countDay(lake, inner, source, day));
  return [...unloaded, ...counted];
}

/** Writes a day of which objects are gone: the rows that the lake has of it, and those of new objects. */
async function unloadKeptDay(lake: AthenaLake, flow: Flow, source: Source, day: Day): Promise<QueryRun> {
  const objects = await flow.step(`list ${day}`, () => listKeptDay(lake, source, day));
  const read = daysToRead(dayRule(source), dateRange(day, day), lake.late_days);
  const raw = `${lake.database}.${rawTableName(source.name)}`;
  const once = [source.name, day, dayName(source, read.from), dayName(source, read.to), day, day];
  const select = { sql: keptDaySql(lake.database, source, raw, day, objects), parameters: [...once, ...once] };
  return unload(lake, flow, source, dateRange(day, day), select);
}

/** Athena takes 256 KB of SQL, which names the objects twice. Those that are left are read by the next run. */
const MAX_NAMES_BYTES = 96 * 1024;

/** Lists the objects of a day that are new or have changed, before the query; one that arrives meanwhile is read next time. */
async function listKeptDay(lake: AthenaLake, source: Source, day: Day): Promise<KeptObjects> {
  const manifest = await readManifest(lake.store, source.name, day);
  if (!manifest) throw new Error(`${lake.store.root}${manifestKey(source.name, day)} is missing; run the report again`);
  const format_sha256 = formatSha256(source.definition);
  const { fresh, changed, kept } = keptInputs(manifest.inputs, await objectLister(lake, source).inputsOf(day));
  await recordInputs(lake, source, day, { inputs: fresh, kept, format_sha256: manifest.format_sha256 });
  return { fresh: fresh.map(nameOf), changed, hasSameDefinition: manifest.format_sha256 === format_sha256 };
}

/** As many new or changed objects as one query can name, and the other inputs of the day. */
function keptInputs(recorded: readonly Input[], present: readonly Input[]) {
  const fresh: Input[] = [];
  let names_bytes = 0;
  for (const input of freshAmong(recorded, present)) {
    names_bytes += Buffer.byteLength(input.log_object);
    if (names_bytes > MAX_NAMES_BYTES) break;
    fresh.push(input);
  }
  const names = new Set(fresh.map(nameOf));
  const changed = recorded.map(nameOf).filter((name) => names.has(name));
  return { fresh, changed, kept: recorded.filter(({ log_object }) => !names.has(log_object)) };
}

function nameOf({ log_object }: Input): string {
  return log_object;
}

/** Turns the raw lines of a date range into the lake's Parquet, in place of the old rows. `countDay` completes each day. */
async function unloadDays(lake: AthenaLake, flow: Flow, source: Source, range: Period): Promise<QueryRun> {
  const name = nameOfRange(range);
  // Listed before the query: an object that arrives while it runs makes the day stale again.
  await flow.step(`list ${name}`, async () => {
    const { inputsOf } = objectLister(lake, source);
    const format_sha256 = formatSha256(source.definition);
    for (const day of daysOf(range)) {
      await recordInputs(lake, source, day, { inputs: await inputsOf(day), kept: [], format_sha256 });
    }
  });
  const read = daysToRead(dayRule(source), range, lake.late_days);
  const select = {
    sql: daysSql(source, `${lake.database}.${rawTableName(source.name)}`),
    parameters: [dayName(source, read.from), dayName(source, read.to), range.from, range.to],
  };
  return unload(lake, flow, source, range, select);
}

function nameOfRange({ from, to }: Period): string {
  return from === to ? from : `${from} to ${to}`;
}

/** Unloads the rows of a date range and puts them in place of the old ones. */
async function unload(
  lake: AthenaLake,
  flow: Flow,
  source: Source,
  range: Period,
  select: Statement,
): Promise<QueryRun> {
  const prefix = stagingPrefix(lake, source, range.from);
  const name = nameOfRange(range);
  const { attempt, ...run } = await runUnload(
    flow,
    lake.engine,
    `unload ${source.name} ${name}`,
    (attempt) => ({ select, location: `${lake.staging.root}${prefix}${attempt}/`, partition_columns: ['day', 'kind'] }),
    `${lake.run_id} ${prefix}`,
  );
  for (const day of daysOf(range)) {
    await flow.step(`place ${day}`, () => replaceDay(lake, source, day, `${prefix}${attempt}/day=${day}/`));
  }
  return run;
}

/** Counts the lake's rows of a day and writes the manifest, which comes last: a day without one is refreshed again. */
async function countDay(lake: AthenaLake, flow: Flow, source: Source, day: Day): Promise<QueryRun> {
  const prefix = stagingPrefix(lake, source, day);
  const run = await runQuery(
    flow,
    lake.engine,
    `count ${source.name} ${day}`,
    figuresStatement(lake, source, day),
    `${lake.run_id} ${prefix}`,
  );
  await flow.step(`manifest ${day}`, async () => {
    // A repeated step may find the manifest already written and the staged files already removed.
    if (!(await readManifest(lake.store, source.name, day))) await recordDay(lake, source, day, run.execution_id);
    await removeStaged(lake, prefix);
  });
  return run;
}
