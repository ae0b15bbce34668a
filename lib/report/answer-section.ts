import type { SectionRecord } from '../model/edition.ts';
import { placementOf } from '../model/placement.ts';
import type { Flow } from '../run/flow.ts';
import type { QueryRun } from '../run/run-query.ts';
import type { SectionScope } from '../sections/render.ts';
import type { Section } from '../sections/section.ts';
import { readsRecords } from '../sections/tables.ts';
import { publishTable } from '../tables/publish.ts';
import type { ReportPorts } from './ports.ts';
import { answeredColumns, runSection } from './section-query.ts';

/** A section of an edition, and the query that it took. */
export interface AnsweredSection {
  record: SectionRecord;
  /** True if it is about lines that are not requests and the logs have none. It is then not published. */
  is_empty: boolean;
  runs: QueryRun[];
}

/** Runs a section's query and publishes its rows. */
export async function answerSection(
  flow: Flow,
  ports: ReportPorts,
  section: Section,
  scope: SectionScope,
  token: string,
  prefix: string,
): Promise<AnsweredSection> {
  const started = performance.now();
  const run = await runSection(flow, ports.engine, section, scope, token);
  const { id, title, description, group, note, requires, charts } = section;
  const columns = answeredColumns(section, ports.engine);
  const isAboutOthers = requires !== undefined && readsRecords(section);
  const published = await flow.step(`write ${id}`, async () => {
    const table = await publishTable(ports.editions, prefix, id, columns, ports.engine.rows(run.execution_id, columns));
    if (isAboutOthers && table.rows === 0)
      await ports.editions.delete(table.files.map(({ name }) => `${prefix}${name}`));
    return table;
  });
  ports.onStep?.({ name: id, rows: published.rows, duration_ms: performance.now() - started });
  const optional = { ...(note && { note }), ...(charts && { charts }), ...placementOf(section) };
  const record = { id, title, description, group, ...optional, columns, ...published };
  return { record, is_empty: isAboutOthers && published.rows === 0, runs: [run] };
}
