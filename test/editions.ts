import { Table } from 'apache-arrow';
import type { SourceKind } from '../lib/formats/format.ts';
import type { Column } from '../lib/model/columns.ts';
import type { Edition, EditionRecord, Finding, Headline, SectionRecord } from '../lib/model/edition.ts';
import { placementOf } from '../lib/model/placement.ts';
import type { Value } from '../lib/model/value.ts';
import { applies } from '../lib/sections/applies.ts';
import { loadSections } from '../lib/sections/catalogue.ts';
import { recordBatch } from '../lib/tables/schema.ts';

/** The text of a cell, by the column's name and the row's index. */
export type TextOf = (column: string, row: number) => string | null;

const CHOICES: Record<string, readonly (string | null)[]> = {
  requester: [
    'arn:aws:sts::111122223333:assumed-role/nightly-export/i-0abc1234def567890',
    'arn:aws:iam::111122223333:user/maria.lopez',
    'arn:aws:sts::111122223333:assumed-role/web-frontend/session-20261007',
    'anonymous',
    'arn:aws:iam::444455556666:user/partner-sync',
  ],
  object: [
    'exports/2026/10/orders-part-00017.parquet',
    'public/images/hero@2x.webp',
    'backups/db/nightly-2026-10-14.dump.zst',
    'index.html',
    'reports/Überblick 2026/Zusammenfassung – Q3.pdf',
  ],
  bucket: ['example-data', 'example-public', 'example-backups'],
  prefix: ['exports/2026', 'public/images', 'backups/db', '', 'reports'],
  operation: ['REST.GET.OBJECT', 'REST.PUT.OBJECT', 'REST.HEAD.OBJECT', 'REST.GET.BUCKET', 'BATCH.DELETE.OBJECT'],
  error_code: ['AccessDenied', 'NoSuchKey', null, 'SlowDown'],
  user_agent: [
    'aws-sdk-java/2.29.1 md/io#sync md/http#Apache ua/2.1 os/Linux#6.1.0 lang/java#21.0.5 cfg/retry-mode#standard',
    'Boto3/1.35.64 md/Botocore#1.35.64 ua/2.0 os/linux md/arch#x86_64 lang/python#3.12.7',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36',
    'curl/8.10.1',
  ],
  client_ip: ['192.0.2.17', '198.51.100.4', '2001:db8::7:1', '203.0.113.250'],
  kind: ['new', 'risen', 'gone', 'fallen'],
  safeguard: ['Block public access', 'Signature version 4 only', 'TLS 1.2 or later', 'ACLs disabled'],
  ready: ['no', 'no', 'yes', 'unknown'],
  tier: ['PUT, COPY, POST, LIST', 'GET and others', 'Free'],
  referrer: ['https://www.example.com/catalogue', null],
};

/** Names as in real logs. */
export const usualText: TextOf = (column, row) => {
  const choices = CHOICES[column] ?? [`${column}-${row + 1}`];
  const place = column === 'safeguard' ? Math.floor(row / 8) : row;
  return choices[place % choices.length] ?? null;
};

/** Text that an attacker puts into a log to break or abuse the views that show it. */
export const HOSTILE_TEXTS = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  'invoice\u202Efdp.exe',
  'nul\u0000bel\u0007escape\u001b[31m\r\nBcc: victim@example.com',
  `long-${'x'.repeat(10_000)}-end`,
  'lone \ud800 surrogate',
  '</style></table></html><!--',
  '=HYPERLINK("https://example.com","click")',
  '{{constructor}} &lt;b&gt; %3Cscript%3E',
  '漢字の鍵 🗝️ مفتاح e\u0301\u0301\u0301\u0301\u0301\u0301\u0301',
  'zero\u200bwidth\ufeff\u2028line',
];

export const hostileText: TextOf = (column, row) =>
  column === 'kind' ? usualText(column, row) : (HOSTILE_TEXTS[row % HOSTILE_TEXTS.length] ?? null);

