import type { EditionRecord, SourceRecord } from '../model/edition.ts';
import { periodBefore } from '../model/period.ts';
import type { Flow } from '../run/flow.ts';
import type { SectionScope } from '../sections/render.ts';
import type { Section } from '../sections/section.ts';
import { writeJson } from '../store/json.ts';
import { answerSection } from './answer-section.ts';
import { costOf } from './cost.ts';
import { type EditionParts, editionRecord } from './edition-record.ts';
import { currentEdition, prefixOf, readEdition } from './edition-store.ts';
import { exportRequests } from './export-requests.ts';
import { filledSections } from './filled-columns.ts';
import { editionFindings } from './findings-step.ts';
import { headlineFigures } from './headline-step.ts';
import { inputsSha256 } from './inputs-sha256.ts';
import { dropTables, keepTables } from './keep-tables.ts';
import { requireLines } from './no-lines-error.ts';
import { findOwners, removeOwners, shownOwners } from './owners-step.ts';
import type { ReportPorts, ReportRequest } from './ports.ts';
import { previousRows } from './previous-period.ts';
import { manifestsOf, refreshSources, sourceRecords, withLogs } from './refresh-sources.ts';
import { answerableSections, sectionScope } from './section-scope.ts';
import { jsonSources, withUnmappedKeys } from './unmapped-keys.ts';

export interface Produced {
  record: EditionRecord;
  /** Where its files are in the store of editions; ends in a slash. */
  prefix: string;
  /**
   * - `published`: a new revision
   * - `unchanged`: every section was queried again, with the same rows; the revision stays
   * - `up_to_date`: the edition was made from the same inputs already, so no section was queried
   */
  outcome: 'published' | 'unchanged' | 'up_to_date';
}

/**
 * Produces a report's edition for a period: refreshes the lake, answers every section, writes their rows and
 * `edition.json`. The same rows give the same data files and keep the revision; the same inputs give the edition that is
 * stored already. Throws a NoLinesError if the period has no line, unless the request publishes an empty edition.
 */
export async function produceEdition(flow: Flow, ports: ReportPorts, request: ReportRequest): Promise<Produced> {
  const { report, period, run_id } = request;
  const period_before = periodBefore(period);
  const { prefix } = await flow.step('name the edition', async () => ({
    prefix: await prefixOf(ports.editions, report.name, period, request.chosen_logs),
  }));
  const unowned = await sectionScope(ports, request, period_before);
  const refreshed = await refreshSources(flow, ports, report, period_before, period);
  const sections = answerableSections(ports.config, report);
  const { sources, inputs_sha256 } = await readInputs(flow, ports, request, unowned, sections);
  if (!request.publish_empty) requireLines(sources, period);
  if (refreshed.length === 0) {
    const current = await flow.step('look for the edition', async () => ({
      record: await currentEdition(ports.editions, prefix, inputs_sha256),
    }));
    if (current.record) return { record: current.record, prefix, outcome: 'up_to_date' };
  }

  const found = await findOwners(flow, ports, unowned, sections, run_id);
  const scope = { ...unowned, owners_edition: found.edition };
  const filled = await filledSections(flow, ports, scope, sections, jsonSources(ports, report), `${run_id} ${prefix}`);
  const kept = await keepTables(flow, ports, filled.sections, scope);
  const answered = await flow.map('sections', filled.sections, (inner, section) =>
    answerSection(inner, ports, section, { ...scope, kept: kept.of.get(section.id) }, `${run_id} ${prefix}`, prefix),
  );
  await dropTables(ports, kept);
  const published = answered.flatMap(({ record, is_empty }) => (is_empty ? [] : [record]));
  const headlines = await headlineFigures(flow, ports, scope, { prefix, sections: published, token: run_id });
  const { headline, headline_before } = headlines;
  const owners = await shownOwners(flow, ports, prefix, report, published);
  const soFar = { prefix, sections: published, headline, headline_before, owners, token: `${run_id} before` };
  const insights = await editionFindings(flow, ports, scope, soFar);
  const previous = await previousRows(flow, ports, scope, published, `${run_id} previous period`);
  const exported = request.select_all
    ? await exportRequests(flow, ports, scope, request, prefix, sources)
    : { records: undefined, runs: [] };
  await removeOwners(flow, ports, found.edition);

  const steps = [found, filled, ...answered, headlines, insights, previous, exported];
  const runs = [...refreshed, ...steps.flatMap((step) => step.runs)];
  if (request.remove_meta) {
    await flow.step('remove meta', () => ports.engine.removeMeta(runs.map((run) => run.execution_id)));
  }
  return publishEdition(flow, ports, request, prefix, {
    period_before,
    inputs_sha256,
    engine: ports.engine.name,
    sources: await withUnmappedKeys(flow, ports, sources, filled.unfilled),
    owners,
    headline,
    headline_before,
    findings: insights.findings,
    sections: published.map((record) => {
      const before = previous.rows.get(record.id);
      return before && before.length > 0 ? { ...record, before } : record;
    }),
    requests: exported.records,
    ...costOf(ports, runs),
  });
}

/** What the lake holds of both periods, and the digest of everything that the edition will be made from. */
function readInputs(
  flow: Flow,
  ports: ReportPorts,
  request: ReportRequest,
  scope: SectionScope,
  sections: readonly Section[],
): Promise<{ sources: SourceRecord[]; inputs_sha256: string }> {
  const { report, period } = request;
  return flow.step('read manifests', async () => {
    const before = await manifestsOf(ports, report, scope.period_before);
    const now = await manifestsOf(ports, report, period, request.whole_input);
    const sources = await withLogs(ports, report, period, sourceRecords(ports.config, report, period, now));
    return { sources, inputs_sha256: inputsSha256(ports, request, scope, sections, [before, now], sources) };
  });
}

function publishEdition(
  flow: Flow,
  ports: ReportPorts,
  request: ReportRequest,
  prefix: string,
  parts: Omit<EditionParts, 'now_ms'>,
): Promise<Produced> {
  return flow.step('publish', async () => {
    const previous = await readEdition(ports.editions, prefix);
    const record = editionRecord(request, { ...parts, now_ms: ports.clock() }, previous);
    await writeJson(ports.editions, `${prefix}edition.json`, record);
    const outcome = record.revision === previous?.revision ? 'unchanged' : 'published';
    return { record, prefix, outcome };
  });
}
