import { expect, test } from '@jest/globals';
import { unreadableObjects } from '../../lib/lake/athena/unreadable-objects.ts';

test('objects that Athena reads as text although they are packed are named by their keys', () => {
  const names = [
    'a.log',
    'a.log.gz',
    'a.bz2',
    'a.zst',
    'a.tar',
    'a.tar.gz',
    'a.TGZ',
    'a.zip',
    'a.log.xz',
    'tar/a',
    'a.7z.log',
  ];
  const inputs = names.map((name) => ({ log_object: `s3://logs/${name}`, size_bytes: 1, etag: name }));
  expect(unreadableObjects(inputs)).toEqual([
    ...['a.tar', 'a.tar.gz', 'a.TGZ', 'a.zip'].map((name) => ({
      log_object: `s3://logs/${name}`,
      reason: 'is an archive, so its lines are rejects; store its logs as .gz',
    })),
    {
      log_object: 's3://logs/a.log.xz',
      reason: 'is compressed in a way that Athena does not know, so its lines are rejects; store its logs as .gz',
    },
  ]);
});
