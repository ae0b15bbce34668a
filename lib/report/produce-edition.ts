import { withLate } from '../lake/quality.ts';
import type { EditionRecord, SectionRecord, SourceRecord } from '../model/edition.ts';
import { periodBefore } from '../model/period.ts';
import type { Flow } from '../run/flow.ts';
import { protects } from '../sections/privacy.ts';
import { answerSection, askedSections, scopeOf } from './answer-section.ts';
import { costOf } from './cost.ts';
import { editionPrefix, readEdition, standingEdition } from './edition-store.ts';
import { editionRequests } from './export-requests.ts';
import { editionFindings } from './findings-step.ts';
import { editionIdentity } from './fingerprint.ts';
import { editionHeadlines } from './headline-step.ts';
import { findOwners, removeOwners, shownOwners } from './owners-step.ts';
import type { EditionPorts, EditionRequest, Produced } from './ports.ts';
import { editionShadows } from './previous-period.ts';
import { manifestsOf, refreshSources, sourceRecords } from './refresh-sources.ts';

/**
 * Produces a report's edition for a period: refreshes the lake, answers every section, writes their rows and
 * `edition.json`. Done again over the same rows it writes the same data files and keeps the revision; where nothing at all
 * has changed it asks nothing.
 */
export async function produceEdition(flow: Flow, ports: EditionPorts, request: EditionRequest): Promise<Produced> {
  const { report, period } = request;
  const period_before = periodBefore(period);
  const prefix = editionPrefix(report.name, period);
  const rows = scopeOf(ports, request, period_before);

  const refreshed = await refreshSources(flow, ports, report, period_before, period);
  const sections = askedSections(ports.config, report);
  const { sources, identity_sha256 } = await flow.step('read manifests', async () => {
    const [before, now] = [await manifestsOf(ports, report, period_before), await manifestsOf(ports, report, period)];
    return {
      sources: sourceRecords(ports.config, report, period, now),
      identity_sha256: editionIdentity(ports, request, rows, sections, [before, now]),
    };
  });
  if (refreshed.length === 0) {
    const standing = await flow.step('look for the edition', async () => {
      const record = await standingEdition(ports.editions, prefix, identity_sha256);
      return record && { record };
    });
    if (standing) return { ...standing, prefix, changed: false, made: false };
  }
  const named = await findOwners(flow, ports, rows, sections, request.run_id);
  const scope = { ...rows, owners_edition: named.edition };
  const asked = await flow.map('sections', sections, (inner, section) =>
    answerSection(inner, ports, section, scope, `${request.run_id} ${prefix}`, prefix),
  );
  const records = asked.flatMap(({ record, is_empty }) => (is_empty ? [] : [record]));
  const headline = await editionHeadlines(flow, ports, scope, { prefix, sections: records, token: request.run_id });
  const owners = await shownOwners(flow, ports, prefix, report, records);
  const moved = await editionFindings(flow, ports, scope, {
    prefix,
    sections: records,
    headline: headline.now,
    headline_before: headline.before,
    owners,
    token: `${request.run_id} before`,
  });
  const shadowed = await editionShadows(flow, ports.engine, scope, records, `${request.run_id} shadow`);
  const all = request.select_all ? await editionRequests(flow, ports, scope, request, prefix, sources) : undefined;
  const runs = [
    ...refreshed,
    ...[named, ...asked, headline, moved, shadowed, ...(all ? [all] : [])].flatMap((one) => one.runs),
  ];
  if (named.edition !== undefined) await removeOwners(flow, ports, named.edition);
  if (request.remove_meta) {
    await flow.step('remove meta', () => ports.engine.removeMeta(runs.map((run) => run.execution_id)));
  }
  const cost = costOf(ports, runs);
  return flow.step('publish', async () => {
    const before = await readEdition(ports.editions, prefix);
    const shadowing = records.map((record) => withShadow(record, shadowed.shadows.get(record.id)));
    const dated = withLate(sources, before?.sources ?? []);
    const changed = !before || !sameRows(before, shadowing, all?.records, dated);
    const record: EditionRecord = {
      edition_version: 1,
      report: report.name,
      title: report.title,
      period,
      period_before,
      revision: (before?.revision ?? 0) + (changed ? 1 : 0),
      published_at: changed ? request.started_at : before.published_at,
      identity_sha256,
      engine: ports.engine.name,
      sources: dated,
      ...(protects(report.privacy) && {
        privacy: { client_ip: report.privacy.client_ip, query: report.privacy.query },
      }),
      ...(Object.keys(owners).length > 0 && { owners }),
      headline: headline.now,
      headline_before: headline.before,
      findings: moved.findings,
      sections: shadowing,
      ...(all ? { requests: all.records } : {}),
      ...cost,
      duration_ms: Math.round(Date.now() - Date.parse(request.started_at)),
    };
    await ports.editions.put(`${prefix}edition.json`, `${JSON.stringify(record, null, 2)}\n`, {
      content_type: 'application/json',
    });
    return { record, prefix, changed, made: true };
  });
}

function withShadow(record: SectionRecord, before: SectionRecord['before']): SectionRecord {
  return before && before.length > 0 ? { ...record, before } : record;
}

/** Equal data files and equal counts: then nothing that a reader could see has changed. */
function sameRows(
  before: EditionRecord,
  sections: readonly SectionRecord[],
  requests: readonly SectionRecord[] | undefined,
  sources: readonly SourceRecord[],
): boolean {
  const digest = (record: SectionRecord) => record.files.map(({ name, sha256 }) => `${name} ${sha256}`);
  const kept = [...sections, ...(requests ?? [])];
  const stood = [...before.sections, ...((requests && before.requests) ?? [])];
  return (
    JSON.stringify(kept.map(digest)) === JSON.stringify(stood.map(digest)) &&
    JSON.stringify(sources) === JSON.stringify(before.sources)
  );
}
