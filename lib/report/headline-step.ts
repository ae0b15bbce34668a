import type { Table } from 'apache-arrow';
import type { Column } from '../model/columns.ts';
import type { Headline, SectionRecord } from '../model/edition.ts';
import { jsonValue } from '../model/value.ts';
import type { Flow } from '../run/flow.ts';
import type { QueryRun } from '../run/run-query.ts';
import { headlineSection } from '../sections/catalogue.ts';
import type { SectionScope } from '../sections/render.ts';
import { readTable } from '../tables/read-table.ts';
import type { ReportPorts } from './ports.ts';
import { queryTable, runSection } from './section-query.ts';

export interface Headlines {
  headline: Headline;
  headline_before: Headline;
  runs: QueryRun[];
}

/** The headline figures of both periods. Those of the period are read from the edition if it has their section. */
export async function headlineFigures(
  flow: Flow,
  ports: ReportPorts,
  scope: SectionScope,
  { prefix, sections, token }: { prefix: string; sections: readonly SectionRecord[]; token: string },
): Promise<Headlines> {
  const overview = headlineSection();
  const { columns } = overview;
  const runs: QueryRun[] = [];
  const query = async (name: string, scope: SectionScope) => {
    const run = await runSection(flow, ports.engine, overview, scope, `${token} headline`, name);
    runs.push(run);
    return flow.step(`read ${name}`, async () => firstRow(await queryTable(ports.engine, run, columns), columns));
  };
  const published = async () =>
    firstRow(await readTable(ports.editions, `${prefix}${overview.id}.parquet`, columns), columns);
  const isPublished = sections.some(({ id }) => id === overview.id);
  const headline = isPublished ? await flow.step('read headline', published) : await query('headline', scope);
  const headline_before = await query('headline before', { ...scope, period: scope.period_before });
  return { headline, headline_before, runs };
}

function firstRow(table: Table, columns: readonly Column[]): Headline {
  return Object.fromEntries(
    columns.map(({ name }) => [name, jsonValue(table.getChild(name)?.get(0) ?? null) as Headline[string]]),
  );
}
