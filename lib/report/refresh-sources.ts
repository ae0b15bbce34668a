import type { Config, Report } from '../config/config.ts';
import { type DayManifest, listManifests, readManifest } from '../lake/manifest.ts';
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

/** At most so many raw logs that are gone are named. */
const MAX_NAMED = 5;

/** Adds to the records the raw logs that were skipped, and those that are gone but whose lines are still counted. */
export async function withLogs(
  ports: ReportPorts,
  report: Report,
  period: Period,
  records: readonly SourceRecord[],
): Promise<SourceRecord[]> {
  const sources = sourcesOf(ports.config, report);
  return Promise.all(
    records.map(async (record) => {
      const source = sources.find(({ name }) => name === record.source);
      if (!source) return record;
      const days = daysOf(period);
      const passed = [...(await ports.unreadableLogs(source, days)), ...record.unreadable];
      const unreadable = [...new Map(passed.map((one) => [one.log_object, one])).values()];
      const names = await ports.goneLogs(source, days);
      if (names.length === 0) return { ...record, unreadable };
      return { ...record, unreadable, gone: { files: names.length, log_objects: names.slice(0, MAX_NAMED) } };
    }),
  );
}

/** The manifests of a period's days, by source; days that the lake does not hold are left out. */
export type SourceManifests = ReadonlyMap<string, DayManifest[]>;

/** With `whole_input` also those of other days, which hold rejected lines only: such a line has no time, and its day is a guess. */
export async function manifestsOf(
  { lake }: ReportPorts,
  report: Report,
  period: Period,
  whole_input = false,
): Promise<SourceManifests> {
  const manifests = new Map<string, DayManifest[]>();
  const ofPeriod = async (name: string) => {
    const ofDays = await Promise.all(daysOf(period).map((day) => readManifest(lake, name, day)));
    return ofDays.flatMap((manifest) => manifest ?? []);
  };
  for (const name of report.sources) {
    manifests.set(name, whole_input ? await listManifests(lake, name) : await ofPeriod(name));
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
