import { describe, expect, test } from '@jest/globals';
import { findingsOf, topFindings } from '../../lib/insights/findings.ts';
import type { InsightSection, InsightsInput, Row } from '../../lib/insights/input.ts';
import type { Finding } from '../../lib/model/edition.ts';
import { dateRange, daysOf } from '../../lib/model/period.ts';
import { loadSections } from '../../lib/sections/catalogue.ts';
import { rowLimit } from '../../lib/sections/output-columns.ts';
import { HOSTILE_TEXTS } from '../editions.ts';

const TOTALS = { requests: 10_000, bytes_sent: 1_000_000, bytes_received: 500, error_percent: 2, p95_ms: 100 };

/** What a test changes; rows are by the id of their section. */
interface Changes extends Partial<Omit<InsightsInput, 'sections'>> {
  now?: ReadonlyMap<string, readonly Row[]>;
  before?: ReadonlyMap<string, readonly Row[]>;
}

/** Two equal periods, with the changes of a test. */
function input({ now = new Map(), before = new Map(), ...changes }: Changes): InsightsInput {
  const sections = loadSections().flatMap(({ id, insights, columns, entity = [], sql }): InsightSection[] => {
    const rows = { rows: now.get(id) ?? [], rows_before: before.get(id) ?? [] };
    return insights ? [{ id, rule: insights, columns, entity, limit: rowLimit(sql), ...rows }] : [];
  });
  return {
    period: { kind: 'monthly', from: '2026-10-01', to: '2026-10-31' },
    period_before: { kind: 'monthly', from: '2026-09-01', to: '2026-09-30' },
    headline: TOTALS,
    headline_before: TOTALS,
    headline_section: 'overview',
    owners: {},
    sections,
    ...changes,
  };
}

function rows(section: string, ...list: Row[]): ReadonlyMap<string, readonly Row[]> {
  return new Map([[section, list]]);
}

function texts(changes: Changes): string[] {
  return findingsOf(input(changes)).map(({ text }) => text);
}

describe('totals', () => {
  test('are reported if they reach their threshold, with both figures and the threshold', () => {
    expect(
      texts({
        headline: { requests: 12_000, bytes_sent: '790000', bytes_received: 500, error_percent: 3, p95_ms: 130 },
      }),
    ).toEqual([
      'The error rate rose by 1 point to 3%, from 2% in September 2026 (told from 1 point).',
      'Requests rose by 20% to 12,000, from 10,000 in September 2026 (told from 20%).',
      'Bytes sent fell by 21% to 771 KiB, from 977 KiB in September 2026 (told from 20%).',
      'The 95th percentile of response times rose by 30% to 130 ms, from 100 ms in September 2026 (told from 25%).',
    ]);
  });

  test('are not reported below it', () => {
    const headline = { requests: 11_999, bytes_sent: 810_000, bytes_received: 401, error_percent: 2.99, p95_ms: 124 };
    expect(texts({ headline })).toEqual([]);
  });

  test('have no percentage if they were 0', () => {
    const [finding] = findingsOf(input({ headline_before: { ...TOTALS, bytes_received: 0 } }));
    expect(finding?.text).toBe('Bytes received rose by 500 B to 500 B, from 0 B in September 2026 (told from 20%).');
    expect(finding?.weight).toBeLessThanOrEqual(1);
  });

  test('are not reported without a value', () => {
    expect(texts({ headline: { ...TOTALS, p95_ms: null, error_percent: null } })).toEqual([]);
  });
});

