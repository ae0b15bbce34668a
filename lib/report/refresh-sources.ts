import type { Config, Report } from '../config/config.ts';
import { type DayManifest, readManifest } from '../lake/manifest.ts';
import { sourceRecord } from '../lake/quality.ts';
import type { SourceRecord } from '../model/edition.ts';
import { daysOf, type Period } from '../model/period.ts';
import type { Flow } from '../run/flow.ts';
import type { Ran } from '../run/run-query.ts';
import type { EditionPorts } from './ports.ts';

/** Brings both periods of a report's sources up to date in the lake. */
export async function refreshSources(
  flow: Flow,
  ports: EditionPorts,
  report: Report,
  before: Period,
  period: Period,
): Promise<Ran[]> {
  const ran: Ran[] = [];
  const started = performance.now();
  for (const source of report.sources) ran.push(...(await ports.refresh(flow, source, before, period)));
  ports.onStep?.({ name: 'refresh', duration_ms: performance.now() - started });
  return ran;
}

/** What the lake holds of a period's days, by source; days that it does not hold are left out. */
export type SourceManifests = ReadonlyMap<string, DayManifest[]>;

export async function manifestsOf({ lake }: EditionPorts, report: Report, period: Period): Promise<SourceManifests> {
  const manifests = new Map<string, DayManifest[]>();
  for (const name of report.sources) {
    const ofDays = await Promise.all(daysOf(period).map((day) => readManifest(lake, name, day)));
    manifests.set(
      name,
      ofDays.flatMap((one) => one ?? []),
    );
  }
  return manifests;
}

/** What the lake knows of each of a report's sources. */
export function sourceRecords(
  { sources }: Config,
  report: Report,
  period: Period,
  manifests: SourceManifests,
): SourceRecord[] {
  const days = daysOf(period).length;
  return report.sources.map((name) => sourceRecord(name, sources[name]?.format ?? '', days, manifests.get(name) ?? []));
}
