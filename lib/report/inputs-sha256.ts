import { createHash } from 'node:crypto';
import manifest from '../../package.json' with { type: 'json' };
import type { SourceRecord } from '../model/edition.ts';
import { renderSection, type SectionScope } from '../sections/render.ts';
import type { Section } from '../sections/section.ts';
import type { ReportPorts, ReportRequest } from './ports.ts';
import type { SourceManifests } from './refresh-sources.ts';

/**
 * SHA-256, in hexadecimal, of everything that an edition is made from: the program's version, the configuration, the
 * sections and what the lake holds of both periods. Two runs with the same digest produce the same edition.
 */
export function inputsSha256(
  { config, engine }: ReportPorts,
  { report, select_all }: ReportRequest,
  scope: SectionScope,
  sections: readonly Section[],
  manifests: readonly SourceManifests[],
  sources: readonly SourceRecord[],
): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([manifest.version, engine.name, config, report, select_all, scope.address_key]));
  for (const section of sections) hash.update(JSON.stringify([section, renderSection(section, scope)]));
  // The same rows may be stored in another order.
  const withoutFiles = (name: string, value: unknown) => (name === 'files' && Array.isArray(value) ? undefined : value);
  for (const ofPeriod of manifests) hash.update(JSON.stringify([...ofPeriod], withoutFiles));
  // An edition lists raw logs that are gone or were skipped, even if its figures do not change.
  hash.update(JSON.stringify(sources.map(({ source, gone, unreadable }) => [source, gone, unreadable])));
  return hash.digest('hex');
}
