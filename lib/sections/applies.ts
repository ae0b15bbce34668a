import type { SourceKind } from '../formats/format.ts';
import type { Section } from './section.ts';

/** True if a source of that kind can answer the section. An unknown kind can answer every section. */
export function applies({ applies_to }: Pick<Section, 'applies_to'>, kind: SourceKind | undefined): boolean {
  return applies_to === undefined || kind === undefined || applies_to.includes(kind);
}
