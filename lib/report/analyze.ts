import { type RecordBatch, Table } from 'apache-arrow';
import type { Report } from '../config/config.ts';
import type { SourceRecord } from '../model/edition.ts';
import { type Period, periodBefore } from '../model/period.ts';
import type { Flow } from '../run/flow.ts';
import { runQuery } from '../run/run-query.ts';
import type { Filter } from '../sections/filter/filter.ts';
import { renderSection } from '../sections/render.ts';
import type { Section } from '../sections/section.ts';
import { arrowSchema } from '../tables/schema.ts';
import { scopeOf } from './answer-section.ts';
import { findOwners, removeOwners } from './owners-step.ts';
import type { EditionPorts } from './ports.ts';
import { manifestsOf, refreshSources, sourceRecords } from './refresh-sources.ts';

/** A section to answer; `parameters` are those of its own SQL. */
export type AskedSection = Section & { parameters?: readonly string[] };

export interface AnalysisRequest {
  /** Whose sources are read, and with whose privacy. */
  report: Report;
  period: Period;
  /** Sections that at least one of the sources can answer, in order. */
  sections: readonly AskedSection[];
  filter?: Filter | undefined;
  /** Names this run, so that its queries are never another run's. */
  run_id: string;
}

export interface Analysis {
  period: Period;
  period_before: Period;
  sources: SourceRecord[];
  answers: Answer[];
}

export interface Answer {
  section: Section;
  table: Table;
}

/** Refreshes the lake as a report does and answers sections from it, over the requests that the filter leaves. Writes nothing else. */
export async function analyze(flow: Flow, ports: EditionPorts, request: AnalysisRequest): Promise<Analysis> {
  const { report, period, sections, filter, run_id } = request;
  const period_before = periodBefore(period);
  await refreshSources(flow, ports, report, period_before, period);
  const sources = sourceRecords(ports.config, report, period, await manifestsOf(ports, report, period));
  const rows = scopeOf(ports, request, period_before);
  const named = await findOwners(flow, ports, rows, sections, run_id);
  const scope = { ...rows, owners_edition: named.edition, filter };
  const answers: Answer[] = [];
  try {
    for (const section of sections) {
      const started = performance.now();
      const ran = await runQuery(flow, ports.engine, section.id, renderSection(section, scope), run_id);
      const batches: RecordBatch[] = [];
      for await (const batch of ports.engine.rows(ran.execution_id, section.columns)) batches.push(batch);
      const table = new Table(arrowSchema(section.columns), batches);
      answers.push({ section, table });
      ports.onStep?.({ name: section.id, rows: table.numRows, duration_ms: performance.now() - started });
    }
  } finally {
    if (named.edition !== undefined) await removeOwners(flow, ports, named.edition);
  }
  return { period, period_before, sources, answers };
}
