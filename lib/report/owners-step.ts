import type { Config, Report } from '../config/config.ts';
import type { Engine } from '../engine/engine.ts';
import type { SectionRecord } from '../model/edition.ts';
import { kindsOf, nameSql, namesKey, VALUE_COLUMNS, writeNames } from '../owners/names-table.ts';
import { nameResolver } from '../owners/resolver.ts';
import type { Flow } from '../run/flow.ts';
import { type Ran, runQuery } from '../run/run-query.ts';
import { asksForNames, renderSection, type SectionScope } from '../sections/render.ts';
import type { Section } from '../sections/section.ts';
import type { Store } from '../store/store.ts';
import { readTable } from '../tables/read-table.ts';

interface NamePorts {
  config: Config;
  engine: Engine;
  lake: Store;
  editions: Store;
  openNames?(edition: string): Promise<void>;
}

/** A record has to fit what a flow remembers of a step, and names are only part of it. */
const MOST_BYTES = 32 * 1024;

/**
 * Writes the table of names for the sections that group by them: every requester, address or folder of both periods that
 * stands for a configured name. Names and patterns stay out of the SQL that way, and whether an address lies in a network
 * is decided once for each address. Without names, or a section that asks, there is no table and `edition` is undefined.
 */
export async function nameRequests(
  flow: Flow,
  { config, engine, lake, openNames }: NamePorts,
  { privacy: _raw, ...scope }: SectionScope,
  sections: readonly Section[],
  run_id: string,
): Promise<{ edition: string | undefined; runs: Ran[] }> {
  const kinds = sections.some(asksForNames) ? kindsOf(config.names) : [];
  if (kinds.length === 0) return { edition: undefined, runs: [] };
  const edition = `${run_id.replace(/[^\w-]/g, '-')}_${scope.period.from}_${scope.period.to}`;
  const both = { ...scope, period: { ...scope.period, from: scope.period_before.from } };
  const runs = await flow.map('names', kinds, (inner, kind) =>
    runQuery(
      inner,
      engine,
      `names by ${kind}`,
      renderSection({ id: kind, sql: nameSql(kind) }, both),
      `${run_id} names`,
    ),
  );
  await flow.step('write names', async () => {
    const values = kinds.flatMap((kind, index) => {
      const ran = runs[index];
      return ran ? { kind, batches: engine.rows(ran.execution_id, VALUE_COLUMNS) } : [];
    });
    await writeNames(lake, edition, nameResolver(config.names), values);
  });
  await openNames?.(edition);
  return { edition, runs };
}

/** Deletes the table of names of a run: the values in it are those of the log, whatever the report may show. */
export async function removeNames(flow: Flow, { lake }: NamePorts, edition: string): Promise<void> {
  await flow.step('remove names', () => lake.delete([namesKey(edition)]));
}

/** Names for requesters and addresses in an edition's rows, by column and value. A hashed address has none. */
export async function shownNames(
  flow: Flow,
  { config, editions }: NamePorts,
  prefix: string,
  { privacy }: Report,
  sections: readonly SectionRecord[],
): Promise<Record<string, Record<string, string>>> {
  if (Object.keys(config.names).length === 0) return {};
  const resolver = nameResolver(config.names);
  const lookups = {
    requester: resolver.requester,
    ...(privacy.client_ip === 'hash' ? {} : { client_ip: resolver.address }),
  };
  return flow.step('names', async () => {
    const names: Record<string, Record<string, string>> = {};
    let size_bytes = 0;
    for (const { id, columns } of sections) {
      const asked = Object.entries(lookups).filter(([name]) => columns.some((column) => column.name === name));
      if (asked.length === 0) continue;
      const table = await readTable(editions, `${prefix}${id}.parquet`, columns);
      for (const [column, lookup] of asked) {
        for (const value of new Set<string | null>(table.getChild(column))) {
          const name = value === null ? undefined : lookup(value);
          if (value === null || name === undefined || names[column]?.[value] !== undefined) continue;
          size_bytes += Buffer.byteLength(JSON.stringify([value, name]));
          if (size_bytes > MOST_BYTES) return names;
          names[column] = { ...names[column], [value]: name };
        }
      }
    }
    return names;
  });
}
