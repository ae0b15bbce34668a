import type { Column } from '../../model/columns.ts';
import type { Day, Period } from '../../model/period.ts';
import { rawTableName } from '../../model/table-names.ts';
import type { Flow } from '../../run/flow.ts';
import { runQuery } from '../../run/run-query.ts';
import { dayName, dayRule } from '../../sources/layout.ts';
import type { Source } from '../../sources/source.ts';
import { readManifest } from '../manifest.ts';
import { daysSql } from './days-sql.ts';
import type { AthenaLake } from './lake.ts';

const COLUMNS: readonly Column[] = [
  { name: 'log_object', type: 'varchar', title: 'Object' },
  { name: 'day', type: 'varchar', title: 'Day' },
];
const ANY_DAY = ['0000-01-01', '9999-12-31'];

/**
 * Names of objects in a period's folders with lines of days that are in the lake without these lines: a line may arrive
 * later than `late_days` after its request. If each folder is a day, the result is empty and no query is run.
 */
export async function uncountedObjects(
  lake: AthenaLake,
  flow: Flow,
  source: Source,
  period: Period,
): Promise<string[]> {
  if (dayRule(source) === 'folder') return [];
  const statement = {
    sql: `SELECT DISTINCT log_object, day FROM (${daysSql(source, `${lake.database}.${rawTableName(source.name)}`)})`,
    parameters: [dayName(source, period.from), dayName(source, period.to), ...ANY_DAY],
  };
  const token = `${lake.run_id} ${source.name} ${period.from} ${period.to}`;
  const run = await runQuery(flow, lake.engine, `days of the objects of ${source.name}`, statement, token);
  const names = new Set<string>();
  const counted = new Map<Day, Set<string>>();
  for await (const batch of lake.engine.rows(run.execution_id, COLUMNS)) {
    for (let row = 0; row < batch.numRows; row++) {
      const [name, day] = COLUMNS.map((_, index) => String(batch.getChildAt(index)?.get(row)));
      if (name === undefined || day === undefined) continue;
      const ofDay = counted.get(day) ?? (await countedOf(lake, source, day));
      counted.set(day, ofDay);
      if (!ofDay.has(name)) names.add(name);
    }
  }
  return [...names];
}

async function countedOf({ store }: AthenaLake, source: Source, day: Day): Promise<Set<string>> {
  const manifest = await readManifest(store, source.name, day);
  return new Set(manifest?.inputs.map(({ log_object }) => log_object));
}
