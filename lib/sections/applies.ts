import type { SourceKind } from '../formats/format.ts';
import type { Section } from './section.ts';

/** True when a source of that kind, or of one that is not known, can answer the section. */
export function applies({ applies_to }: Pick<Section, 'applies_to'>, kind: SourceKind | undefined): boolean {
  return applies_to === undefined || kind === undefined || applies_to.includes(kind);
}
