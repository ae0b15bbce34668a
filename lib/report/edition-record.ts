import { withLate } from '../lake/quality.ts';
import type { EditionRecord, SectionRecord, SourceRecord } from '../model/edition.ts';
import { protects } from '../sections/privacy.ts';
import type { QueryCost } from './cost.ts';
import type { OwnersShown } from './owners-step.ts';
import type { ReportRequest } from './ports.ts';

/** What an edition is made from, beside the request. */
export interface EditionParts
  extends Pick<
      EditionRecord,
      'period_before' | 'inputs_sha256' | 'engine' | 'headline' | 'headline_before' | 'findings'
    >,
    QueryCost {
  /** Without the lines that came late. */
  sources: readonly SourceRecord[];
  sections: readonly SectionRecord[];
  /** With select_all. */
  requests: readonly SectionRecord[] | undefined;
  owners: OwnersShown;
  /** When the record is written, in milliseconds since 1970. */
  now_ms: number;
}

/**
 * The record of an edition. If its data files and counts equal those of the previous record of the same period, it keeps
 * that revision and time of publication; otherwise it is the next revision.
 */
export function editionRecord(
  { report, period, chosen_logs, started_at }: ReportRequest,
  parts: EditionParts,
  previous: EditionRecord | undefined,
): EditionRecord {
  const { owners, requests, now_ms, ...rest } = parts;
  const sources = withLate(parts.sources, previous?.sources ?? []);
  const isSame = previous !== undefined && hasSameData(previous, { ...parts, sources });
  return {
    edition_version: 1,
    report: report.name,
    title: report.title,
    period,
    ...(chosen_logs && { logs: chosen_logs.id }),
    period_before: rest.period_before,
    revision: (previous?.revision ?? 0) + (isSame ? 0 : 1),
    published_at: isSame ? previous.published_at : started_at,
    inputs_sha256: rest.inputs_sha256,
    engine: rest.engine,
    sources,
    ...(protects(report.privacy) && { privacy: { client_ip: report.privacy.client_ip, query: report.privacy.query } }),
    ...(Object.keys(owners).length > 0 && { owners }),
    headline: rest.headline,
    headline_before: rest.headline_before,
    findings: rest.findings,
    sections: [...rest.sections],
    ...(requests && { requests: [...requests] }),
    bytes_scanned: rest.bytes_scanned,
    cost_usd: rest.cost_usd,
    duration_ms: Math.round(now_ms - Date.parse(started_at)),
  };
}

/** Raw logs expire while the figures stay. */
function withoutGone({ gone: _gone, ...counts }: SourceRecord): Omit<SourceRecord, 'gone'> {
  return counts;
}

/** Equal data files and equal counts: then nothing that a reader could see has changed. */
function hasSameData(
  previous: EditionRecord,
  { sections, requests, sources }: Pick<EditionParts, 'sections' | 'requests' | 'sources'>,
): boolean {
  const files = (records: readonly SectionRecord[]) =>
    records.map((record) => record.files.map(({ name, sha256 }) => `${name} ${sha256}`));
  const current = [...sections, ...(requests ?? [])];
  const before = [...previous.sections, ...((requests && previous.requests) ?? [])];
  return (
    JSON.stringify(files(current)) === JSON.stringify(files(before)) &&
    JSON.stringify(sources.map(withoutGone)) === JSON.stringify(previous.sources.map(withoutGone))
  );
}
