import { createHash } from 'node:crypto';
import manifest from '../../package.json' with { type: 'json' };
import { renderSection, type SectionScope } from '../sections/render.ts';
import type { Section } from '../sections/section.ts';
import type { EditionPorts, EditionRequest } from './ports.ts';
import type { SourceManifests } from './refresh-sources.ts';

/**
 * A digest, in hexadecimal, of all that an edition is made of: the program, the config, the questions, and what the lake
 * holds of both periods. Two runs with the same one come to the same edition.
 */
export function editionIdentity(
  { config, engine }: EditionPorts,
  { report, select_all }: EditionRequest,
  scope: SectionScope,
  sections: readonly Section[],
  manifests: readonly SourceManifests[],
): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([manifest.version, engine.name, config, report, select_all, scope.address_key]));
  for (const section of sections) hash.update(JSON.stringify([section, renderSection(section, scope)]));
  for (const ofPeriod of manifests) hash.update(JSON.stringify([...ofPeriod]));
  return hash.digest('hex');
}
