import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import PostalMime from 'postal-mime';
import { composeMail } from '../../lib/mail/message.ts';
import { hostileText, sampleEdition } from '../editions.ts';
import { barriers, describeInBrowser } from './browser.ts';

const PICTURES = join(import.meta.dirname, 'pictures');
/** Browsers of other versions smooth edges differently. */
const MOST_DIFFERENT = 0.02;

/** The mail's HTML as a mail program shows it, its pictures in place, in a font that every machine has. */
async function shown(edition = sampleEdition()): Promise<string> {
  const raw = await composeMail(edition, {
    link: (name) => `https://links.example.com/${name}`,
    from: 'reports@example.com',
    to: ['team@example.com'],
    reply_to: 'ops@example.com',
    subject_prefix: '',
  });
  const { html = '', attachments } = await PostalMime.parse(raw);
  const dataUri = (type: string, bytes: Uint8Array) => `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
  const inPlace = attachments.reduce(
    (text, { contentId = '', content, mimeType }) =>
      text.replace(`cid:${contentId.replace(/[<>]/g, '')}`, dataUri(mimeType, new Uint8Array(content as ArrayBuffer))),
    html,
  );
  const inter = createRequire(import.meta.url).resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf');
  const font = `@font-face { font-family: Inter; src: url(${dataUri('font/ttf', readFileSync(inter))}) } * { font-family: Inter !important }`;
  return inPlace.replace('</head>', `<style>${font}</style></head>`);
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
    if (!existsSync(file) || process.env.UPDATE_PICTURES) writeFileSync(file, PNG.sync.write(now));
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