const MAX_ROWS: Readonly<Record<string, number>> = {
  'non-requests': 8,
  overview: 1,
  'by-hour': 24,
  'by-weekday-hour': 168,
};

/** An edition with all sections for the kinds of sources, of `rows` rows each. With 0 rows the period has no lines. */
export function sampleEdition(
  rows = 30,
  textOf: TextOf = usualText,
  changes: Partial<EditionRecord> = {},
  kinds: readonly SourceKind[] = ['storage'],
): Edition {
  const tables = new Map<string, Table>();
  const asked = loadSections().filter((section) => kinds.some((kind) => applies(section, kind)));
  const sections = asked.map(({ id, title, description, note, group, columns, charts, ...others }): SectionRecord => {
    const count = Math.min(rows, MAX_ROWS[id] ?? rows);
    const values = columns.map((column) => Array.from({ length: count }, (_, row) => cellOf(column, row, textOf)));
    tables.set(id, new Table([recordBatch(columns, values)]));
    const file = (name: string, size_bytes: number) => ({ name, size_bytes, sha256: '0'.repeat(64) });
    const files = [file(`${id}.parquet`, 2048 + 97 * count), file(`${id}.csv.gz`, 512 + 31 * count)];
    const before = charts?.some(({ compare }) => compare) && rowsBefore(columns, count);
    return {
      ...{ id, title, description, group, columns, rows: count, files },
      ...placementOf(others),
      ...(note && { note }),
      ...(charts && { charts }),
      ...(before && { before }),
    };
  });
  return { record: { ...sampleRecord(rows > 0), sections, ...changes }, tables };
}

