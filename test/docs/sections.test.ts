import { expect, test } from '@jest/globals';
import { parseSection } from '../../lib/sections/catalogue.ts';
import { ownHeaderSchema } from '../../lib/sections/header.ts';
import { MACRO_FUNCTIONS, NATIVE_FUNCTIONS, PORTABLE_TYPES } from '../../lib/sections/portable/functions.ts';
import { SECTION_GROUPS } from '../../lib/sections/section.ts';
import { blocksOf, PAGES } from './pages.ts';

const page = PAGES.get('docs/sections.md') ?? '';
const list = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');

test('docs/sections.md lists the functions and types that the check of SQL accepts', () => {
  expect(page).toContain(`Functions: ${list([...NATIVE_FUNCTIONS, ...MACRO_FUNCTIONS].sort())}.`);
  expect(page).toContain(`Types to cast to: ${list(PORTABLE_TYPES)}.`);
});

test('docs/sections.md describes each key of a header, and each group', () => {
  for (const key of Object.keys(ownHeaderSchema.shape)) expect(page).toContain(`\`${key}`);
  for (const group of SECTION_GROUPS) expect(page).toContain(group);
});

test('its example is a section', () => {
  const [block] = blocksOf('docs/sections.md', page).filter(({ info }) => info === 'sql');
  const text = (block?.text ?? '').replace('title:', 'group: Traffic\norder: 1\ntitle:');
  const { title, columns } = parseSection('paths-by-client.sql', text);
  expect([title, columns.map(({ name }) => name)]).toEqual(['Paths by client', ['client_ip', 'paths', 'errors']]);
});
