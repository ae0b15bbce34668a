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
/** Versions of Chromium smooth edges differently. UPDATE_PICTURES=1 writes new pictures, to be looked at. */
const MAX_DIFFERENT_SHARE = 0.02;

/** The mail of an edition as an HTML page. */
async function mailHtmlOf(edition = sampleEdition()): Promise<string> {
  return mailPage(
    await composeMail(edition, {
      access: { link: (name) => `https://links.example.com/${name}` },
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
  ] as const)('in %s mode at %i px looks like the stored picture', async (colorScheme, width) => {
    const { page, faults } = await open(await mailHtmlOf(), { viewport: { width, height: 1800 }, colorScheme });
    await page.evaluate('document.fonts.ready');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expect(await barriers(page)).toEqual([]);
    expect(faults).toEqual([]);
    const actual = PNG.sync.read(await page.screenshot());
    const file = join(PICTURES, `mail-${colorScheme}-${width}.png`);
    if (process.env.UPDATE_PICTURES) writeFileSync(file, palettePng(actual.data, actual.width, actual.height));
    const expected = PNG.sync.read(readFileSync(file));
    expect([actual.width, actual.height]).toEqual([expected.width, expected.height]);
    const different = pixelmatch(actual.data, expected.data, undefined, actual.width, actual.height, {
      threshold: 0.2,
    });
    expect(different / (actual.width * actual.height)).toBeLessThan(MAX_DIFFERENT_SHARE);
  });

  test('keeps its width for any log', async () => {
    const { page, faults } = await open(await mailHtmlOf(sampleEdition(30, hostileText)), {
      viewport: { width: 390, height: 900 },
    });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    expect(faults).toEqual([]);
  });
});