describe('new and gone', () => {
  const change = (kind: string, requests: number, requests_before: number, names: Row): Row => ({
    kind,
    requests: BigInt(requests),
    requests_before: BigInt(requests_before),
    bytes_sent: BigInt(requests * 1024),
    bytes_sent_before: BigInt(requests_before * 1024),
    ...names,
  });

  test('every requester is reported, with requests, share and bytes', () => {
    const list = [change('new', 1, 0, { requester: 'maria' }), change('gone', 0, 500, { requester: 'nightly' })];
    const found = findingsOf(input({ now: rows('requester-changes', ...list) }));
    expect(found.map(({ text }) => text)).toEqual([
      'The requester nightly is gone: 500 requests (5% of all) and 500 KiB sent in September 2026, none since.',
      'New requester maria: 1 request (0.01% of all) and 1 KiB sent.',
    ]);
    expect(found[0]).toMatchObject({
      section: 'requester-changes',
      kind: 'gone',
      figures: { requester: 'nightly', requests_before: 500, bytes_sent_before: 512_000, share: 0.05 },
    });
  });

  test('objects and clients are reported with at least 1 % of all requests or bytes', () => {
    const bulky = { ...change('new', 1, 0, { bucket: 'b', object: 'bulky.iso' }), bytes_sent: 10_000n };
    const now = new Map([
      [
        'object-changes',
        [
          change('new', 100, 0, { bucket: 'b', object: 'k' }),
          bulky,
          change('new', 5, 0, { bucket: 'b', object: 'small' }),
        ],
      ],
      ['client-changes', [change('new', 99, 0, { client_ip: '192.0.2.1' })]],
    ]);
    const clients = texts({
      now,
      headline: { ...TOTALS, bytes_sent: 1e9 },
      headline_before: { ...TOTALS, bytes_sent: 1e9 },
    });
    expect(clients).toEqual(['New object b/k: 100 requests (1% of all) and 100 KiB sent.']);
    expect(texts({ now })).toEqual(
      expect.arrayContaining(['New object b/bulky.iso: 1 request (0.01% of all) and 9.77 KiB sent.']),
    );
  });

  test('endpoints are reported like objects', () => {
    const now = rows(
      'endpoint-changes',
      { kind: 'new', endpoint: '/sale', requests: 300, requests_before: 0, change: 300 },
      { kind: 'new', endpoint: '/rare', requests: 99, requests_before: 0, change: 99 },
      { kind: 'risen', endpoint: '/api', requests: 2000, requests_before: 500, change: 1500 },
    );
    expect(texts({ now })).toEqual([
      'Requests for the endpoint /api rose by 300%, from 500 to 2,000.',
      'New endpoint /sale: 300 requests (3% of all).',
    ]);
  });

  test('requests that doubled or halved are reported if they are a large share of all', () => {
    const now = rows(
      'requester-changes',
      change('risen', 2000, 1000, { requester: 'doubled' }),
      change('risen', 1999, 1000, { requester: 'nearly doubled' }),
      change('fallen', 100, 700, { requester: 'fell' }),
      change('risen', 400, 1, { requester: 'small' }),
    );
    expect(texts({ now })).toEqual([
      'Requests of the requester doubled rose by 100%, from 1,000 to 2,000.',
      'Requests of the requester fell fell by 85.7%, from 700 to 100.',
    ]);
  });
});

describe('ranks', () => {
  const list = (...names: string[]): Row[] =>
    names.map((requester, index) => ({ requester, requests: BigInt(100 - index) }));
  const ranks = (now: Row[], before: Row[]) =>
    texts({ now: rows('top-requesters', ...now), before: rows('top-requesters', ...before) });

  test('a new leader, and a change of five places, are reported', () => {
    expect(ranks(list('b', 'a', 'c', 'd', 'e', 'f', 'g'), list('a', 'b', 'g', 'd', 'e', 'f', 'c'))).toEqual([
      'b now leads the requesters with 100 requests, from rank 2 with 99 requests in September 2026.',
    ]);
    expect(ranks(list('a', 'g', 'b', 'c', 'd', 'e', 'f'), list('a', 'b', 'c', 'd', 'e', 'f', 'g'))).toEqual([
      'The requester g rose to rank 2 with 99 requests, from rank 7 with 94 requests in September 2026.',
    ]);
  });

  test('the same order, a tie in another order, and changes far below the top are not reported', () => {
    expect(ranks(list('a', 'b'), list('a', 'b'))).toEqual([]);
    const tied = (...names: string[]) => names.map((requester) => ({ requester, requests: 7n }));
    expect(ranks(tied('a', 'b'), tied('b', 'a'))).toEqual([]);
    const many = Array.from({ length: 40 }, (_, index) => `r${index}`);
    const swapped = many.toSpliced(20, 1, 'r30').toSpliced(30, 1, 'r20');
    expect(ranks(list(...swapped), list(...many))).toEqual([]);
  });
});

