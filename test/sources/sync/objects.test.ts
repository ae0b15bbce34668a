import { expect, test } from '@jest/globals';
import { parseConfig } from '../../../lib/config/config.ts';
import { dateRange } from '../../../lib/model/period.ts';
import type { Source } from '../../../lib/sources/source.ts';
import { objectsOf } from '../../../lib/sources/sync/objects.ts';
import type { Store, StoredObject } from '../../../lib/store/store.ts';

const PARTITIONED = { accounts: ['111122223333'], regions: ['eu-central-1'], buckets: ['example-a', 'example-b'] };

function sourceWith(more: object): Source {
  const text = JSON.stringify({ sources: { web: { location: 's3://logs/', ...more } }, reports: { web: {} } });
  return parseConfig(text, '/logtally.yaml', { section_ids: ['overview'] }).sources.web as Source;
}

/** The keys that are found for 5 and 6 October in a listing in which every object was changed on 9 October. */
async function wanted(source: Source, keys: readonly string[]): Promise<string[]> {
  const listed = keys.map(
    (key): StoredObject => ({ key, size_bytes: 1, etag: key, last_modified: new Date('2026-10-09') }),
  );
  async function* list(prefix: string) {
    for (const object of listed) if (object.key.startsWith(prefix)) yield object;
  }
  const found: string[] = [];
  const period = dateRange('2026-10-05', '2026-10-06');
  for await (const { object } of objectsOf({ list } as Pick<Store, 'list'> as Store, source, period, 2))
    found.push(object.key);
  return found;
}

const folder = (bucket: string, day: string) => `111122223333/eu-central-1/${bucket}/${day}/`;

test('finds the objects of a partitioned source in the folders of the days, for each bucket', async () => {
  const keys = ['2026/10/04', '2026/10/05', '2026/10/06', '2026/10/07'].flatMap((day) => [
    `${folder('example-a', day)}x`,
    `${folder('example-b', day)}y`,
    `${folder('example-c', day)}other`,
  ]);
  expect(await wanted(sourceWith(PARTITIONED), [...keys, folder('example-a', '2026/10/05')])).toEqual([
    `${folder('example-a', '2026/10/05')}x`,
    `${folder('example-b', '2026/10/05')}y`,
    `${folder('example-a', '2026/10/06')}x`,
    `${folder('example-b', '2026/10/06')}y`,
  ]);
});

test('searches folders by delivery day some days longer', async () => {
  const keys = ['04', '05', '06', '07', '08', '09', '10'].map((day) => `${folder('example-a', `2026/10/${day}`)}x`);
  const source = sourceWith({ ...PARTITIONED, partition_date_source: 'delivery_time' });
  expect(await wanted(source, keys)).toEqual(keys.slice(0, 6));
});

test('finds the objects of a flat source by the day in their name, else by their last change', async () => {
  const keys = [
    '2026-10-03-23-59-59-ABC',
    '2026-10-05-00-00-38-ABC',
    '2026-10-09-00-00-00-ABC',
    '2026-10-10-00-00-00-ABC',
    'plain.log',
    'logtally-filed/web/2026/10/05/2026-10-05-00-00-38-ABC',
  ];
  expect(await wanted(sourceWith({ layout: 'flat' }), keys)).toEqual([keys[1], keys[2], 'plain.log']);
});
