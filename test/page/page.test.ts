import { describe, expect, test } from '@jest/globals';
import type { SourceRecord } from '../../lib/edition.ts';
import { renderPage } from '../../lib/page/page.ts';
import { HOSTILE_TEXTS, hostileText, sampleEdition } from '../editions.ts';

const TAG = /<(\/?[a-z][a-z0-9]*)((?:\s+[a-z-]+="[^"<>]*")*)\s*>/gi;
const TAGS =
  'a abbr b bdi body dd div dl dt footer h1 h2 head header html li main meta nav ol p section small span strong style table tbody td th thead title tr';
const ATTRIBUTES = 'aria-label charset class content href http-equiv id lang name role scope style tabindex title';

/** Every tag and attribute of a page; anything else that a browser could take for markup is an error. */
function markup(page: string): { tags: Set<string>; attributes: Set<string> } {
  const body = page.replace('<!doctype html>', '');
  const tags = new Set<string>();
  const attributes = new Set<string>();
  const rest = body.replace(TAG, (_, tag: string, list: string) => {
    tags.add(tag.replace('/', ''));
    for (const [, name] of list.matchAll(/([a-z-]+)="/gi)) attributes.add(name ?? '');
    return '';
  });
  expect(rest).not.toMatch(/[<]/);
  return { tags, attributes };
}

describe('a page', () => {
  const page = renderPage(sampleEdition());

  test('loads nothing and runs nothing', () => {
    expect(page).toContain(`content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;`);
    expect(page).not.toMatch(/<script|<link|<img|src=|@import|url\(/i);
    expect([...page.matchAll(/href="([^"]*)"/g)].filter(([, href]) => /^(\w+:|\/)/.test(href ?? ''))).toEqual([]);
  });

  test('leads with the figures, their changes and exact values', () => {
    expect(page).toMatch(
      /<dt>Requests<\/dt>\s*<dd class="value" title="2,345,001">2,345,001<\/dd>\s*<dd class="change neutral" title="before: 2,087,654">▲ 12.3% \(\+257,347\)/,
    );
    expect(page).toContain('title="9,007,199,254,740,993,123 bytes">7.81 EiB');
    expect(page).toContain('<dd class="change worse" title="before: 0.58%">▲ +0.41 points');
    expect(page).toContain('<dd class="change better" title="before: 36.1 ms">▼ 4.4% (-1.6 ms)');
  });

  test('has every section, linked from the contents, with both files', () => {
    const { record } = sampleEdition();
    for (const { id, files } of record.sections) {
      expect(page).toContain(`<a href="#${id}">`);
      expect(page.split(`<section id="${id}">`)).toHaveLength(2);
      for (const { name } of files) expect(page).toContain(`<a href="./${name}">${name}</a>`);
    }
  });

  test('says which rows it shows', () => {
    expect(page).toContain('The first 25 of 30 rows, all of them in the files:');
    const byDay = page.slice(page.indexOf('<section id="by-day">'), page.indexOf('<section id="by-hour">'));
    expect(byDay.match(/<th scope="row"/g)).toHaveLength(30);
    expect(byDay).toContain('30 rows, also as files:');
  });

  test('draws the longest bar for the largest figure', () => {
    const bars = [...page.matchAll(/--share:([\d.]+)" title="([\d,]+)"/g)].slice(0, 3);
    expect(bars.map(([, share]) => share)).toEqual(['1.0000', '0.6250', '0.4545']);
  });

  test('marks approximate columns and times as UTC', () => {
    expect(page).toContain('95th percentile <abbr title="approximate">≈</abbr>');
    expect(page).toContain('≈ approximate. ');
    expect(page).toContain('First seen (UTC)');
    expect(page).toContain('All times are UTC.');
  });

  test('tells engine, cost, revision and data quality', () => {
    expect(page).toContain('Amazon Athena scanned 1.46 GiB for $0.00784 in 41.3 s.');
    expect(page).toContain('Revision 1, published 2026-11-03 06:00:12 UTC');
    expect(page).toContain('<td class="figure">2,345,678</td>');
    expect(page).toContain('Log delivery is best effort');
  });

  test('is the same for the same edition', () => {
    expect(renderPage(sampleEdition())).toBe(page);
  });
});

describe('a page without a line', () => {
  const page = renderPage(sampleEdition(0));

  test('says so, in the lead and in each section', () => {
    expect(page).toContain('No request was logged in this period.');
    expect(page).toContain('no lines before');
    const sections = sampleEdition(0).record.sections.filter(({ id }) => id !== 'overview');
    expect(page.match(/Nothing in this period\./g)).toHaveLength(sections.length);
    expect(page).not.toMatch(/NaN|Infinity|undefined|null/);
  });
});

test('the first report compares with nothing', () => {
  const page = renderPage(sampleEdition(30, undefined, { headline_before: { requests: 0 } }));
  expect(page.match(/<dd class="change neutral"[^>]*>no lines before/g)).toHaveLength(8);
  expect(page).not.toContain('▲');
});

test('select_all adds the requests', () => {
  const files = [{ name: 'requests.parquet', size_bytes: 5, sha256: '' }];
  const requests = { id: 'requests', title: 'Every request', answers: 'All of them.', columns: [], rows: 9, files };
  const page = renderPage(sampleEdition(1, undefined, { requests }));
  expect(page).toContain('<a href="#requests">Every request</a>');
  expect(page).toContain('<a href="./requests.parquet">');
});

describe('hostile text', () => {
  const source: SourceRecord = {
    source: '"><script>alert(2)</script>',
    format: 's3-access',
    lines: 3,
    parsed: 1,
    rejected: 1,
    duplicates: 1,
    first_event: null,
    last_event: null,
    hours_without_a_line: 1,
    unreadable: HOSTILE_TEXTS.map((log_object) => ({ log_object, reason: '<b>broken</b>' })),
  };
  const title = HOSTILE_TEXTS.join(' ');
  const edition = sampleEdition(30, hostileText, { title, report: title, sources: [source] });
  const page = renderPage(edition);

  test('never becomes markup', () => {
    const { tags, attributes } = markup(page);
    expect([...tags].filter((tag) => !TAGS.split(' ').includes(tag))).toEqual([]);
    expect([...attributes].filter((name) => !ATTRIBUTES.split(' ').includes(name))).toEqual([]);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain('&quot;&gt;&lt;img src=x onerror=alert(1)&gt;');
  });

  test('hides nothing: controls and overrides are spelt out', () => {
    expect(page).toContain('invoice[U+202E]fdp.exe');
    expect(page).toContain('nul[U+0000]bel[U+0007]escape[U+001B][31m[U+000D][U+000A]Bcc');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is the point
    expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b\ufeff\u2028]/);
    expect(page.isWellFormed()).toBe(true);
  });

  test('is cut in the cell, and in its title too', () => {
    expect(page).toMatch(/<bdi title="long-x{200,}…x+-end">long-x{30,}…x+-end<\/bdi>/);
    expect(page.length).toBeLessThan(700_000);
    const cells = [...page.matchAll(/title="([^"]*)"/g)].map(([, text]) => text?.length ?? 0);
    expect(Math.max(...cells)).toBeLessThanOrEqual(500);
  });
});
