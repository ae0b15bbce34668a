import { describe, expect, test } from '@jest/globals';
import { parseConfig, reportOf } from '../../lib/config/config.ts';
import type { EditionRecord, SectionRecord, SourceRecord } from '../../lib/model/edition.ts';
import { dateRange } from '../../lib/model/period.ts';
import { type EditionParts, editionRecord } from '../../lib/report/edition-record.ts';
import type { ReportRequest } from '../../lib/report/ports.ts';

const CONFIG = parseConfig(
  'sources: { web: {} }\nreports: { web: { title: Web }, partners: { privacy: { client_ip: truncate } } }',
  '/logtally.yaml',
  { section_ids: ['overview'] },
);

function request(report = 'web', started_at = '2026-11-03T06:00:00.000Z'): ReportRequest {
  return {
    report: reportOf(CONFIG, report),
    period: dateRange('2026-10-05', '2026-10-06'),
    select_all: false,
    email: false,
    remove_meta: false,
    remove_original_logs: false,
    publish_empty: false,
    whole_input: false,
    started_at,
    run_id: 'run-1',
  };
}

function source(lines: number): SourceRecord {
  return {
    source: 'web',
    format: 's3-access',
    lines,
    parsed: lines,
    requests: lines,
    not_requests: {},
    rejected: 0,
    duplicates: 0,
    first_event: '2026-10-05T00:00:00.000Z',
    last_event: '2026-10-06T23:00:00.000Z',
    hours_without_a_line: 0,
    unreadable: [],
  };
}

/** A section whose data file has a digest. */
function section(id: string, sha256: string): SectionRecord {
  const files = [{ name: `${id}.parquet`, size_bytes: 100, sha256 }];
  return { id, title: id, description: 'What it says.', columns: [], rows: 1, files };
}

function parts(changes: Partial<EditionParts> = {}): EditionParts {
  return {
    period_before: dateRange('2026-10-03', '2026-10-04'),
    inputs_sha256: 'inputs',
    engine: 'duckdb',
    sources: [source(10)],
    owners: {},
    headline: { requests: 10 },
    headline_before: { requests: 8 },
    findings: [],
    sections: [section('overview', 'aa')],
    requests: undefined,
    bytes_scanned: null,
    cost_usd: 0,
    now_ms: Date.parse('2026-11-03T06:00:41.250Z'),
    ...changes,
  };
}

test('the first record is revision 1, published when the run began', () => {
  expect(editionRecord(request(), parts(), undefined)).toEqual({
    edition_version: 1,
    report: 'web',
    title: 'Web',
    period: dateRange('2026-10-05', '2026-10-06'),
    period_before: dateRange('2026-10-03', '2026-10-04'),
    revision: 1,
    published_at: '2026-11-03T06:00:00.000Z',
    inputs_sha256: 'inputs',
    engine: 'duckdb',
    sources: [source(10)],
    headline: { requests: 10 },
    headline_before: { requests: 8 },
    findings: [],
    sections: [section('overview', 'aa')],
    bytes_scanned: null,
    cost_usd: 0,
    duration_ms: 41_250,
  });
});

describe('beside a previous record', () => {
  const previous = editionRecord(request('web', '2026-11-02T06:00:00.000Z'), parts(), undefined);
  const next = (changes: Partial<EditionParts> = {}, before: EditionRecord = previous) =>
    editionRecord(request(), parts(changes), before);

  test('the same files and counts keep its revision and time, regardless of the inputs', () => {
    expect(next({ inputs_sha256: 'others' })).toMatchObject({
      revision: 1,
      published_at: '2026-11-02T06:00:00.000Z',
      inputs_sha256: 'others',
    });
  });

  test.each<[string, Partial<EditionParts>]>([
    ['another data file', { sections: [section('overview', 'bb')] }],
    ['a section more', { sections: [section('overview', 'aa'), section('by-day', 'cc')] }],
    ['another count of lines', { sources: [{ ...source(10), rejected: 1, parsed: 9 }] }],
  ])('%s makes the next revision, published now', (_what, changes) => {
    expect(next(changes)).toMatchObject({ revision: 2, published_at: '2026-11-03T06:00:00.000Z' });
  });

  test('lines that came since are counted as late, and added up over revisions', () => {
    const second = next({ sources: [source(13)] });
    expect(second.sources).toEqual([{ ...source(13), late: 3 }]);
    expect(next({ sources: [source(14)] }, second)).toMatchObject({ revision: 3, sources: [{ lines: 14, late: 4 }] });
    expect(next({ sources: [source(13)] }, second)).toMatchObject({ revision: 2, sources: [{ lines: 13, late: 3 }] });
  });

  test('every request counts only if this run writes it too', () => {
    const withRequests = next({ requests: [section('requests', 'dd')] });
    expect(withRequests).toMatchObject({ revision: 2, requests: [section('requests', 'dd')] });
    const without = next({}, withRequests);
    expect(without.revision).toBe(2);
    expect(without).not.toHaveProperty('requests');
  });
});

test('privacy and owners are in the record only if there are any', () => {
  const record = editionRecord(request('partners'), parts({ owners: { requester: { a: 'acme' } } }), undefined);
  expect(record).toMatchObject({
    privacy: { client_ip: 'truncate', query: 'keep' },
    owners: { requester: { a: 'acme' } },
  });
});
