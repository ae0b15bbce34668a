import type { Table } from 'apache-arrow';
import type { Report } from '../config/config.ts';
import type { SourceRecord } from '../model/edition.ts';
import { type Period, periodBefore } from '../model/period.ts';
import type { Flow } from '../run/flow.ts';
import type { LeasedFlow } from '../run/lease.ts';
import type { Filter } from '../sections/filter/filter.ts';
import type { SectionScope } from '../sections/render.ts';
import type { Section } from '../sections/section.ts';
import { dropTables, keepTables } from './keep-tables.ts';
import { requireLines } from './no-lines-error.ts';
import { findOwners, removeOwners } from './owners-step.ts';
import type { ReportPorts } from './ports.ts';
import { manifestsOf, refreshSources, sourceRecords, withLogs } from './refresh-sources.ts';
import { answeredColumns, queryTable, runSection } from './section-query.ts';
import { sectionScope } from './section-scope.ts';

/** A section to answer, with the parameters of its SQL. */
export type ParametrizedSection = Section & { parameters?: readonly string[] };

export interface AnalysisRequest {
  /** Whose sources are read, with its privacy settings. */
  report: Report;
  period: Period;
  whole_input: boolean;
  /** Sections that at least one of the sources can answer, in order. */
  sections: readonly ParametrizedSection[];
  filter?: Filter | undefined;
  /** Different from every other run's, so that queries are never another run's. */
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

/**
 * Refreshes the lake as a report does and answers sections from it, over the requests that match the filter. Writes nothing
 * else. Throws a NoLinesError if the period has no line.
 */
export async function analyze(flow: LeasedFlow, ports: ReportPorts, request: AnalysisRequest): Promise<Analysis> {
  const { report, period, sections, filter, run_id } = request;
  const period_before = periodBefore(period);
  const withoutOwners = await sectionScope(ports, request, period_before);
  await refreshSources(flow, ports, report, period_before, period);
  const records = sourceRecords(
    ports.config,
    report,
    period,
    await manifestsOf(ports, report, period, request.whole_input),
  );
  requireLines(records, period);
  const sources = await withLogs(ports, report, period, records);
  const owners = await findOwners(flow, ports, withoutOwners, sections, run_id);
  const scope = { ...withoutOwners, owners_edition: owners.edition, filter };
  const answers: Answer[] = [];
  try {
    const kept = await keepTables(flow, ports, sections, scope);
    for (const section of sections) {
      answers.push(await answer(flow, ports, section, { ...scope, kept: kept.of.get(section.id) }, run_id));
    }
    await dropTables(ports, kept);
  } finally {
    await removeOwners(flow, ports, owners.edition);
  }
  return { period, period_before, sources, answers };
}

async function answer(
  flow: Flow,
  { engine, onStep }: ReportPorts,
  section: ParametrizedSection,
  scope: SectionScope,
  run_id: string,
): Promise<Answer> {
  const started = performance.now();
  const run = await runSection(flow, engine, section, scope, run_id);
  const columns = answeredColumns(section, engine);
  const table = await queryTable(engine, run, columns);
  onStep?.({ name: section.id, rows: table.numRows, duration_ms: performance.now() - started });
  return { section: { ...section, columns }, table };
}
