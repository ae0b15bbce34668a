import { expect, test } from '@jest/globals';
import { fileDay, folderDay, namedDay } from '../../lib/sources/file-day.ts';

test.each([
  ['logs/2026-10-06-00-00-38-ABC', '2026-10-06'],
  ['E2EXAMPLE.2026-10-06-00.abc.gz', '2026-10-06'],
  ['2026-10-06T00:00:00.000--x.log.gz', '2026-10-06'],
  ['AWSLogs/111122223333/elasticloadbalancing/eu-central-1/2026/10/06/x_20261006T0000Z_y.log.gz', '2026-10-06'],
  ['111122223333_elasticloadbalancing_eu-central-1_app.web.0a_20261006T2340Z_192.0.2.1_x.log.gz', '2026-10-06'],
  ['DistributionId=E2EXAMPLE/year=2026/month=10/day=06/hour=14/part.parquet', '2026-10-06'],
  ['archive-2025-01-01/2026/10/06/x', '2026-10-06'],
  ['2026/10/05/2026-10-06-00-00-38-ABC', '2026-10-06'],
  ['access-2026-10-06.log', '2026-10-06'],
  ['2026-13-45-x', undefined],
  ['12026-10-061', undefined],
  ['2026-10/06-x', undefined],
  ['access.log', undefined],
  ['', undefined],
])('the day in %s is %s', (key, day) => {
  expect(namedDay(key)).toBe(day);
});

test.each([
  ['111122223333/eu-central-1/web/2026/10/05/2026-10-06-00-00-38-ABC', '2026-10-05'],
  ['2026/10/06/14/E2EXAMPLE.2026-10-06-14.abc.gz', '2026-10-06'],
  ['year=2026/month=10/day=06/hour=14/x.gz', '2026-10-06'],
  ['2024/01/01/2026/10/06/x', '2026-10-06'],
  ['2026/13/06/x', undefined],
  ['2026/10/06', undefined],
  ['2026-10-06-00-00-38-ABC', undefined],
])('the folder of %s is of %s', (key, day) => {
  expect(folderDay(key)).toBe(day);
});

test.each([
  ['111122223333/eu-central-1/web/2026/10/05/2026-10-06-00-00-38-ABC', '2026-10-05'],
  ['web/2026-10-06-00-00-38-1A2B3C4D5E6F7890', '2026-10-06'],
  ['cdn/2026-10-06T00:00:00.000--abc.log.gz', '2026-10-06'],
  ['E2EXAMPLE12345.2026-10-06-23.abcd1234.gz', '2026-10-06'],
  // A rotated or saved file may hold weeks of lines before its date.
  ['access-2026-10-06.log', undefined],
  ['backup-2026-10-06-03-00-00.log', undefined],
  ['access.log', undefined],
])('the lines of %s are close to %s', (log_object, day) => {
  expect(fileDay(log_object)).toBe(day);
});
