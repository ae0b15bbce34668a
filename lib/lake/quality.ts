import type { SourceRecord } from '../model/edition.ts';
import { kindCounts, RECORD_KINDS, type RecordKindCounts } from '../model/record-kinds.ts';
import type { DayManifest } from './manifest.ts';

const HOURS_PER_DAY = 24;

/** The records with `late`: the lines that arrived since the first edition of the period. `before` is the previous revision. */
export function withLate(sources: readonly SourceRecord[], before: readonly SourceRecord[]): SourceRecord[] {
  return sources.map((source) => {
    const previous = before.find((one) => one.source === source.source);
    const late = previous ? (previous.late ?? 0) + Math.max(0, source.lines - previous.lines) : 0;
    return late > 0 ? { ...source, late } : source;
  });
}

/** The sums of one source's manifests over a period of `days` days. A day without a manifest counts as a day without lines. */
export function sourceRecord(
  source: string,
  format: string,
  days: number,
  manifests: readonly DayManifest[],
): SourceRecord {
  const sum = (figure: (manifest: DayManifest) => number) =>
    manifests.reduce((total, manifest) => total + figure(manifest), 0);
  const times = manifests
    .flatMap(({ first_event, last_event }) => [first_event ?? [], last_event ?? []])
    .flat()
    .sort();
  const unreadable = new Map(manifests.flatMap((manifest) => manifest.unreadable).map((one) => [one.log_object, one]));
  return {
    source,
    format,
    lines: sum((manifest) => manifest.lines),
    parsed: sum((manifest) => manifest.parsed),
    requests: sum(({ parsed, not_requests = {} }) => parsed - total(not_requests)),
    not_requests: kindCounts(
      Object.fromEntries(RECORD_KINDS.map((kind) => [kind, sum(({ not_requests = {} }) => not_requests[kind] ?? 0)])),
    ),
    rejected: sum((manifest) => manifest.rejected),
    duplicates: sum((manifest) => manifest.duplicates),
    first_event: times[0] ?? null,
    last_event: times.at(-1) ?? null,
    hours_without_a_line: days * HOURS_PER_DAY - sum((manifest) => manifest.hours_with_lines),
    unreadable: [...unreadable.values()],
  };
}

function total(counts: RecordKindCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
