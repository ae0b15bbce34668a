import { findingsOf } from '../insights/findings.ts';
import { COMPARED_RULES, type InsightSection, type Row } from '../insights/input.ts';
import type { Finding, Headline, SectionRecord } from '../model/edition.ts';
import type { Flow } from '../run/flow.ts';
import type { QueryRun } from '../run/run-query.ts';
import { allSections, headlineSection } from '../sections/catalogue.ts';
import { rowLimit } from '../sections/output-columns.ts';
import type { SectionScope } from '../sections/render.ts';
import { readTable } from '../tables/read-table.ts';
import { rowObjects } from '../tables/rows.ts';
import { holdsLines } from '../text/headline.ts';
import type { OwnersShown } from './owners-step.ts';
import type { ReportPorts } from './ports.ts';
import { queryTable, runSection } from './section-query.ts';

/** What an edition holds so far. */
interface EditionSoFar {
  prefix: string;
  sections: readonly SectionRecord[];
  headline: Headline;
  headline_before: Headline;
  owners: OwnersShown;
  token: string;
}

/**
 * Finds changes since the previous period and outliers within the period. Reads the published rows of sections. Sections
 * that are compared row by row are also queried over the previous period; these rows are not published.
 */
export async function editionFindings(
  flow: Flow,
  { config, engine, editions }: ReportPorts,
  scope: SectionScope,
  { prefix, sections, headline, headline_before, owners, token }: EditionSoFar,
): Promise<{ findings: Finding[]; runs: QueryRun[] }> {
  const read = allSections(config.sections).flatMap((section) => {
    const isPublished = sections.some(({ id }) => id === section.id);
    return isPublished && section.insights ? [{ ...section, rule: section.insights }] : [];
  });
  const compared = holdsLines(headline_before) ? read.filter(({ rule }) => COMPARED_RULES.includes(rule)) : [];
  const scopeBefore = { ...scope, period: scope.period_before };
  const runs = await flow.map('sections before', compared, (inner, section) =>
    runSection(inner, engine, section, scopeBefore, token, `${section.id} before`),
  );
  const findings = await flow.step('findings', async () => {
    const before = new Map<string, Row[]>();
    for (const [index, { id, columns }] of compared.entries()) {
      const run = runs[index];
      if (run) before.set(id, rowObjects(await queryTable(engine, run, columns), columns));
    }
    const inputs: InsightSection[] = [];
    for (const { id, rule, columns, entity = [], sql } of read) {
      const rows = rowObjects(await readTable(editions, `${prefix}${id}.parquet`, columns), columns);
      inputs.push({ id, rule, columns, entity, limit: rowLimit(sql), rows, rows_before: before.get(id) ?? [] });
    }
    const { period, period_before } = scope;
    const headline_section = headlineSection().id;
    const edition = { period, period_before, headline, headline_before, headline_section, owners };
    return findingsOf({ ...edition, sections: inputs });
  });
  return { findings, runs };
}
