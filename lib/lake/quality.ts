import type { SourceRecord } from '../model/edition.ts';
import type { DayManifest } from './manifest.ts';

const HOURS_IN_A_DAY = 24;

/** The records with the lines that came in since those of the edition before. */
export function withLate(sources: readonly SourceRecord[], before: readonly SourceRecord[]): SourceRecord[] {
  return sources.map((source) => {
    const stood = before.find((one) => one.source === source.source);
    const late = stood ? (stood.late ?? 0) + Math.max(0, source.lines - stood.lines) : 0;
    return late > 0 ? { ...source, late } : source;
  });
}

/** What the manifests of a period's days say of one source, added up. Days without a manifest hold no line. */
export function sourceRecord(
  source: string,
  format: string,
  days: number,
  manifests: readonly DayManifest[],
): SourceRecord {
  const sum = (figure: (manifest: DayManifest) => number) =>
    manifests.reduce((total, manifest) => total + figure(manifest), 0);
  const moments = manifests
    .flatMap(({ first_event, last_event }) => [first_event ?? [], last_event ?? []])
    .flat()
    .sort();
  const unreadable = new Map(manifests.flatMap((manifest) => manifest.unreadable).map((one) => [one.log_object, one]));
  return {
    source,
    format,
    lines: sum((manifest) => manifest.lines),
    parsed: sum((manifest) => manifest.parsed),
    rejected: sum((manifest) => manifest.rejected),
    duplicates: sum((manifest) => manifest.duplicates),
    first_event: moments[0] ?? null,
    last_event: moments.at(-1) ?? null,
    hours_without_a_line: days * HOURS_IN_A_DAY - sum((manifest) => manifest.hours_with_lines),
    unreadable: [...unreadable.values()],
  };
}
