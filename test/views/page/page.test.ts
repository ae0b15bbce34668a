import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Edition, SourceRecord } from '../../../lib/model/edition.ts';
import type { PageData } from '../../../lib/views/page/data.ts';
import { renderPage } from '../../../lib/views/page/page.ts';
import { PAGE_SCRIPT } from '../../../lib/views/page/page-script.ts';
import { HOSTILE_TEXTS, hostileText, sampleEdition } from '../../editions.ts';

const TAG = /<(\/?[a-z][a-z0-9]*)((?:\s+[a-z:-]+(?:="[^"<>]*")?)*)\s*\/?>/gi;
const TAGS =
  'a abbr b bdi body dd details div dl dt figcaption figure footer h1 h2 h3 head header html li main meta nav p section small span strong style summary table tbody td th thead title tr ul ' +
  'clipPath defs g path rect svg text';
const ATTRIBUTES =
  'aria-label charset class content data-ranking href http-equiv id lang name role scope style tabindex title ' +
  'baseProfile clip-path d dominant-baseline fill fill-opacity height opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor transform version viewBox width x xml:space xmlns xmlns:xlink y';
const DATA = /<script type="application\/json" id="data">([^<]*)<\/script>/;

/** All tags and attributes of a page outside its scripts. Anything else that a browser could parse as markup fails the test. */
function markup(page: string): { tags: Set<string>; attributes: Set<string> } {
  const body = page.replace('<!doctype html>', '').replace(DATA, '').replace('<script></script>', '');
  const tags = new Set<string>();
  const attributes = new Set<string>();
  const rest = body.replace(TAG, (_, tag: string, list: string) => {
    tags.add(tag.replace('/', ''));
    for (const [, name] of list.matchAll(/\s([a-z:-]+)(?:="[^"]*")?/gi)) attributes.add(name ?? '');
    return '';
  });
  expect(rest).not.toMatch(/[<]/);
  return { tags, attributes };
}

/** A page without its script, which is the same for all pages. */
function pageOf(edition: Edition): string {
  return renderPage(edition).replace(PAGE_SCRIPT, '');
}

function dataOf(page: string): PageData {
  return JSON.parse(page.match(DATA)?.[1] ?? '');
}

describe('a page', () => {
  const page = pageOf(sampleEdition());

  test('loads nothing, and runs only its own script', () => {
    const [, policy = ''] = page.match(/http-equiv="Content-Security-Policy" content="([^"]*)"/) ?? [];
    const digest = (text: string) => createHash('sha256').update(text).digest('base64');
    expect(policy.replaceAll('&#39;', "'").split('; ')).toEqual([
      "default-src 'none'",
      `script-src 'sha256-${digest(PAGE_SCRIPT)}'`,
      `style-src 'sha256-${digest(page.match(/<style>(.*?)<\/style>/s)?.[1] ?? '')}'`,
      "style-src-attr 'unsafe-inline'",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(renderPage(sampleEdition()).split(`<script>${PAGE_SCRIPT}</script>`)).toHaveLength(2);
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page).not.toMatch(/<link|<img|src=|@import|url\((?!#)/i);
    expect([...page.matchAll(/href="([^"]*)"/g)].filter(([, href]) => /^(\w+:|\/)/.test(href ?? ''))).toEqual([]);
  });

  test('starts with the headline figures, their changes and exact values', () => {
    expect(page).toMatch(
      /<dt>Requests<\/dt>\s*<dd class="value" title="2,345,001">2,345,001<\/dd>\s*<dd class="change neutral" title="before: 2,087,654">▲ 12.3% \(\+257,347\)/,
    );
    expect(page).toContain('title="9,007,199,254,740,993,123 bytes">7.81 EiB');
    expect(page).toContain('<dd class="change worse" title="before: 0.58%">▲ +0.41 points');
    expect(page).toContain('<dd class="change better" title="before: 36.1 ms">▼ 4.4% (-1.6 ms)');
  });

  test('has every section, linked from the contents, with links to both files', () => {
    const { record } = sampleEdition();
    for (const { id, files } of record.sections) {
      expect(page).toContain(`<a href="#${id}">`);
      expect(page.split(`<section id="${id}">`)).toHaveLength(2);
      for (const { name } of files) expect(page).toContain(`<a href="./${name}">${name}</a>`);
    }
  });

  test('says how many of the rows it shows', () => {
    expect(page).toContain('<span class="print-only">The first 15 of </span>30 rows, all of them in the files:');
    const byDay = page.slice(page.indexOf('<section id="by-day">'), page.indexOf('<section id="by-hour">'));
    expect(byDay.match(/<th scope="row"/g)).toHaveLength(30);
    expect(byDay).toContain('30 rows, all of them in the files:');
  });

  test('draws the longest bar for the largest figure', () => {
    const bars = [...page.matchAll(/--share:([\d.]+)"/g)].slice(0, 3);
    expect(bars.map(([, share]) => share)).toEqual(['1.0000', '0.6250', '0.4545']);
  });

  test('draws the charts of each section, and describes them in words', () => {
    const chart = (id: string) => page.match(new RegExp(`<figure class="chart" id="${id}">.*?</figure>`, 's'))?.[0];
    expect(chart('by-day-chart-1')).toMatch(
      /aria-label="Requests by day\. October 2026: most [\d,]+, \w{3}, \d+ October/,
    );
    expect(chart('by-day-chart-1')).toMatch(/<svg [^>]*viewBox="0 0 \d+ \d+">/);
    expect(chart('by-day-chart-2')).toContain('Server errors (5xx)');
    expect(chart('top-requesters-chart-1')).toContain('…iam::111122223333:user/maria.lopez</text>');
    const { charts } = dataOf(page);
    expect(charts['by-day-chart-1']?.labels.at(-1)).toBe('2026-10-31');
    expect(charts['by-day-chart-1']?.series[0]?.values.slice(0, 2)).toEqual([1_234_567, 771_604]);
  });

  test('lists the findings, each with a link to its section', () => {
    expect(page).toContain('<a class="finding-kind outlier" href="#by-day">Day</a> <bdi>14 October 2026 stands out');
    expect(page.match(/class="finding-kind/g)).toHaveLength(4);
    expect(pageOf(sampleEdition(30, undefined, { findings: [] }))).not.toContain('What moved');
  });

  test('contains exact rows for its script, as many as fit into its size budget', () => {
    const { tables } = dataOf(page);
    const byBytes = tables.find(({ id }) => id === 'top-objects-by-bytes');
    expect(byBytes).toMatchObject({ total: 30, printed: 15 });
    expect(byBytes?.rows).toHaveLength(30);
    expect(byBytes?.rows[1]?.[2]).toBe(771_604);
    const busy = renderPage(sampleEdition(1000, (column, row) => `${column}-${'k'.repeat(400)}-${row}`));
    expect(Buffer.byteLength(busy)).toBeLessThan(2_000_000);
    const shown = dataOf(busy).tables.map(({ id, rows, total }) => ({
      id,
      isEnough: rows.length >= Math.min(10, total),
    }));
    expect(shown.filter(({ isEnough }) => !isEnough)).toEqual([]);
    expect(Math.max(...dataOf(busy).tables.map(({ rows }) => rows.length))).toBeLessThanOrEqual(1000);
  });

  test('marks approximate columns, and says that times are UTC', () => {
    expect(page).toContain('95th percentile <abbr title="approximate">≈</abbr>');
    expect(page).toContain('≈ approximate. ');
    expect(page).toContain('First seen (UTC)');
    expect(page).toContain('All times are UTC.');
  });

  test('shows engine, cost, revision and data quality', () => {
    expect(page).toContain('Amazon Athena scanned 1.46 GiB for $0.00784 in 41.3 s.');
    expect(page).toContain('Revision 1, published 2026-11-03 06:00:12 UTC');
    expect(page).toContain('<td class="figure">2,345,678</td>');
    expect(page).toContain('Log delivery is best effort');
  });

  test('has the same bytes for the same edition', () => {
    expect(pageOf(sampleEdition())).toBe(page);
  });
});

describe('a page without lines', () => {
  const page = pageOf(sampleEdition(0));

  test('states that at the top and in each section', () => {
    expect(page).toContain('No request was logged in this period.');
    expect(page).toContain('no lines before');
    const sections = sampleEdition(0).record.sections.filter(({ id }) => id !== 'overview');
    expect(page.match(/Nothing in this period\./g)).toHaveLength(sections.length);
    expect(page).not.toMatch(/NaN|Infinity|undefined|null/);
  });
});

test('the first report has no comparisons', () => {
  const page = pageOf(sampleEdition(30, undefined, { headline_before: { requests: 0 } }));
  expect(page.match(/<dd class="change neutral"[^>]*>no lines before/g)).toHaveLength(8);
  expect(page).not.toContain('▲');
});

test('select_all adds links to all requests', () => {
  const files = [{ name: 'requests.parquet', size_bytes: 5, sha256: '' }];
  const requests = { id: 'requests', title: 'Every request', description: 'All of them.', columns: [], rows: 9, files };
  const page = pageOf(sampleEdition(1, undefined, { requests: [requests] }));
  expect(page).toContain('<a href="#requests">Every request</a>');
  expect(page).toContain('<a href="./requests.parquet">');
});

describe('hostile text', () => {
  const source: SourceRecord = {
    source: '"><script>alert(2)</script>',
    format: 's3-access',
    lines: 3,
    parsed: 1,
    requests: 1,
    not_requests: {},
    rejected: 1,
    duplicates: 1,
    first_event: null,
    last_event: null,
    hours_without_a_line: 1,
    unreadable: HOSTILE_TEXTS.map((log_object) => ({ log_object, reason: '<b>broken</b>' })),
  };
  const title = HOSTILE_TEXTS.join(' ');
  const edition = sampleEdition(30, hostileText, { title, report: title, sources: [source] });
  const page = pageOf(edition);

  test('never becomes markup', () => {
    const { tags, attributes } = markup(page);
    expect([...tags].filter((tag) => !TAGS.split(' ').includes(tag))).toEqual([]);
    expect([...attributes].filter((name) => !ATTRIBUTES.split(' ').includes(name))).toEqual([]);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain('&quot;&gt;&lt;img src=x onerror=alert(1)&gt;');
  });

  test('is complete: control characters and text direction overrides are shown as names', () => {
    expect(page).toContain('invoice[U+202E]fdp.exe');
    expect(page).toContain('nul[U+0000]bel[U+0007]escape[U+001B][31m[U+000D][U+000A]Bcc');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is the point
    expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b\ufeff\u2028]/);
    expect(page.isWellFormed()).toBe(true);
  });

  test('is cut in the cell, and in the text shown on hover', () => {
    expect(page).toMatch(/<bdi>long-x{30,}…x+-end<\/bdi>/);
    const texts = dataOf(page).tables.flatMap(({ rows }) => rows.flat().filter((value) => typeof value === 'string'));
    expect(texts.some((text) => /^long-x{200,}…x+-end$/.test(text))).toBe(true);
    expect(Math.max(...texts.map((text) => text.length))).toBeLessThanOrEqual(500);
    expect(page.length).toBeLessThan(2_000_000);
  });
});
