import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { kindsOf, NAMES_COLUMNS, nameSql, namesKey, writeNames } from '../../lib/owners/names-table.ts';
import { type NamedParts, type Names, nameResolver } from '../../lib/owners/resolver.ts';
import { loadSections } from '../../lib/sections/catalogue.ts';
import { renderSection } from '../../lib/sections/render.ts';
import { folderStore } from '../../lib/store/folder.ts';
import { recordBatch } from '../../lib/tables/schema.ts';
import { answer, MARCH, openRequests } from '../sections/database.ts';
import { A_MONTH, ALICE, BUILD } from '../sections/month-rows.ts';

const EDITION = "run'1_2026-03-01_2026-03-31";
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logtally-names-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function named(parts: Partial<NamedParts>): NamedParts {
  return { requesters: [], accounts: [], addresses: [], prefixes: [], ...parts };
}

/** Does what an edition does: asks for all values, looks them up, and makes the table known. */
async function openNames(connection: DuckDBConnection, names: Names): Promise<void> {
  const values = [];
  for (const kind of kindsOf(names)) {
    const { sql, parameters } = renderSection({ id: kind, sql: nameSql(kind) }, MARCH);
    const rows = (await connection.runAndReadAll(sql, [...parameters])).getRowsJS().map(([value]) => value);
    async function* batches() {
      yield recordBatch([{ name: 'value', type: 'varchar', title: 'Value' }], [rows]);
    }
    values.push({ kind, batches: batches() });
  }
  await writeNames(folderStore(folder), EDITION, nameResolver(names), values);
  const file = join(folder, namesKey(EDITION)).replaceAll("'", "''");
  const columns = NAMES_COLUMNS.map(({ name }) => name).join(', ');
  await connection.run(
    `CREATE VIEW logtally.names AS SELECT ${columns}, edition FROM read_parquet('${file}', hive_partitioning = true)`,
  );
}

/** Name and requests of each row of the section by name. */
async function requestsByName(names: Names, edition: string | undefined = EDITION): Promise<unknown[][]> {
  const connection = await openRequests(A_MONTH);
  await openNames(connection, names);
  const teams = loadSections().find(({ id }) => id === 'teams');
  if (!teams) throw new Error('there is no section teams');
  return (await answer(connection, teams, { ...MARCH, named_edition: edition })).map((row) => row.slice(0, 2));
}

test('a request has the name of its requester, else of its address, else of its folder', async () => {
  const names = {
    Photos: named({ requesters: [ALICE], prefixes: ['photos/private/'] }),
    'Builds; DROP TABLE': named({ accounts: ['111122223333'] }),
    Crawler: named({ addresses: ['203.0.113.6'] }),
  };
  // Alice has six requests and all the account's others nine; of three by nobody one is from the crawler, one for private/.
  expect(await requestsByName(names)).toEqual([
    ['Builds; DROP TABLE', 9],
    ['Photos', 7],
    ['Crawler', 1],
    ['without a name', 1],
  ]);
});

test('no request is counted twice, however many names fit', async () => {
  const names = {
    A: named({ requesters: ['arn:*'], accounts: ['111122223333'], addresses: ['192.0.2.0/24'], prefixes: ['photos/'] }),
    B: named({ requesters: [BUILD, '*:user/*'], addresses: ['0.0.0.0/0'], prefixes: ['photos/2026/', 'backups/'] }),
  };
  const rows = await requestsByName(names);
  expect(rows.reduce((sum, [, requests]) => sum + Number(requests), 0)).toBe(18);
});

test('names of another edition are not its own', async () => {
  expect(await requestsByName({ A: named({ addresses: ['0.0.0.0/0'] }) }, 'another')).toEqual([['without a name', 18]]);
});

test('only the values that a name may stand for are looked up', () => {
  expect(kindsOf({ A: named({ addresses: ['192.0.2.1'] }) })).toEqual(['address']);
  expect(kindsOf({ A: named({ accounts: ['111122223333'] }), B: named({ prefixes: ['a/'] }) })).toEqual([
    'requester',
    'folder',
  ]);
  expect(kindsOf({})).toEqual([]);
});
