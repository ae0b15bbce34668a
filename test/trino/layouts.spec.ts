import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { daysSql } from '../../lib/lake/athena/days-sql.ts';
import { addDays, dateRange, daysOf } from '../../lib/model/period.ts';
import { rawTableName } from '../../lib/model/table-names.ts';
import { dayFolders, dayName, dayRule, daysToRead, readLocation } from '../../lib/sources/layout.ts';
import type { Source } from '../../lib/sources/source.ts';
import { logLine } from '../lake/duckdb/raw-log.ts';
import { createDatabase, type Database } from './database.ts';

const listed = { accounts: ['111122223333'], regions: ['eu-central-1'], buckets: ['web'] };
const SOURCES = {
  event: { layout: 'partitioned', ...listed },
  delivery: { layout: 'partitioned', partition_date_source: 'delivery_time', ...listed },
  balancer: { layout: 'load-balancer', ...listed },
  dated: { layout: 'dated' },
  hive: { layout: 'hive' },
  flat: { layout: 'flat' },
};
const PERIOD = dateRange('2026-09-30', '2026-10-01');
const WRITTEN = daysOf(dateRange('2026-09-25', '2026-10-08'));

let trino: Database;
beforeAll(async () => {
  const sources = Object.entries(SOURCES).map(([name, source]) => [
    name,
    { location: `s3://example-logs/${name}/`, since: '2026-09-01', ...source },
  ]);
  trino = await createDatabase('layouts', Object.fromEntries(sources), '2026-10-31');
  for (const source of Object.values(trino.sources)) for (const day of WRITTEN) putDay(source, day);
});

/** Writes an object with lines of its day and of the midnights around it, and one that does not fit the format. */
function putDay(source: Source, day: string): void {
  const { bucket, prefix } = readLocation(source);
  const neighbours = [`${addDays(day, -1)} 23:59:59`, `${addDays(day, 1)} 00:00:00`];
  const times = [`${day} 12:00:00`, ...(dayRule(source) === 'folder' ? [] : neighbours)];
  const lines = [...times.map((time) => logLine(time, `${day} ${time}`.replaceAll(' ', '_'))), 'fits nothing'];
  for (const folder of dayFolders(source, day)) {
    const path = join(trino.buckets, bucket, prefix, folder, `${day}-00-00-00-0A`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
  }
}

describe.each(Object.keys(SOURCES))('the layout of %s', (name) => {
  const source = () => trino.sources[name] as Source;
  const raw = `layouts.${rawTableName(name)}`;

  test('a query reads the folders of its days and no others', async () => {
    const { from, to } = daysToRead(dayRule(source()), PERIOD, 2);
    const { rows } = await trino.ask(
      `SELECT DISTINCT "timestamp" FROM ${raw} WHERE "timestamp" BETWEEN ? AND ? ORDER BY 1`,
      [dayName(source(), from), dayName(source(), to)],
    );
    expect(rows).toEqual(daysOf(dateRange(from, to)).map((day) => [dayName(source(), day)]));
  });

  test('each line counts on one day', async () => {
    const { from, to } = daysToRead(dayRule(source()), PERIOD, 2);
    const { rows } = await trino.ask(
      `SELECT day, kind, CAST(sum(copies) AS bigint) FROM (${daysSql(source(), raw)}) GROUP BY 1, 2 ORDER BY 1, 2`,
      [dayName(source(), from), dayName(source(), to), PERIOD.from, PERIOD.to],
    );
    const requests = dayRule(source()) === 'folder' ? 1 : 3;
    expect(rows.map((row) => row.map(String))).toEqual(
      daysOf(PERIOD).flatMap((day) => [
        [day, 'rejected', '1'],
        [day, 'requests', String(requests)],
      ]),
    );
  });
});
