import { expect, test } from '@jest/globals';
import { qualityLines, runLine } from '../../lib/text/quality.ts';
import { sampleEdition } from '../editions.ts';

const { record } = sampleEdition();

test('a sentence per source says what happened to its lines', () => {
  expect(qualityLines(record)).toEqual([
    'app: 2,345,678 lines: 2,345,001 requests, 612 duplicates, 65 rejected (<0.01%); ' +
      'events from 2026-10-01 00:00:02 to 2026-10-31 23:59:58 UTC; 3 hours without a line.',
  ]);
});

test('lines that are not requests are counted by their kind', () => {
  const [source] = record.sources;
  if (!source) throw new Error('the edition has no source');
  const counts = {
    lines: 11,
    parsed: 10,
    requests: 1,
    not_requests: { lifecycle: 8, batch_item: 1 },
    duplicates: 1,
    rejected: 0,
  };
  expect(qualityLines({ ...record, sources: [{ ...source, ...counts }] })[0]).toContain(
    'app: 11 lines: 1 request, 9 lines that are not requests (8 lifecycle, 1 batch item), 1 duplicates, 0 rejected; ',
  );
});

test('unreadable input is named, and so is a previous period without lines', () => {
  const unreadable = Array.from({ length: 7 }, (_, index) => ({
    log_object: `a\u0000${index}.gz`,
    reason: 'ends early',
  }));
  const [source] = record.sources;
  const lines = qualityLines({ ...record, headline_before: {}, sources: source ? [{ ...source, unreadable }] : [] });
  expect(lines[1]).toBe('app: a[U+0000]0.gz ends early.');
  expect(lines).toContain('app: 2 more inputs were passed over or read in part.');
  expect(lines.at(-1)).toBe('No lines before: September 2026 holds none to compare with.');
});

test('a sentence says what the run cost', () => {
  expect(runLine(record)).toBe('Amazon Athena scanned 1.46 GiB for $0.00784 in 41.3 s.');
  expect(runLine({ ...record, engine: 'duckdb', bytes_scanned: null, cost_usd: 0 })).toBe(
    'DuckDB took 41.3 s; queries on this machine cost nothing.',
  );
});