/** Rows of the previous period: figures a little lower, by day of September or by hour. */
function rowsBefore(columns: readonly Column[], count: number): Headline[] {
  return Array.from({ length: count }, (_, row) =>
    Object.fromEntries(
      columns.map((column) => {
        const value = cellOf(column, row, usualText);
        if (column.unit === 'day') return [column.name, `2026-09-${String((row % 30) + 1).padStart(2, '0')}`];
        return [
          column.name,
          column.unit === 'hour' || value === null ? Number(value) : Math.round(Number(value) * 0.8),
        ];
      }),
    ),
  );
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** A value of any column, the same for the same column and row. */
function cellOf(column: Column, row: number, textOf: TextOf): Value {
  const { name, type } = column;
  if (name === 'status') return [200, 206, 403, 404, 503][row % 5] ?? 200;
  if (name === 'weekday' && textOf === usualText) return WEEKDAYS[Math.floor(row / 24) % 7] ?? null;
  if (type === 'varchar') return textOf(name, row);
  if (type === 'boolean') return row % 3 === 0;
  if (type === 'timestamp') return Date.UTC(2026, 9, 1 + (row % 31), row % 24, (row * 7) % 60, 12, 345);
  if (type === 'date') return Date.UTC(2026, 9, 1 + row);
  const figure = figureOf(column, row);
  return type === 'bigint' ? BigInt(figure) : figure;
}

/** A figure by its unit. Most shrink from row to row, as in a ranking; some vary around a mean. */
function figureOf({ name, unit }: Column, row: number): number {
  const shrink = 1 / (1 + row * 0.6);
  const wobble = 0.75 + ((row * 37 + name.length * 11) % 50) / 100;
  if (unit === 'hour') return row % 24;
  if (unit === 'percent') return row % 4 === 0 ? 0 : 2.347 * wobble;
  if (unit === 'ms') return 87.25 * wobble * (name.startsWith('p9') || name.startsWith('max') ? 40 : 1);
  if (unit === 'usd') return 12.3456789 * shrink;
  return Math.round(largestOf(name, unit) * shrink * (name === 'requests' ? 1 : wobble));
}

function largestOf(name: string, unit: Column['unit']): number {
  if (unit === 'bytes') return 987_654_321_098;
  return name.startsWith('requests') ? 1_234_567 : 4_321;
}

function sampleRecord(hasLines: boolean): Omit<EditionRecord, 'sections'> {
  const source = hasLines
    ? {
        lines: 2_345_678,
        parsed: 2_345_001,
        requests: 2_345_001,
        not_requests: {},
        duplicates: 612,
        rejected: 65,
        first_event: '2026-10-01T00:00:02.000Z',
        last_event: '2026-10-31T23:59:58.000Z',
        hours_without_a_line: 3,
      }
    : {
        lines: 0,
        parsed: 0,
        requests: 0,
        not_requests: {},
        duplicates: 0,
        rejected: 0,
        first_event: null,
        last_event: null,
        hours_without_a_line: 744,
      };
  return {
    edition_version: 1,
    report: 'monthly-access',
    title: 'Who reads our data',
    period: { kind: 'monthly', from: '2026-10-01', to: '2026-10-31' },
    period_before: { kind: 'monthly', from: '2026-09-01', to: '2026-09-30' },
    revision: 1,
    published_at: '2026-11-03T06:00:12.000Z',
    inputs_sha256: '0'.repeat(64),
    engine: 'athena',
    sources: [{ source: 'app', format: 's3-access', unreadable: [], ...source }],
    headline: hasLines ? HEADLINE : NO_LINES,
    headline_before: hasLines ? HEADLINE_BEFORE : NO_LINES,
    findings: hasLines ? FINDINGS : [],
    bytes_scanned: 1_567_890_123,
    cost_usd: 0.00784,
    duration_ms: 41_250,
  };
}

const HEADLINE = {
  requests: 2_345_001,
  clients: 18_220,
  requesters: 41,
  downloads: 1_900_400,
  uploads: 212_345,
  bytes_sent: '9007199254740993123',
  bytes_received: 48_318_382_080,
  errors_4xx: 23_100,
  errors_5xx: 211,
  error_percent: 0.994072,
  anonymous_requests: 120_345,
  median_ms: 34.5,
  p95_ms: 1875.25,
};

const HEADLINE_BEFORE = {
  requests: 2_087_654,
  clients: 18_220,
  requesters: 44,
  downloads: 1_700_000,
  uploads: 232_345,
  bytes_sent: '9007199254740993000',
  bytes_received: 53_687_091_200,
  errors_4xx: 12_100,
  errors_5xx: 0,
  error_percent: 0.58,
  anonymous_requests: 100_345,
  median_ms: 36.1,
  p95_ms: 1712,
};

const FINDINGS: Finding[] = [
  {
    id: 'by-day-2026-10-14',
    section: 'by-day',
    kind: 'outlier',
    text: '14 October 2026 stands out with 412,345 requests: 5.4 times the median day of 76,210, beyond 5 median absolute deviations (12,040 each).',
    figures: { day: '2026-10-14', requests: 412_345, median: 76_210, deviation: 12_040, threshold: 5 },
    weight: 0.9,
  },
  {
    id: 'overview-errors_5xx',
    section: 'overview',
    headline_figure: 'errors_5xx',
    kind: 'risen',
    text: 'Server errors (5xx) rose from 0 to 211.',
    figures: { errors_5xx: 211, errors_5xx_before: 0 },
    weight: 0.8,
  },
  {
    id: 'requester-changes-new-1',
    section: 'requester-changes',
    kind: 'new',
    text: 'New requester arn:aws:iam::444455556666:user/partner-sync made 20,345 requests and was sent 12.3 GiB.',
    figures: { requester: 'arn:aws:iam::444455556666:user/partner-sync', requests: 20_345, bytes_sent: 13_207_024_435 },
    weight: 0.6,
  },
  {
    id: 'status-503-SlowDown',
    section: 'status',
    kind: 'appeared',
    text: 'Status 503 (SlowDown) appeared: 211 requests, none in the period before.',
    figures: { status: 503, error_code: 'SlowDown', requests: 211 },
    weight: 0.5,
  },
];

const NO_LINES = {
  requests: 0,
  clients: 0,
  requesters: 0,
  bytes_sent: 0,
  bytes_received: 0,
  error_percent: null,
  median_ms: null,
  p95_ms: null,
};
