import { type RecordBatch, Table } from 'apache-arrow';
import type { Engine } from '../engine/engine.ts';
import type { Column } from '../model/columns.ts';
import type { Flow } from '../run/flow.ts';
import { type QueryRun, runQuery } from '../run/run-query.ts';
import { renderSection, type SectionScope } from '../sections/render.ts';
import type { Section } from '../sections/section.ts';
import { arrowSchema } from '../tables/schema.ts';

type QuerySection = Parameters<typeof renderSection>[0];

/** Runs a section's query to its end. `name` names it in the flow and in errors. */
export function runSection(
  flow: Flow,
  engine: Engine,
  section: QuerySection,
  scope: SectionScope,
  token: string,
  name = section.id,
): Promise<QueryRun> {
  return runQuery(flow, engine, name, renderSection(section, scope), token);
}

/** A section's columns as an engine answers them: DuckDB is exact, so that only Athena's estimates are marked. */
export function answeredColumns({ columns }: Pick<Section, 'columns'>, { name }: Engine): readonly Column[] {
  return name === 'athena' ? columns : columns.map(({ approximate: _exact, ...column }) => column);
}

/** All rows of a query that has ended. */
export async function queryTable(engine: Engine, run: QueryRun, columns: readonly Column[]): Promise<Table> {
  const batches: RecordBatch[] = [];
  for await (const batch of engine.rows(run.execution_id, columns)) batches.push(batch);
  return new Table(arrowSchema(columns), batches);
}