describe('errors', () => {
  const status = (code: number | null, error_code: string | null, requests: number, operation = 'REST.GET.OBJECT') => ({
    status: code,
    operation,
    error_code,
    requests: BigInt(requests),
  });

  test('a status and code that the previous period lacks are reported, summed over operations', () => {
    const now = rows(
      'status',
      status(200, null, 9000),
      status(403, 'AccessDenied', 30),
      status(503, 'SlowDown', 20),
      status(503, 'SlowDown', 5, 'REST.PUT.OBJECT'),
      status(404, 'NoSuchKey', 7),
    );
    const before = rows('status', status(404, 'NoSuchKey', 1, 'REST.HEAD.OBJECT'), status(403, null, 2));
    expect(texts({ now, before })).toEqual([
      'Status 503 (SlowDown) appeared: 25 requests (0.25% of all) over 2 operations, none in September 2026.',
      'Status 403 (AccessDenied) appeared: 30 requests (0.3% of all), none in September 2026.',
    ]);
  });

  test('of a web server are reported by status alone', () => {
    const now = rows('status-codes', { status: 200, requests: 900 }, { status: 502, requests: 100 });
    expect(texts({ now, before: rows('status-codes', { status: 200, requests: 5 }) })).toEqual([
      'Status 502 appeared: 100 requests (1% of all), none in September 2026.',
    ]);
  });

  test('are not reported if no line of the previous period has a status', () => {
    const untold = rows('status', { status: null, operation: null, error_code: null, requests: 900n });
    expect(texts({ now: rows('status', status(500, null, 1)), before: untold })).toEqual([]);
  });

  test('are not reported if the list of the previous period was cut off', () => {
    const cut = Array.from({ length: 500 }, (_, index) => status(404, `Code${index}`, 1));
    expect(texts({ now: rows('status', status(500, null, 1)), before: rows('status', ...cut) })).toEqual([]);
  });
});

