import { type Day, daysOf, type Period } from '../../model/period.ts';
import { rawTableName } from '../../model/table-names.ts';
import type { Flow } from '../../run/flow.ts';
import { type QueryRun, runQuery, runUnload } from '../../run/run-query.ts';
import { dayName, dayRule, daysToRead } from '../../sources/layout.ts';
import type { Source } from '../../sources/source.ts';
import { readManifest } from '../manifest.ts';
import { figuresStatement, recordDay, recordInputs } from './day-manifest.ts';
import { daysSql } from './days-sql.ts';
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
  const ranges = await flow.step(`days of ${source.name} to refresh`, () => staleRanges(lake, source, days));
  const unloaded = await flow.map(`refresh ${source.name}`, ranges, (inner, range) =>
    unloadDays(lake, inner, source, range),
  );
  const counted = await flow.map(`count ${source.name}`, ranges.flatMap(daysOf), (inner, day) =>
    countDay(lake, inner, source, day),
  );
  return [...unloaded, ...counted];
}

/** Turns the raw lines of a date range into the lake's Parquet, in place of the old rows. `countDay` completes each day. */
async function unloadDays(lake: AthenaLake, flow: Flow, source: Source, range: Period): Promise<QueryRun> {
  const prefix = stagingPrefix(lake, source, range.from);
  const name = range.from === range.to ? range.from : `${range.from} to ${range.to}`;
  // Listed before the query: an object that arrives while it runs makes the day stale again.
  await flow.step(`list ${name}`, async () => {
    const { inputsOf } = objectLister(lake, source);
    for (const day of daysOf(range)) await recordInputs(lake, source, day, await inputsOf(day));
  });
  const read = daysToRead(dayRule(source), range, lake.late_days);
  const select = {
    sql: daysSql(source, `${lake.database}.${rawTableName(source.name)}`),
    parameters: [dayName(source, read.from), dayName(source, read.to), range.from, range.to],
  };
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
