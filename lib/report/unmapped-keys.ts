import type { Config, Report } from '../config/config.ts';
import type { SourceRecord } from '../model/edition.ts';
import type { Flow } from '../run/flow.ts';
import type { ReportPorts } from './ports.ts';
import { sourcesOf } from './section-scope.ts';

/** The sources whose lines hold JSON, and whose lines this place can look at. */
export function jsonSources({ config, unmappedKeys }: ReportPorts, report: Report): string[] {
  return unmappedKeys
    ? sourcesOf(config, report)
        .filter(hasJson)
        .map(({ name }) => name)
    : [];
}

function hasJson({ definition }: Config['sources'][string]): boolean {
  return Object.keys(definition.json).length > 0;
}

/** The records with the keys that look like what no request of a source has; `unfilled` are such columns by source. */
export function withUnmappedKeys(
  flow: Flow,
  { config, unmappedKeys }: ReportPorts,
  records: readonly SourceRecord[],
  unfilled: ReadonlyMap<string, readonly string[]>,
): Promise<readonly SourceRecord[]> {
  if (!unmappedKeys || unfilled.size === 0) return Promise.resolve(records);
  return flow.step('look for unmapped keys', async () => {
    const found: SourceRecord[] = [];
    for (const record of records) {
      const source = config.sources[record.source];
      const columns = unfilled.get(record.source) ?? [];
      const keys = source && columns.length > 0 && record.requests > 0 ? await unmappedKeys(source, columns) : [];
      found.push(keys.length > 0 ? { ...record, unmapped: keys } : record);
    }
    return found;
  });
}
