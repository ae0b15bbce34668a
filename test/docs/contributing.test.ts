import { expect, test } from '@jest/globals';
import { parseFormat } from '../../lib/formats/parse-format.ts';
import { loadSections, parseSection } from '../../lib/sections/catalogue.ts';
import { mapLines } from '../parser/mapped-lines.ts';
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

test('the format reads its line as described', () => {
  const format = parseFormat('squid.sql', textOf('sql', 'Squid'));
  const [row] = mapLines(format, [textOf('', 'TCP_MISS').trimEnd()]);
  expect(JSON.parse(JSON.stringify(row))).toEqual(JSON.parse(textOf('json', 'TCP_MISS')));
});
