import type { RecordBatch } from 'apache-arrow';
import type { Column } from '../model/columns.ts';
import { readSql } from '../sql/sql-files.ts';
import type { Store } from '../store/store.ts';
import { parquetChunks } from '../tables/parquet.ts';
import { recordBatch } from '../tables/schema.ts';
import type { OwnerResolver, Owners } from './resolver.ts';

/** The lake's table of owners: for each edition, one row per value of the logs that has an owner. */
export const OWNERS_TABLE = 'owners';
export const OWNERS_PARTITION = 'edition';
export const OWNERS_COLUMNS: readonly Column[] = [
  { name: 'kind', type: 'varchar', title: 'requester, address or folder' },
  { name: 'value', type: 'varchar', title: 'As in the log' },
  { name: 'owner', type: 'varchar', title: 'Team or customer' },
];

/** What owners are looked up for, and whether the config has anything to look it up by. */
const KINDS: Record<keyof OwnerResolver, (owners: Owners) => boolean> = {
  requester: (owners) =>
    Object.values(owners).some(({ requesters, accounts }) => requesters.length + accounts.length > 0),
  address: (owners) => Object.values(owners).some(({ addresses }) => addresses.length > 0),
  folder: (owners) => Object.values(owners).some(({ prefixes }) => prefixes.length > 0),
};

/** The kinds of value that a config gives owners to. */
export function ownedKinds(owners: Owners): (keyof OwnerResolver)[] {
  return (Object.keys(KINDS) as (keyof OwnerResolver)[]).filter((kind) => KINDS[kind](owners));
}

/** The query for all values of a kind, over `records`. */
export function valuesSql(kind: string): string {
  return readSql(`owners/${kind}.sql`)
    .replace(/^\/\*.*?\*\/\n/s, '')
    .trim();
}

/** The only column of these queries. */
export const VALUE_COLUMNS: readonly Column[] = [{ name: 'value', type: 'varchar', title: 'Value' }];

/** The lake's key of an edition's owners. */
export function ownersKey(edition: string): string {
  return `${OWNERS_TABLE}/${OWNERS_PARTITION}=${edition}/owners.parquet`;
}

/** Looks up each value of the batches and writes those that have an owner. Writes the file even if no value has one. */
export async function writeOwners(
  lake: Store,
  edition: string,
  resolver: OwnerResolver,
  values: readonly { kind: keyof OwnerResolver; batches: AsyncIterable<RecordBatch> }[],
): Promise<void> {
  async function* owned() {
    for (const { kind, batches } of values) {
      for await (const batch of batches) {
        const found = Array.from(batch.getChildAt(0) ?? [], (value: string) => [value, resolver[kind](value)] as const);
        const rows = found.filter(([, owner]) => owner !== undefined);
        yield recordBatch(OWNERS_COLUMNS, [
          rows.map(() => kind),
          rows.map(([value]) => value),
          rows.map(([, owner]) => owner),
        ]);
      }
    }
  }
  await lake.write(ownersKey(edition), parquetChunks(OWNERS_COLUMNS, owned()), {
    content_type: 'application/vnd.apache.parquet',
  });
}
