import type { RecordBatch } from 'apache-arrow';
import type { Column } from '../model/columns.ts';
import { readSql } from '../sql/sql-files.ts';
import type { Store } from '../store/store.ts';
import { parquetChunks } from '../tables/parquet.ts';
import { recordBatch } from '../tables/schema.ts';
import type { Names, Resolver } from './resolver.ts';

/** The table that says who is who: a row for each value of the logs that has a name, by edition. */
export const NAMES_TABLE = 'names';
export const NAMES_PARTITION = 'edition';
export const NAMES_COLUMNS: readonly Column[] = [
  { name: 'kind', type: 'varchar', title: 'requester, address or folder' },
  { name: 'value', type: 'varchar', title: 'As it stands in the log' },
  { name: 'team', type: 'varchar', title: 'Name of the team or customer' },
];

/** What is looked up, and which keys of the config ask for it. */
const KINDS: Record<keyof Resolver, (names: Names) => boolean> = {
  requester: (names) =>
    Object.values(names).some(({ requesters, accounts }) => requesters.length + accounts.length > 0),
  address: (names) => Object.values(names).some(({ addresses }) => addresses.length > 0),
  folder: (names) => Object.values(names).some(({ prefixes }) => prefixes.length > 0),
};

/** The kinds that a config names at all. */
export function kindsOf(names: Names): (keyof Resolver)[] {
  return (Object.keys(KINDS) as (keyof Resolver)[]).filter((kind) => KINDS[kind](names));
}

/** The query for all values of a kind, over `requests`. */
export function nameSql(kind: string): string {
  return readSql(`names/${kind}.sql`)
    .replace(/^\/\*.*?\*\/\n/s, '')
    .trim();
}

/** The one column of those queries. */
export const VALUE_COLUMNS: readonly Column[] = [{ name: 'value', type: 'varchar', title: 'Value' }];

/** Where an edition's names lie in the lake. */
export function namesKey(edition: string): string {
  return `${NAMES_TABLE}/${NAMES_PARTITION}=${edition}/names.parquet`;
}

/** Looks up every value of the batches and writes those that have a name; the file is there even when none has. */
export async function writeNames(
  lake: Store,
  edition: string,
  resolver: Resolver,
  values: readonly { kind: keyof Resolver; batches: AsyncIterable<RecordBatch> }[],
): Promise<void> {
  async function* named() {
    for (const { kind, batches } of values) {
      for await (const batch of batches) {
        const found = Array.from(batch.getChildAt(0) ?? [], (value: string) => [value, resolver[kind](value)] as const);
        const rows = found.filter(([, team]) => team !== undefined);
        yield recordBatch(NAMES_COLUMNS, [
          rows.map(() => kind),
          rows.map(([value]) => value),
          rows.map(([, team]) => team),
        ]);
      }
    }
  }
  await lake.write(namesKey(edition), parquetChunks(NAMES_COLUMNS, named()), {
    content_type: 'application/vnd.apache.parquet',
  });
}
