import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { palettePng } from '../../lib/views/charts/png.ts';
import { composeMail } from '../../lib/views/mail/message.ts';
import { hostileText, sampleEdition } from '../editions.ts';
import { barriers, describeInBrowser } from './browser.ts';
import { mailPage } from './mail-page.ts';

const PICTURES = join(import.meta.dirname, 'pictures');
/** Browsers of other versions smooth edges differently. UPDATE_PICTURES=1 takes the pictures anew, to be looked at. */
const MOST_DIFFERENT = 0.02;

/** The mail of an edition, as a page. */
async function shown(edition = sampleEdition()): Promise<string> {
  return mailPage(
    await composeMail(edition, {
      link: (name) => `https://links.example.com/${name}`,
      from: 'reports@example.com',
      to: ['team@example.com'],
      reply_to: 'ops@example.com',
      subject_prefix: '',
    }),
  );
}

describeInBrowser('the mail', (open) => {
  test.each([
    ['light', 680],
    ['dark', 680],
    ['light', 390],
    ['dark', 390],
  ] as const)('in %s at %i px looks as it did', async (colorScheme, width) => {
    const { page, faults } = await open(await shown(), { viewport: { width, height: 1800 }, colorScheme });
    await page.evaluate('document.fonts.ready');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expect(await barriers(page)).toEqual([]);
    expect(faults).toEqual([]);
    const now = PNG.sync.read(await page.screenshot());
    const file = join(PICTURES, `mail-${colorScheme}-${width}.png`);
    if (process.env.UPDATE_PICTURES) writeFileSync(file, palettePng(now.data, now.width, now.height));
    const before = PNG.sync.read(readFileSync(file));
    expect([now.width, now.height]).toEqual([before.width, before.height]);
    const different = pixelmatch(now.data, before.data, undefined, now.width, now.height, { threshold: 0.2 });
    expect(different / (now.width * now.height)).toBeLessThan(MOST_DIFFERENT);
  });

  test('keeps its shape whatever the log holds', async () => {
    const { page, faults } = await open(await shown(sampleEdition(30, hostileText)), {
      viewport: { width: 390, height: 900 },
    });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    expect(faults).toEqual([]);
  });
});
