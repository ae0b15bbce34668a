import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Owned, type Owners, ownerResolver } from '../../lib/owners/resolver.ts';
import { OWNERS_COLUMNS, ownedKinds, ownersKey, valuesSql, writeOwners } from '../../lib/owners/table.ts';
import { renderSection } from '../../lib/sections/render.ts';
import { folderStore } from '../../lib/store/folder.ts';
import { recordBatch } from '../../lib/tables/schema.ts';
import { answerRows, MARCH, openRequests, sectionOf } from '../sections/database.ts';
import { A_MONTH, ALICE, BUILD } from '../sections/month-rows.ts';

const EDITION = "run'1_2026-03-01_2026-03-31";
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logtally-owners-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function owned(parts: Partial<Owned>): Owned {
  return { requesters: [], accounts: [], addresses: [], prefixes: [], ...parts };
}

/** Does the same as an edition: queries all values, looks up their owners, and creates the view. */
async function openOwners(connection: DuckDBConnection, owners: Owners): Promise<void> {
  const values = [];
  for (const kind of ownedKinds(owners)) {
    const { sql, parameters } = renderSection({ id: kind, sql: valuesSql(kind) }, MARCH);
    const rows = (await connection.runAndReadAll(sql, [...parameters])).getRowsJS().map(([value]) => value);
    async function* batches() {
      yield recordBatch([{ name: 'value', type: 'varchar', title: 'Value' }], [rows]);
    }
    values.push({ kind, batches: batches() });
  }
  await writeOwners(folderStore(folder), EDITION, ownerResolver(owners), values);
  const file = join(folder, ownersKey(EDITION)).replaceAll("'", "''");
  const columns = OWNERS_COLUMNS.map(({ name }) => name).join(', ');
  await connection.run(
    `CREATE VIEW logtally.owners AS SELECT ${columns}, edition FROM read_parquet('${file}', hive_partitioning = true)`,
  );
}

/** Owner and requests of each row of the section Owners. */
async function requestsByOwner(
  owners: Owners,
  edition: string | undefined = EDITION,
): Promise<{ owner: unknown; requests: unknown }[]> {
  const connection = await openRequests(A_MONTH);
  await openOwners(connection, owners);
  const rows = await answerRows(connection, sectionOf('owners'), { ...MARCH, owners_edition: edition });
  return rows.map(({ owner, requests }) => ({ owner, requests }));
}

test('the owner of a request is that of its requester, else of its address, else of its folder', async () => {
  const owners = {
    Photos: owned({ requesters: [ALICE], prefixes: ['photos/private/'] }),
    'Builds; DROP TABLE': owned({ accounts: ['111122223333'] }),
    Crawler: owned({ addresses: ['203.0.113.6'] }),
  };
  // Alice has five requests and the rest of the account nine; of three anonymous ones, one is from the crawler and one for private/.
  expect(await requestsByOwner(owners)).toEqual([
    { owner: 'Builds; DROP TABLE', requests: 9 },
    { owner: 'Photos', requests: 6 },
    { owner: 'Crawler', requests: 1 },
    { owner: 'without an owner', requests: 1 },
  ]);
});

test('no request is counted twice if several owners match', async () => {
  const owners = {
    A: owned({ requesters: ['arn:*'], accounts: ['111122223333'], addresses: ['192.0.2.0/24'], prefixes: ['photos/'] }),
    B: owned({ requesters: [BUILD, '*:user/*'], addresses: ['0.0.0.0/0'], prefixes: ['photos/2026/', 'backups/'] }),
  };
  const rows = await requestsByOwner(owners);
  expect(rows.reduce((sum, { requests }) => sum + Number(requests), 0)).toBe(17);
});

test('the owners of another edition are not read', async () => {
  expect(await requestsByOwner({ A: owned({ addresses: ['0.0.0.0/0'] }) }, 'another')).toEqual([
    { owner: 'without an owner', requests: 17 },
  ]);
});

test('only kinds of values that the config gives owners to are looked up', () => {
  expect(ownedKinds({ A: owned({ addresses: ['192.0.2.1'] }) })).toEqual(['address']);
  expect(ownedKinds({ A: owned({ accounts: ['111122223333'] }), B: owned({ prefixes: ['a/'] }) })).toEqual([
    'requester',
    'folder',
  ]);
  expect(ownedKinds({})).toEqual([]);
});
