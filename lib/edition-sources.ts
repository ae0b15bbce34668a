import type { Report } from './config.ts';
import type { SourceRecord } from './edition.ts';
import type { Flow } from './flow.ts';
import { readManifest } from './lake/manifest.ts';
import { sourceRecord } from './lake/source-record.ts';
import { daysOf, type Period } from './period.ts';
import type { EditionPorts } from './produce-edition.ts';
import type { Ran } from './run-query.ts';

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

/** What the lake knows of each of a report's sources. */
export function sourceRecords({ config, lake }: EditionPorts, report: Report, period: Period): Promise<SourceRecord[]> {
  const days = daysOf(period);
  return Promise.all(
    report.sources.map(async (name) => {
      const manifests = await Promise.all(days.map((day) => readManifest(lake, name, day)));
      return sourceRecord(
        name,
        config.sources[name]?.format ?? '',
        days.length,
        manifests.flatMap((one) => one ?? []),
      );
    }),
  );
}
