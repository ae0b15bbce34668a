#!/usr/bin/env node
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BrowserContextOptions, chromium } from 'playwright-core';
import { chromiumPath } from '../test/browser/chromium.ts';
import { mailPage } from '../test/browser/mail-page.ts';
import { terminalPage } from '../test/browser/terminal-page.ts';

/** `npm run pictures`: the pictures in the README, of the page, the mail and the terminal of the sample's report. */
const ROOT = resolve(import.meta.dirname, '..');
const PICTURES = join(ROOT, 'docs/pictures');
const EDITION = 'website-monthly/2026-10-01_2026-10-31';
/** Every clone downloads them. */
const MOST_BYTES = 200_000;

if (!chromiumPath) throw new Error('no Chromium found; install one or set CHROMIUM_PATH');
const out = mkdtempSync(join(tmpdir(), 'logtally-pictures-'));
const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
try {
  const said = execFileSync(process.execPath, ['bin/logtally.ts', 'report', '--today', '2026-11-03', '--out', out], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, FORCE_COLOR: '1', COLUMNS: '100' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const report = said.slice(0, said.indexOf('\n\x1b[2mwebsite:'));
  mkdirSync(PICTURES, { recursive: true });
  const page = readFileSync(join(out, EDITION, 'report.html'), 'utf8');
  const mail = await mailPage(readFileSync(join(out, EDITION, 'mail.eml')));
  await take('page', page, { viewport: { width: 1200, height: 1620 }, deviceScaleFactor: 0.8 });
  await take('mail', mail, { viewport: { width: 640, height: 1335 } });
  await take('terminal', terminalPage(report), { viewport: { width: 860, height: 1015 } });
} finally {
  await browser.close();
  rmSync(out, { recursive: true });
}

/** The top of a page, in light colours. */
async function take(name: string, html: string, options: BrowserContextOptions): Promise<void> {
  const file = join(out, `${name}.html`);
  writeFileSync(file, html);
  const page = await browser.newPage({ colorScheme: 'light', ...options });
  await page.goto(`file://${file}`);
  // Charts are drawn on sight.
  await page.waitForTimeout(500);
  const path = join(PICTURES, `${name}.png`);
  const { byteLength: size_bytes } = await page.screenshot({ path });
  if (size_bytes > MOST_BYTES) throw new Error(`${path} has ${size_bytes} bytes, more than ${MOST_BYTES}: take less`);
  process.stdout.write(`${path} ${Math.round(size_bytes / 1000)} kB\n`);
}
