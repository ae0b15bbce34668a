import type { Flow } from '../run/flow.ts';
import type { SectionScope } from '../sections/render.ts';
import type { Section } from '../sections/section.ts';
import { sharedTables } from '../sections/shared-tables.ts';
import type { KeptTables } from '../sections/tables.ts';
import type { ReportPorts } from './ports.ts';

/** The tables that an engine has kept for some sections. */
export interface KeptForSections {
  /** By section id; sections that read none are left out. */
  of: ReadonlyMap<string, KeptTables>;
  names: readonly string[];
}

/** Lets the engine compute once what several sections read, if it can keep tables. */
export async function keepTables(
  flow: Flow,
  { engine, onStep }: ReportPorts,
  sections: readonly Section[],
  scope: SectionScope,
): Promise<KeptForSections> {
  if (!engine.keepTable) return { of: new Map(), names: [] };
  const shared = sharedTables(sections, scope);
  const names = await flow.map('kept tables', shared, async (_inner, { table, statement }) => {
    const started = performance.now();
    const name = await engine.keepTable?.(statement).catch((cause: Error) => {
      throw new Error(`table ${table} failed: ${cause.message}`, { cause });
    });
    onStep?.({ name: `table ${table}`, duration_ms: performance.now() - started });
    return name ?? '';
  });
  const of = new Map<string, KeptTables>();
  for (const [index, { table, readers }] of shared.entries()) {
    for (const id of readers) of.set(id, { ...of.get(id), [table]: names[index] ?? '' });
  }
  return { of, names };
}

export async function dropTables({ engine }: ReportPorts, { names }: KeptForSections): Promise<void> {
  for (const name of names) await engine.dropTable?.(name);
}
