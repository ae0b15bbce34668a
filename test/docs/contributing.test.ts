import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openDuckdb } from '../../lib/engine/duckdb/duckdb.ts';
import { duckdbReader } from '../../lib/formats/duckdb/reader.ts';
import { mappingSql } from '../../lib/formats/mapping.ts';
import { parseFormat } from '../../lib/formats/parse-format.ts';
import { loadSections, parseSection } from '../../lib/sections/catalogue.ts';
import { expectAnswer, table } from '../sections/answers/table.ts';
import { openRequests } from '../sections/database.ts';
import { A_MONTH } from '../sections/month-rows.ts';
import { blocksOf, PAGES } from './pages.ts';

/* The worked examples of CONTRIBUTING.md, as they are printed there. */
const page = PAGES.get('CONTRIBUTING.md') ?? '';
const blocks = blocksOf('CONTRIBUTING.md', page.replaceAll(/^ {3}/gm, ''));
const textOf = (info: string, part: string) =>
  blocks.find((block) => block.info === info && block.text.includes(part))?.text ?? '';

test('the section returns the rows of the page, at a free place', async () => {
  const section = parseSection('acl-users', textOf('sql', 'acl_required'));
  const connection = await openRequests(A_MONTH);
  const [, written = ''] = textOf('ts', 'acl-users').split('`');
  await expectAnswer(connection, section, table(Object.assign([written], { raw: [written] })));
  const taken = loadSections().filter(({ group }) => group === section.group);
  expect(taken.map(({ order }) => order)).not.toContain(section.order);
});

test('the format reads its line as described', async () => {
  const format = parseFormat('squid.sql', textOf('sql', 'Squid'));
  const temp_folder = join(tmpdir(), `logtally-contributing-${process.pid}`);
  const duckdb = await openDuckdb({ memory: '1GB', threads: 1, temp_folder });
  const lines = "(SELECT CAST(? AS VARCHAR) AS line, 'a.log' AS log_object)";
  const reader = duckdbReader(format, lines, "'2026-10-06'");
  const [row = {}] = await duckdb.run(mappingSql(format, `(${reader})`), [textOf('', 'TCP_MISS').trimEnd()]);
  duckdb.close();
  const { log_object: _file, ...columns } = Object.fromEntries(
    Object.entries(row).filter(([, value]) => value !== null),
  );
  const plain = JSON.stringify(columns, (_key, value) => (typeof value === 'bigint' ? Number(value) : value));
  expect(JSON.parse(plain)).toEqual(JSON.parse(textOf('json', 'TCP_MISS')));
});