describe('days', () => {
  const october = daysOf(dateRange('2026-10-01', '2026-10-31'));
  const day = (name: string, requests: number, errors_5xx = 0): Row => ({
    day: Date.parse(name),
    requests: BigInt(requests),
    errors_4xx: 0n,
    errors_5xx: BigInt(errors_5xx),
    bytes_sent: 0n,
  });
  const usual = (name: string, index: number) => day(name, 1000 + (index % 5) * 10);
  const days = (list: Row[]) => texts({ now: rows('by-day', ...list) });

  test('one far from the median is reported with its distance and the threshold', () => {
    const list = october.map((name, index) => (name === '2026-10-14' ? day(name, 3000) : usual(name, index)));
    expect(days(list)).toEqual([
      '14 October 2026 stands out with 3,000 requests: the median weekday has 1,020, and this one is 38.8 robust deviations away (told beyond 3.5).',
    ]);
  });

  test('a day without lines is reported, but not before the first line or after the last', () => {
    const list = october.map(usual);
    expect(days(list.filter((_, index) => index !== 9))).toEqual([
      '10 October 2026 stands out with 0 requests: the median weekend day has 1,020, and this one is 20.0 robust deviations away (told beyond 3.5).',
    ]);
    expect(days(list.slice(9, 25))).toEqual([]);
  });

  test('a weekly rhythm, even days and few days have no outliers', () => {
    expect(days(october.map((name) => day(name, [0, 6].includes(new Date(name).getUTCDay()) ? 400 : 1000)))).toEqual(
      [],
    );
    expect(days(october.map((name, index) => day(name, index === 3 ? 1030 : 1000)))).toEqual([]);
    expect(days(october.slice(0, 6).map((name, index) => day(name, index === 3 ? 90_000 : 1000)))).toEqual([]);
  });

  test('errors on a single day are reported', () => {
    const list = october.map((name, index) => (index === 20 ? day(name, 1000, 211) : usual(name, index)));
    expect(days(list)).toEqual([
      '21 October 2026 stands out with 211 errors: the median weekday has 0, and this one is 21.1 robust deviations away (told beyond 3.5).',
    ]);
  });

  test('an unknown figure of a day is not an outlier', () => {
    const untold = (name: string, requests: number): Row => ({
      ...day(name, requests),
      errors_4xx: null,
      errors_5xx: null,
      bytes_sent: null,
    });
    expect(days(october.map((name) => untold(name, 1000)))).toEqual([]);
    // 20 days of 300 errors, and others that are unknown, not 0.
    expect(days(october.map((name, index) => (index < 20 ? day(name, 1000, 300) : untold(name, 1000))))).toEqual([]);
  });

  test('lines are compared if there are no requests', () => {
    const lines = october.map((name, index) => ({ day: Date.parse(name), lines: index === 13 ? 3000n : 1000n }));
    const counted = { headline: { requests: 0, lines: 33_000 }, headline_before: { requests: 0, lines: 20_000 } };
    expect(texts({ ...counted, now: rows('lines-by-day', ...lines) })).toEqual([
      'Lines rose by 65% to 33,000, from 20,000 in September 2026 (told from 20%).',
      '14 October 2026 stands out with 3,000 lines: the median weekday has 1,000, and this one is 40.0 robust deviations away (told beyond 3.5).',
    ]);
  });

  test('outliers are reported without a previous period, too', () => {
    const list = october.map((name, index) => (name === '2026-10-14' ? day(name, 3000) : usual(name, index)));
    const first = { headline_before: { requests: 0 }, now: new Map([...rows('by-day', ...list)]) };
    expect(texts(first)).toHaveLength(1);
  });
});

describe('all together', () => {
  test('nothing is compared without a previous period, and nothing is reported without requests', () => {
    const now = rows('requester-changes', { kind: 'new', requester: 'a', requests: 5n, bytes_sent: 0n });
    expect(texts({ now, headline_before: { requests: 0, p95_ms: null } })).toEqual([]);
    expect(texts({ now, headline: { requests: 0 } })).toEqual([]);
    expect(texts({})).toEqual([]);
  });

  test('text from logs is visible and short, and any amount of it stays below the size limit', () => {
    const flood = Array.from({ length: 400 }, (_, index) => ({
      kind: 'new',
      requester: `${HOSTILE_TEXTS[index % HOSTILE_TEXTS.length]} ${'\u0001'.repeat(4000)}`,
      requests: 5n,
      bytes_sent: 0n,
    }));
    const found = findingsOf(input({ now: rows('requester-changes', ...flood) }));
    expect(found.length).toBeGreaterThan(20);
    expect(Buffer.byteLength(JSON.stringify(found))).toBeLessThan(66_000);
    for (const { text } of found) expect(text).not.toMatch(/[\p{Cc}\p{Cs}\u202e\u200b\u2028]/u);
  });

  test('a view shows the most important, at most two of a kind per section', () => {
    const finding = (id: string, kind: Finding['kind'], weight: number): Finding => ({
      id,
      section: 'by-day',
      kind,
      text: id,
      figures: {},
      weight,
    });
    const list = [
      finding('a', 'outlier', 0.9),
      finding('b', 'outlier', 0.8),
      finding('c', 'outlier', 0.7),
      finding('d', 'new', 0.1),
    ];
    expect(topFindings(list, 3).map(({ id }) => id)).toEqual(['a', 'b', 'd']);
  });
});
