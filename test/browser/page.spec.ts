import { describe, expect, test } from '@jest/globals';
import { SOURCE_KINDS } from '../../lib/formats/format.ts';
import { renderPage } from '../../lib/views/page/page.ts';
import { hostileText, sampleEdition } from '../editions.ts';
import { barriers, describeInBrowser, readThrough } from './browser.ts';

const WIDTHS = [390, 1280];
const SCHEMES = ['light', 'dark'] as const;
const SCREENS = WIDTHS.flatMap((width) => SCHEMES.map((colorScheme) => ({ width, colorScheme })));

describeInBrowser('the page', (open) => {
  const html = renderPage(sampleEdition());

  test.each(SCREENS)(
    'at $width px in $colorScheme mode has no errors and no accessibility violations',
    async ({ width, colorScheme }) => {
      const { page, faults } = await open(html, { viewport: { width, height: 900 }, colorScheme });
      await readThrough(page);
      expect(await page.locator('.chart .live svg').count()).toBe(await page.locator('.chart').count());
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      expect(await barriers(page)).toEqual([]);
      expect(faults).toEqual([]);
    },
  );

  test('shows the exact figures of a day and of the previous period in a tooltip', async () => {
    const { page } = await open(html);
    const chart = page.locator('#by-day-chart-1 .live');
    await chart.scrollIntoViewIfNeeded();
    const { width = 0 } = (await chart.boundingBox()) ?? {};
    /** The tooltip where the pointer, coming from one side, first enters the plot. */
    const tooltipFrom = async (edge: number, step: number) => {
      for (let x = edge; x > 0 && x < width; x += step) {
        await chart.hover({ position: { x, y: 100 } });
        if (await page.locator('.tip').isVisible()) break;
      }
      return page.locator('.tip').innerText();
    };
    expect(await tooltipFrom(width - 1, -3)).toMatch(/^Sat, 31 October 2026\s+October 2026\s+no lines/);
    await page.mouse.move(0, 0);
    await page.locator('.tip').waitFor({ state: 'hidden' });
    expect(await tooltipFrom(1, 3)).toMatch(
      /^Thu, 1 October 2026\s+October 2026\s+1,234,567\s+Tue, 1 September 2026\s+987,654/,
    );
  });

  test('sorts a table by any column, in both directions', async () => {
    const { page } = await open(html);
    const table = page.locator('#top-clients');
    const heading = table.getByRole('columnheader', { name: 'Bytes sent' });
    const figures = () =>
      table.locator('tbody td:nth-child(5)').evaluateAll((cells) => cells.map((cell) => cell.getAttribute('title')));
    await heading.getByRole('button').click();
    expect(await heading.getAttribute('aria-sort')).toBe('descending');
    const falling = (await figures()).map((title) => Number(title?.replace(/\D/g, '')));
    expect(falling).toHaveLength(10);
    expect(falling).toEqual(falling.toSorted((a, b) => b - a));
    await heading.getByRole('button').press('Enter');
    expect(await heading.getAttribute('aria-sort')).toBe('ascending');
    const rising = (await figures()).map((title) => Number(title?.replace(/\D/g, '')));
    expect(rising).toEqual(rising.toSorted((a, b) => a - b));
    expect(rising[0]).toBeLessThan(falling[9] ?? 0);
  });

  test('searches a table and pages through it', async () => {
    const { page } = await open(html);
    const table = page.locator('#top-requesters');
    const status = table.getByRole('status');
    expect(await status.innerText()).toBe('1–10 of 30');
    await table.getByRole('button', { name: 'Next rows' }).click();
    await table.getByRole('button', { name: 'Next rows' }).click();
    expect(await status.innerText()).toBe('21–30 of 30');
    expect(await table.getByRole('button', { name: 'Next rows' }).isDisabled()).toBe(true);
    await table.getByRole('searchbox').fill('MARIA lopez');
    expect(await status.innerText()).toBe('1–6 of 6 found');
    expect(await table.locator('tbody tr').first().innerText()).toContain('user/maria.lopez');
    await table.getByRole('searchbox').fill('nobody at all');
    expect(await status.innerText()).toBe('No row holds this.');
  });

  test('copies the matching rows with exact values and disarmed formulas', async () => {
    const { page } = await open(renderPage(sampleEdition(30, hostileText)), {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const table = page.locator('#top-objects-by-bytes');
    await table.getByRole('searchbox').fill('HYPERLINK');
    await table.getByRole('button', { name: /^Copy/ }).click();
    await table.getByRole('button', { name: /^Copy/ }).getByText('Copied').waitFor();
    const [heading, ...rows] = (await page.evaluate<string>('navigator.clipboard.readText()')).split('\n');
    expect(heading?.split('\t').slice(0, 3)).toEqual(['bucket', 'object', 'requests']);
    expect(rows.map((row) => row.split('\t')[1])).toEqual(
      Array(2).fill(`"'=HYPERLINK(""https://example.com"",""click"")"`),
    );
    expect(rows[0]?.split('\t')[heading?.split('\t').indexOf('bytes_sent') ?? -1]).toMatch(/^\d{12}$/);
  });

  test('can be read without scripts', async () => {
    const { page } = await open(html, { javaScriptEnabled: false });
    expect(await page.locator('#by-day-chart-1 .still svg').isVisible()).toBe(true);
    expect(await page.locator('#by-day tbody tr').count()).toBe(30);
  });

  test('prints as a document: still charts and first rows, without controls', async () => {
    const { page } = await open(html);
    await readThrough(page);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#by-day-chart-1 .still').isVisible()).toBe(true);
    for (const hidden of ['#by-day-chart-1 .live', '#by-day .tools', 'nav']) {
      expect(await page.locator(hidden).isVisible()).toBe(false);
    }
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length;
    expect(pages).toBeGreaterThan(8);
    expect(pages).toBeLessThan(60);
  });

  test('can be used with the keyboard alone', async () => {
    const { page } = await open(html);
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').innerText()).toBe('To the report');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#report$/);
    const table = page.locator('#top-requesters');
    await table.getByRole('searchbox').focus();
    await page.keyboard.type('partner');
    expect(await table.getByRole('status').innerText()).toBe('1–6 of 6 found');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').innerText()).toBe('Copy');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').getAttribute('role')).toBe('region');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await table.locator('th[aria-sort]').innerText()).toBe('Requester');
  });

  test.each([
    ['a busy month', sampleEdition(1000)],
    ['every section of every kind of source', sampleEdition(300, undefined, {}, SOURCE_KINDS)],
  ])('of %s stays under 2 MB and is ready soon', async (what, edition) => {
    const text = renderPage(edition);
    const size_bytes = Buffer.byteLength(text);
    expect(size_bytes).toBeLessThan(2_000_000);
    const { page, faults } = await open(text);
    const table = page.locator('#top-clients');
    const clicked_ms = await page.evaluate<number>('performance.now()');
    await table.getByRole('button', { name: 'Next rows' }).click();
    expect(await table.getByRole('status').innerText()).toMatch(/^11–20 of /);
    const [ready_ms, answered_ms] = await page.evaluate<number[]>(
      '[performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd, performance.now()]',
    );
    const summary = `${(size_bytes / 1e6).toFixed(2)} MB, ${edition.record.sections.length} sections, ready in ${Math.round(ready_ms ?? 0)} ms, answers in ${Math.round((answered_ms ?? 0) - clicked_ms)} ms`;
    process.stdout.write(`page of ${what}: ${summary}\n`);
    // It takes less than a second on an idle machine; tests share theirs.
    expect(ready_ms).toBeLessThan(3000);
    expect(faults).toEqual([]);
  });
});

describeInBrowser('a page with hostile text', (open) => {
  test.each(WIDTHS)('runs none of it at %i px, and keeps its width', async (width) => {
    const { page, faults } = await open(renderPage(sampleEdition(30, hostileText)), {
      viewport: { width, height: 900 },
    });
    await readThrough(page);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(2);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expect(await barriers(page)).toEqual([]);
    expect(faults).toEqual([]);
    const chart = page.locator('#user-agents-chart-1 .live');
    await chart.scrollIntoViewIfNeeded();
    await chart.hover({ position: { x: 60, y: 30 } });
    expect(await page.locator('.tip').first().innerText()).toContain('<script>alert(1)</script>');
    expect(faults).toEqual([]);
  });
});

describe.each([0, 1])('a page with %i rows per section', (rows) => {
  describeInBrowser('in the browser', (open) => {
    test('has no errors and no accessibility violations', async () => {
      const { page, faults } = await open(renderPage(sampleEdition(rows)));
      await readThrough(page);
      expect(await barriers(page)).toEqual([]);
      expect(faults).toEqual([]);
    });
  });
});
