import { Table } from 'apache-arrow';
import type { Engine } from '../engine/engine.ts';
import { findingsOf } from '../insights/findings.ts';
import { COMPARED_RULES, type InsightSection, type Row } from '../insights/input.ts';
import type { Finding, Headline, SectionRecord } from '../model/edition.ts';
import type { Flow } from '../run/flow.ts';
import { type Ran, runQuery } from '../run/run-query.ts';
import { headlineSection, loadSections } from '../sections/catalogue.ts';
import { rowLimit } from '../sections/output-columns.ts';
import { renderSection, type SectionScope } from '../sections/render.ts';
import type { Section } from '../sections/section.ts';
import type { Store } from '../store/store.ts';
import { readTable } from '../tables/read-table.ts';
import { rowObjects } from '../tables/rows.ts';
import { holdsRequests } from '../text/headline.ts';

interface FindingPorts {
  engine: Engine;
  editions: Store;
}

/** What an edition holds so far. */
interface Answers {
  prefix: string;
  sections: readonly SectionRecord[];
  headline: Headline;
  headline_before: Headline;
  /** By column and value. */
  owners: Record<string, Record<string, string>>;
  token: string;
}

/**
 * What moved and what stands out, from the sections that the report has: their published rows, and for those that are
 * compared row by row also their answers over the period before, which are asked here and published nowhere.
 */
export async function editionFindings(
  flow: Flow,
  { engine, editions }: FindingPorts,
  scope: SectionScope,
  { prefix, sections, headline, headline_before, owners, token }: Answers,
): Promise<{ findings: Finding[]; runs: Ran[] }> {
  const read = loadSections().flatMap((section) => {
    const isAnswered = sections.some(({ id }) => id === section.id);
    return isAnswered && section.insights ? [{ ...section, rule: section.insights }] : [];
  });
  const compared = holdsRequests(headline_before) ? read.filter(({ rule }) => COMPARED_RULES.includes(rule)) : [];
  const runs = await flow.map('sections before', compared, (inner, section) =>
    runQuery(
      inner,
      engine,
      `${section.id} before`,
      renderSection(section, { ...scope, period: scope.period_before }),
      token,
    ),
  );
  const findings = await flow.step('findings', async () => {
    const before = new Map<string, Row[]>();
    for (const [index, section] of compared.entries()) before.set(section.id, await rowsOf(section, runs[index]));
    const inputs: InsightSection[] = [];
    for (const { id, rule, columns, entity = [], sql } of read) {
      const rows = rowObjects(await readTable(editions, `${prefix}${id}.parquet`, columns), columns);
      inputs.push({ id, rule, columns, entity, limit: rowLimit(sql), rows, rows_before: before.get(id) ?? [] });
    }
    const { period, period_before } = scope;
    return findingsOf({
      ...{ period, period_before, headline, headline_before, owners },
      ...{ headline_section: headlineSection().id, sections: inputs },
    });
  });
  return { findings, runs };

  async function rowsOf({ columns }: Section, ran: Ran | undefined): Promise<Row[]> {
    const batches = [];
    if (ran) for await (const batch of engine.rows(ran.execution_id, columns)) batches.push(batch);
    return rowObjects(new Table(batches), columns);
  }
}
