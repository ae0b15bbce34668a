import type { Table } from 'apache-arrow';
import type { Report } from '../config/config.ts';
import type { SectionRecord } from '../model/edition.ts';
import { ownerResolver } from '../owners/resolver.ts';
import { ownedKinds, ownersKey, VALUE_COLUMNS, valuesSql, writeOwners } from '../owners/table.ts';
import type { Flow } from '../run/flow.ts';
import type { QueryRun } from '../run/run-query.ts';
import { asksForOwners, type SectionScope } from '../sections/render.ts';
import type { Section } from '../sections/section.ts';
import type { Store } from '../store/store.ts';
import { readTable } from '../tables/read-table.ts';
import type { ReportPorts } from './ports.ts';
import { runSection } from './section-query.ts';

/** The most that a record holds of owners: the whole record must fit into the result of a step. */
const MAX_OWNERS_BYTES = 32 * 1024;

/** Owners of the values in an edition's rows, by column and value. */
export type OwnersShown = Record<string, Record<string, string>>;

/**
 * Writes the table of owners for the sections that group by owner: every requester, address or folder of both periods
 * that has one. This keeps names and patterns out of the SQL, and whether an address is in a network is decided once per
 * address. Without owners in the config, or a section that reads them, no table is written and `edition` is undefined.
 */
export async function findOwners(
  flow: Flow,
  { config, engine, lake, openOwners }: ReportPorts,
  { privacy: _raw, ...scope }: SectionScope,
  sections: readonly Section[],
  run_id: string,
): Promise<{ edition: string | undefined; runs: QueryRun[] }> {
  const kinds = sections.some(asksForOwners) ? ownedKinds(config.owners) : [];
  if (kinds.length === 0) return { edition: undefined, runs: [] };
  const edition = `${run_id.replace(/[^\w-]/g, '-')}_${scope.period.from}_${scope.period.to}`;
  const bothPeriods = { ...scope, period: { ...scope.period, from: scope.period_before.from } };
  const runs = await flow.map('owners', kinds, (inner, kind) => {
    const values = { id: kind, sql: valuesSql(kind) };
    return runSection(inner, engine, values, bothPeriods, `${run_id} owners`, `owners by ${kind}`);
  });
  await flow.step('write owners', async () => {
    const values = kinds.flatMap((kind, index) => {
      const run = runs[index];
      return run ? { kind, batches: engine.rows(run.execution_id, VALUE_COLUMNS) } : [];
    });
    await writeOwners(lake, edition, ownerResolver(config.owners), values);
  });
  await openOwners?.(edition);
  return { edition, runs };
}

/** Deletes a run's table of owners, if there is one, because it contains unprotected values. */
export async function removeOwners(flow: Flow, { lake }: ReportPorts, edition: string | undefined): Promise<void> {
  if (edition !== undefined) await flow.step('remove owners', () => lake.delete([ownersKey(edition)]));
}

/** Owners of the requesters and addresses in an edition's rows. A hashed address has none. */
export async function shownOwners(
  flow: Flow,
  { config, editions }: ReportPorts,
  prefix: string,
  { privacy }: Report,
  sections: readonly SectionRecord[],
): Promise<OwnersShown> {
  if (Object.keys(config.owners).length === 0) return {};
  const { requester, address } = ownerResolver(config.owners);
  const lookups = new Map<string, Lookup>([['requester', requester]]);
  if (privacy.client_ip !== 'hash') lookups.set('client_ip', address);
  return flow.step('owners', async () => {
    const found = new Map<string, Map<string, string>>();
    let size_bytes = 0;
    for await (const { column, value, owner } of ownedValues(editions, prefix, sections, lookups)) {
      const ofColumn = found.get(column) ?? new Map<string, string>();
      if (ofColumn.has(value)) continue;
      size_bytes += Buffer.byteLength(JSON.stringify([value, owner]));
      if (size_bytes > MAX_OWNERS_BYTES) break;
      found.set(column, ofColumn.set(value, owner));
    }
    return Object.fromEntries([...found].map(([column, owners]) => [column, Object.fromEntries(owners)]));
  });
}

type Lookup = (value: string) => string | undefined;

interface OwnedValue {
  column: string;
  value: string;
  owner: string;
}

/** The values of an edition's rows that have an owner; a value occurs once per section and column. */
async function* ownedValues(
  editions: Store,
  prefix: string,
  sections: readonly SectionRecord[],
  lookups: ReadonlyMap<string, Lookup>,
): AsyncGenerator<OwnedValue> {
  for (const { id, columns } of sections) {
    const owned = columns.filter(({ name }) => lookups.has(name));
    if (owned.length === 0) continue;
    const table = await readTable(editions, `${prefix}${id}.parquet`, columns);
    for (const { name } of owned) yield* ownedIn(table, name, lookups.get(name));
  }
}

function* ownedIn(table: Table, column: string, lookup: Lookup | undefined): Generator<OwnedValue> {
  for (const value of new Set<string | null>(table.getChild(column))) {
    const owner = value === null ? undefined : lookup?.(value);
    if (value !== null && owner !== undefined) yield { column, value, owner };
  }
}
