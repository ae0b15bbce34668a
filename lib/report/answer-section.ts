import type { Config, Report } from '../config/config.ts';
import type { SectionRecord } from '../model/edition.ts';
import type { Period } from '../model/period.ts';
import { placementOf } from '../model/placement.ts';
import type { Flow } from '../run/flow.ts';
import { type Ran, runQuery } from '../run/run-query.ts';
import { applies } from '../sections/applies.ts';
import { loadSections } from '../sections/catalogue.ts';
import { renderSection, type SectionScope } from '../sections/render.ts';
import type { Section } from '../sections/section.ts';
import { publishTable } from '../tables/publish.ts';
import type { EditionPorts, EditionRequest } from './ports.ts';

/** What sections read for a report, except owners. */
export function scopeOf(
  { config, database, address_key }: EditionPorts,
  { report, period }: Pick<EditionRequest, 'report' | 'period'>,
  period_before: Period,
): SectionScope {
  const { put_per_1000, get_per_1000, transfer_out_per_gb } = config.prices;
  const settings = { slow_ms: config.slow_ms, put_per_1000, get_per_1000, transfer_out_per_gb };
  const kinds = Object.fromEntries(
    report.sources.flatMap((name) => {
      const source = config.sources[name];
      return source ? [[name, source.definition.kind]] : [];
    }),
  );
  return {
    database,
    sources: report.sources,
    kinds,
    period,
    period_before,
    settings,
    privacy: report.privacy,
    address_key,
  };
}

/** The report's sections that at least one of its sources can answer. */
export function askedSections(config: Config, report: Report): Section[] {
  return loadSections()
    .filter(({ id }) => report.sections.includes(id))
    .filter(answerableBy(config, report));
}

/** Tells whether at least one of a report's sources can answer a section. */
export function answerableBy({ sources }: Config, report: Report): (section: Section) => boolean {
  const kinds = report.sources.map((name) => sources[name]?.definition.kind);
  return (section) => kinds.some((kind) => applies(section, kind));
}

/** A section as an edition holds it, and the query that took. */
export interface Answered {
  record: SectionRecord;
  /** True when no request has what the section needs, so that it is published nowhere. */
  is_empty?: boolean;
  runs: Ran[];
}

/** Asks a section and writes its rows. */
export async function answerSection(
  flow: Flow,
  ports: EditionPorts,
  section: Section,
  scope: SectionScope,
  token: string,
  prefix: string,
): Promise<Answered> {
  const started = performance.now();
  const ran = await runQuery(flow, ports.engine, section.id, renderSection(section, scope), token);
  const { id, title, description, group, note, requires, columns, charts } = section;
  const published = await flow.step(`write ${id}`, async () => {
    const table = await publishTable(ports.editions, prefix, id, columns, ports.engine.rows(ran.execution_id, columns));
    if (requires && table.rows === 0) await ports.editions.delete(table.files.map(({ name }) => `${prefix}${name}`));
    return table;
  });
  ports.onStep?.({ name: id, rows: published.rows, duration_ms: performance.now() - started });
  const optional = { ...(note && { note }), ...(charts && { charts }), ...placementOf(section) };
  const record = { id, title, description, group, ...optional, columns, ...published };
  return { record, is_empty: requires !== undefined && published.rows === 0, runs: [ran] };
}
