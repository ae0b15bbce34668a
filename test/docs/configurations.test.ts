import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { parseConfig } from '../../lib/config/config.ts';
import { loadSections } from '../../lib/sections/catalogue.ts';
import { blocksIn } from './pages.ts';

const section_ids = loadSections().map(({ id }) => id);
/** What an excerpt is read with. */
const REST = { sources: { website: { folder: 'logs' } }, reports: { website: {} } };

/**
 * Blocks marked `yaml` are configurations, or excerpts of one: some of its keys. Another file's block is marked
 * `yaml other`.
 */
describe('configurations in the documentation', () => {
  const blocks = blocksIn('yaml');
  test('there are some', () => expect(blocks.length).toBeGreaterThan(2));

  test.each(blocks)('$place is accepted', ({ text }) => {
    const config = { ...REST, ...parse(text) };
    expect(() => parseConfig(JSON.stringify(config), '/logtally.yaml', { section_ids })).not.toThrow();
  });

  test('an unknown key is not', () => {
    const config = JSON.stringify({ ...REST, sauces: {} });
    expect(() => parseConfig(config, '/logtally.yaml', { section_ids })).toThrow('sauces');
  });
});
