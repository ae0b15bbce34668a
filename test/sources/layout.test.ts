import { describe, expect, test } from '@jest/globals';
import { dateRange } from '../../lib/model/period.ts';
import {
  dayFolders,
  dayName,
  dayPattern,
  dayRule,
  daysToRead,
  javaDayFormat,
  LAYOUT_IDS,
  type LayoutId,
  readLocation,
} from '../../lib/sources/layout.ts';

const source = (layout: LayoutId) => ({
  name: 'web',
  location: 's3://example-logs/access/',
  layout,
  partition_date_source: 'event_time' as const,
  accounts: ['111122223333'],
  regions: ['eu-central-1', 'eu-west-1'],
  buckets: ['a', 'b'],
});

describe('the folders of a day', () => {
  test.each<[LayoutId, string[]]>([
    [
      'partitioned',
      [
        '111122223333/eu-central-1/a/2026/10/06/',
        '111122223333/eu-central-1/b/2026/10/06/',
        '111122223333/eu-west-1/a/2026/10/06/',
        '111122223333/eu-west-1/b/2026/10/06/',
      ],
    ],
    [
      'load-balancer',
      [
        'AWSLogs/111122223333/elasticloadbalancing/eu-central-1/2026/10/06/',
        'AWSLogs/111122223333/elasticloadbalancing/eu-west-1/2026/10/06/',
      ],
    ],
    ['dated', ['2026/10/06/']],
    ['hive', ['year=2026/month=10/day=06/']],
    ['flat', ['2026/10/06/']],
  ])('of the layout %s', (layout, folders) => {
    expect(dayFolders(source(layout), '2026-10-06')).toEqual(folders);
  });

  test.each(LAYOUT_IDS)('are those in which the pattern of %s finds the day', (layout) => {
    const pattern = new RegExp(`^${dayPattern(source(layout))}`);
    for (const folder of dayFolders(source(layout), '2026-10-06')) {
      expect(`${folder}2024/01/01/x`.match(pattern)?.[1]).toBe(dayName(source(layout), '2026-10-06'));
    }
  });
});

test.each<[LayoutId, string]>([
  ['dated', 'yyyy/MM/dd'],
  ['hive', "'year='yyyy/'month='MM/'day='dd"],
])('Java writes the days of %s as %s', (layout, format) => {
  expect(javaDayFormat(source(layout))).toBe(format);
});

test('logs are read at their location, and flat ones from their copies', () => {
  expect(readLocation(source('dated'))).toEqual({ bucket: 'example-logs', prefix: 'access/' });
  expect(readLocation(source('flat'))).toEqual({ bucket: 'example-logs', prefix: 'logtally-filed/web/' });
});

test('the folder decides the day of a line only if S3 puts each event into the folder of its day', () => {
  expect(LAYOUT_IDS.map((layout) => [layout, dayRule(source(layout))])).toEqual([
    ['partitioned', 'folder'],
    ...LAYOUT_IDS.slice(1).map((layout) => [layout, 'event_time']),
  ]);
  expect(dayRule({ layout: 'partitioned', partition_date_source: 'delivery_time' })).toBe('event_time');
});

test('lines of a day are read from its folder, or from the day before until the last day they may arrive', () => {
  const period = dateRange('2026-10-05', '2026-10-06');
  expect(daysToRead('folder', period, 2)).toEqual(period);
  expect(daysToRead('event_time', period, 2)).toEqual(dateRange('2026-10-04', '2026-10-09'));
});
