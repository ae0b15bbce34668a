import type { Config, Report } from '../config/config.ts';
import type { Engine } from '../engine/engine.ts';
import type { SectionRecord } from '../model/edition.ts';
import { ownerResolver } from '../owners/resolver.ts';
import { ownedKinds, ownersKey, VALUE_COLUMNS, valuesSql, writeOwners } from '../owners/table.ts';
import type { Flow } from '../run/flow.ts';
import { type Ran, runQuery } from '../run/run-query.ts';
import { asksForOwners, renderSection, type SectionScope } from '../sections/render.ts';
import type { Section } from '../sections/section.ts';
import type { Store } from '../store/store.ts';
import { readTable } from '../tables/read-table.ts';

interface OwnerPorts {
  config: Config;
  engine: Engine;
  lake: Store;
  editions: Store;
  openOwners?(edition: string): Promise<void>;
}

/** The most that a record holds of owners: the whole record must fit into what a flow keeps of a step. */
const MOST_BYTES = 32 * 1024;

/**
 * Writes the table of owners for the sections that group by owner: every requester, address or folder of both periods
 * that has one. This keeps names and patterns out of the SQL, and whether an address is in a network is decided once per
 * address. Without owners in the config, or a section that reads them, no table is written and `edition` is undefined.
 */
export async function findOwners(
  flow: Flow,
  { config, engine, lake, openOwners }: OwnerPorts,
  { privacy: _raw, ...scope }: SectionScope,
  sections: readonly Section[],
  run_id: string,
): Promise<{ edition: string | undefined; runs: Ran[] }> {
  const kinds = sections.some(asksForOwners) ? ownedKinds(config.owners) : [];
  if (kinds.length === 0) return { edition: undefined, runs: [] };
  const edition = `${run_id.replace(/[^\w-]/g, '-')}_${scope.period.from}_${scope.period.to}`;
  const both = { ...scope, period: { ...scope.period, from: scope.period_before.from } };
  const runs = await flow.map('owners', kinds, (inner, kind) =>
    runQuery(
      inner,
      engine,
      `owners by ${kind}`,
      renderSection({ id: kind, sql: valuesSql(kind) }, both),
      `${run_id} owners`,
    ),
  );
  await flow.step('write owners', async () => {
    const values = kinds.flatMap((kind, index) => {
      const ran = runs[index];
      return ran ? { kind, batches: engine.rows(ran.execution_id, VALUE_COLUMNS) } : [];
    });
    await writeOwners(lake, edition, ownerResolver(config.owners), values);
  });
  await openOwners?.(edition);
  return { edition, runs };
}

/** Deletes the table of owners of a run: it holds values as logged, whatever the report may show. */
export async function removeOwners(flow: Flow, { lake }: OwnerPorts, edition: string): Promise<void> {
  await flow.step('remove owners', () => lake.delete([ownersKey(edition)]));
}

/** Owners of the requesters and addresses in an edition's rows, by column and value. A hashed address has none. */
export async function shownOwners(
  flow: Flow,
  { config, editions }: OwnerPorts,
  prefix: string,
  { privacy }: Report,
  sections: readonly SectionRecord[],
): Promise<Record<string, Record<string, string>>> {
  if (Object.keys(config.owners).length === 0) return {};
  const resolver = ownerResolver(config.owners);
  const lookups = {
    requester: resolver.requester,
    ...(privacy.client_ip === 'hash' ? {} : { client_ip: resolver.address }),
  };
  return flow.step('owners', async () => {
    const owners: Record<string, Record<string, string>> = {};
    let size_bytes = 0;
    for (const { id, columns } of sections) {
      const asked = Object.entries(lookups).filter(([name]) => columns.some((column) => column.name === name));
      if (asked.length === 0) continue;
      const table = await readTable(editions, `${prefix}${id}.parquet`, columns);
      for (const [column, lookup] of asked) {
        for (const value of new Set<string | null>(table.getChild(column))) {
          const owner = value === null ? undefined : lookup(value);
          if (value === null || owner === undefined || owners[column]?.[value] !== undefined) continue;
          size_bytes += Buffer.byteLength(JSON.stringify([value, owner]));
          if (size_bytes > MOST_BYTES) return owners;
          owners[column] = { ...owners[column], [value]: owner };
        }
      }
    }
    return owners;
  });
}
