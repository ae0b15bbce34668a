import type { Config, Report } from '../config/config.ts';
import { type DayManifest, readManifest } from '../lake/manifest.ts';
import { sourceRecord } from '../lake/quality.ts';
import type { SourceRecord } from '../model/edition.ts';
import { daysOf, type Period } from '../model/period.ts';
import type { Flow } from '../run/flow.ts';
import type { QueryRun } from '../run/run-query.ts';
import type { ReportPorts } from './ports.ts';
import { sourcesOf } from './section-scope.ts';

/** Brings both periods of a report's sources up to date in the lake. */
export async function refreshSources(
  flow: Flow,
  ports: ReportPorts,
  report: Report,
  period_before: Period,
  period: Period,
): Promise<QueryRun[]> {
  const runs: QueryRun[] = [];
  const started = performance.now();
  const days = [...daysOf(period_before), ...daysOf(period)];
  for (const source of sourcesOf(ports.config, report)) runs.push(...(await ports.refresh(flow, source, days)));
  ports.onStep?.({ name: 'refresh', duration_ms: performance.now() - started });
  return runs;
}

/** The manifests of a period's days, by source; days that the lake does not hold are left out. */
export type SourceManifests = ReadonlyMap<string, DayManifest[]>;

export async function manifestsOf({ lake }: ReportPorts, report: Report, period: Period): Promise<SourceManifests> {
  const manifests = new Map<string, DayManifest[]>();
  for (const name of report.sources) {
    const ofDays = await Promise.all(daysOf(period).map((day) => readManifest(lake, name, day)));
    manifests.set(
      name,
      ofDays.flatMap((manifest) => manifest ?? []),
    );
  }
  return manifests;
}

/** What the lake knows of each of a report's sources in a period. */
export function sourceRecords(
  config: Config,
  report: Report,
  period: Period,
  manifests: SourceManifests,
): SourceRecord[] {
  const days = daysOf(period).length;
  return sourcesOf(config, report).map(({ name, format }) =>
    sourceRecord(name, format, days, manifests.get(name) ?? []),
  );
}
