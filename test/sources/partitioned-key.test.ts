import { describe, expect, test } from '@jest/globals';
import { folderDay } from '../../lib/sources/file-day.ts';
import { partitionedKey } from '../../lib/sources/partitioned-key.ts';
import { checkKey } from '../../lib/store/key.ts';

const ARRIVED = new Date('2026-10-09T00:00:01Z');

test.each([
  // Fastly
  ['2026-10-06T23:00:00.000--Jm1xGqUnX0.log.gz', '2026/10/06/2026-10-06T23:00:00.000--Jm1xGqUnX0.log.gz'],
  ['shop/2026-10-06T23:00:00.000-Jm1xGq.log', '2026/10/06/shop/2026-10-06T23:00:00.000-Jm1xGq.log'],
  // CloudFront
  ['E2EXAMPLE12345.2026-10-06-23.abcd1234.gz', '2026/10/06/E2EXAMPLE12345.2026-10-06-23.abcd1234.gz'],
  // S3
  ['2026-10-06-00-00-38-1A2B3C4D5E6F7890', '2026/10/06/2026-10-06-00-00-38-1A2B3C4D5E6F7890'],
  ['example-website2026-10-06-00-00-38-1A2B', '2026/10/06/example-website2026-10-06-00-00-38-1A2B'],
  // A load balancer
  ['111122223333_x_20261006T2340Z_192.0.2.1_a.log.gz', '2026/10/06/111122223333_x_20261006T2340Z_192.0.2.1_a.log.gz'],
  // Rotated logs
  ['web01/access.log-2026-10-06.gz', '2026/10/06/web01/access.log-2026-10-06.gz'],
  // No date, an invalid date, a date in the future
  ['access.log', '2026/10/09/access.log'],
  ['access-2026-13-45.log', '2026/10/09/access-2026-13-45.log'],
  ['release-2030-01-01.log', '2026/10/09/release-2030-01-01.log'],
  ['2026-10-10-00-00-00-AHEAD', '2026/10/10/2026-10-10-00-00-00-AHEAD'],
  // Names that Athena hides or a store refuses
  ['../../2026-10-06-a.log', '2026/10/06/%2E./%2E./2026-10-06-a.log'],
  ['_temporary/.spark/2026-10-06-a.log', '2026/10/06/%5Ftemporary/%2Espark/2026-10-06-a.log'],
  ['a//b-2026-10-06.log', '2026/10/06/a/%/b-2026-10-06.log'],
  ['a\\b\n\0%2E-2026-10-06.log', '2026/10/06/a%5Cb%0A%00%252E-2026-10-06.log'],
  ["käse + 'x';--2026-10-06.log", "2026/10/06/käse + 'x';--2026-10-06.log"],
])('%j is copied to %j', (name, key) => {
  expect(partitionedKey(name, ARRIVED)).toBe(key);
  expect(() => checkKey(key)).not.toThrow();
});

test.each(['', 'folder/', '.DS_Store', 'cdn/_SUCCESS', 'cdn/.2026-10-06-hidden.log'])('%j is not a log', (name) => {
  expect(partitionedKey(name, ARRIVED)).toBeUndefined();
});

describe('different names', () => {
  test('never have the same copy', () => {
    const names = ['a/b', 'a//b', 'a/%/b', 'a/%25/b', './a', '%2E/a', '%252E/a', '_/a', '%5F/a'];
    expect(new Set(names.map((name) => partitionedKey(name, ARRIVED))).size).toBe(names.length);
  });

  test('get a folder that shows their day', () => {
    for (const name of ['2026-10-06T23:00:00.000--x.log.gz', 'access.log', 'a/b/2026-10-06-00-00-00-A']) {
      const key = partitionedKey(name, ARRIVED) ?? '';
      expect(key.startsWith(`${folderDay(key)?.replaceAll('-', '/')}/`)).toBe(true);
    }
  });
});
