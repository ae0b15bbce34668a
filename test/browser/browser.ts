import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { describeUnless } from '../missing.ts';
import { chromiumPath } from './chromium.ts';

/** A page in a browser, and everything that went wrong on it. */
export interface Opened {
  page: Page;
  /** Warnings and errors of the console, exceptions, dialogs, and requests for anything but the file. */
  faults: string[];
}

/** Like `describe`, with a browser. Skipped, with the reason printed, if no Chromium is installed. */
export function describeInBrowser(name: string, tests: (open: OpenHtml) => void): void {
  if (!chromiumPath) {
    describeUnless('no Chromium found; install one or set CHROMIUM_PATH')(name, () => tests(neverOpened));
    return;
  }
  describe(name, () => {
    let browser: Browser;
    const folder = mkdtempSync(join(tmpdir(), 'logtally-browser-'));
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
    });
    afterAll(async () => {
      await browser.close();
      rmSync(folder, { recursive: true });
    });
    let files = 0;
    tests(async (html, options = {}) => {
      const file = join(folder, `${++files}.html`);
      writeFileSync(file, html);
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      const page = await context.newPage();
      const faults: string[] = [];
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) faults.push(message.text());
      });
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('request', (request) => {
        if (!/^(file|data):/.test(request.url())) faults.push(request.url());
      });
      page.on('dialog', async (dialog) => {
        faults.push(dialog.message());
        await dialog.dismiss();
      });
      await page.goto(`file://${file}`);
      return { page, faults };
    });
  });
}

export type OpenHtml = (html: string, options?: BrowserContextOptions) => Promise<Opened>;

const neverOpened: OpenHtml = () => Promise.reject(new Error('there is no browser'));

/** Scrolls through the whole page, so that charts that are drawn on demand are drawn. */
export async function readThrough(page: Page): Promise<void> {
  await page.evaluate(`(async () => {
    document.documentElement.style.scrollBehavior = 'auto';
    for (let y = 0; y < document.documentElement.scrollHeight; y += 600) {
      scrollTo(0, y);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    scrollTo(0, 0);
  })()`);
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Serious and critical accessibility violations that axe-core finds, as `rule: element`. */
export async function barriers(page: Page): Promise<string[]> {
  // The page's Content-Security-Policy would block a script element.
  await page.evaluate(axe);
  return page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ target, failureSummary }) => id + ': ' + target + ' ' + failureSummary)))`);
}
