import type { Statement } from '../engine/engine.ts';
import { renderSection, type SectionScope } from './render.ts';
import type { Section } from './section.ts';
import { derivedTables } from './tables.ts';

/** A derived table that several sections read over the same rows. */
export interface SharedTable {
  table: string;
  statement: Statement;
  /** Ids of these sections. */
  readers: string[];
}

/**
 * The derived tables that more than one section reads over the same rows, so that an engine that can keep them computes
 * each once. Sections that apply to other kinds of sources read other rows.
 */
export function sharedTables(
  sections: readonly Pick<Section, 'id' | 'sql' | 'applies_to'>[],
  scope: SectionScope,
): SharedTable[] {
  const shared = new Map<string, SharedTable>();
  for (const { id, sql, applies_to } of sections) {
    for (const table of derivedTables(sql)) {
      const statement = renderSection({ id: table, sql: `SELECT * FROM ${table}`, applies_to }, scope);
      const key = JSON.stringify(statement);
      const known = shared.get(key) ?? { table, statement, readers: [] };
      shared.set(key, { ...known, readers: [...known.readers, id] });
    }
  }
  return [...shared.values()].filter(({ readers }) => readers.length > 1);
}
