import type { Actor, Cast } from './actor.ts';
import { oneOf } from './callers.ts';
import { DOWNLOADS, datasetObjects, POPULAR_IMAGE, passingObject, releaseObjects } from './objects.ts';
import { byRank, weighted } from './random.ts';
import { between, type Hour, people, workingHours } from './rhythm.ts';

const MiB = 1024 * 1024;
const PRESIGNED =
  '?response-content-disposition=attachment&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=900&X-Amz-SignedHeaders=host';

/** The afternoon on which S3 asks the analytics job to slow down. */
const isSlowDown = ({ day, hour }: Hour) => day === '2026-10-21' && hour >= 13 && hour < 16;
/** The two days on which a contractor's script runs into closed doors. */
const isDeniedBurst = ({ day }: Hour) => day === '2026-10-13' || day === '2026-10-14';
/** How far the popular image has spread: not before its release on 6 October, in full a week later. */
const popularity = ({ day }: Hour) => (day < '2026-10-06' ? 0 : Math.min(1, (Number(day.slice(8)) - 5) / 7));

/** What happens in the bucket example-downloads: people fetching releases, jobs reading data, backups, and clean-up. */
export function downloadActors({ random, callers, requests, sequences }: Cast): Actor[] {
  const releases = weighted(releaseObjects(random), byRank);
  const datasets = datasetObjects(random);

  const download: Actor = {
    acts: (hour) => 150 * people(hour),
    lines: 1,
    act: () => {
      const object = random.pick(releases);
      const chance = random.next();
      if (chance < 0.25) return [requests.getRange(callers.downloader, object, 8 * MiB)];
      if (chance < 0.27) return [requests.failed(requests.get(callers.downloader, object), 416, 'InvalidRange')];
      if (chance < 0.35) return [requests.head(callers.downloader, object)];
      return [requests.get(callers.downloader, object)];
    },
  };

  const downloadImage: Actor = {
    acts: (hour) => 34 * people(hour) * popularity(hour),
    lines: 3,
    act: () => {
      const downloader = oneOf(callers.downloader, random);
      return [
        requests.head(downloader, POPULAR_IMAGE),
        requests.getRange(downloader, POPULAR_IMAGE, 256 * MiB),
        requests.get(downloader, POPULAR_IMAGE),
      ];
    },
  };

  const downloadAsCustomer: Actor = {
    acts: (hour) => 140 * people(hour),
    lines: 1,
    act: () => {
      const record = requests.get(callers.customer, random.pick(releases), PRESIGNED);
      return [random.chance(0.03) ? requests.failed(record, 403, 'AccessDenied') : record];
    },
  };

  const aggregate: Actor = {
    acts: (hour) => (isSlowDown(hour) ? 60 : 22 * between(2, 5, hour)),
    lines: 6,
    act: (hour) => {
      const list = requests.ofBucket(
        callers.analytics,
        DOWNLOADS,
        'BUCKET',
        '?list-type=2&prefix=datasets%2F&max-keys=1000',
        28_400,
      );
      const reads = Array.from({ length: 5 }, () => {
        const record = requests.getRange(callers.analytics, random.pick(datasets), 16 * MiB);
        return isSlowDown(hour) && random.chance(0.45) ? requests.failed(record, 503, 'SlowDown') : record;
      });
      return [list, ...reads];
    },
  };

  const train: Actor = {
    acts: (hour) => (hour.day < '2026-10-05' ? 0 : 9 * between(18, 23, hour)),
    lines: 9,
    act: () => [
      requests.head(callers.training, datasets[0] ?? POPULAR_IMAGE),
      ...Array.from({ length: 8 }, () => requests.getRange(callers.training, random.pick(datasets), 64 * MiB)),
    ],
  };

  const backUp: Actor = {
    acts: (hour) => 4 * between(1, 3, hour),
    lines: 12,
    act: ({ day }) => {
      const archive = {
        bucket: DOWNLOADS,
        key: `backup/${day}/database.dump`,
        size_bytes: random.integer(70 * MiB, 78 * MiB),
        slowness: 1,
      };
      return sequences.upload(callers.backup, archive, 10);
    },
  };

  const backUpTheOldWay: Actor = {
    acts: (hour) => (hour.day > '2026-09-27' ? 0 : 40 * between(3, 5, hour)),
    lines: 1,
    act: ({ day }) => [
      requests.put(callers.oldBackup, passingObject(random, DOWNLOADS, `backup-old/${day}`, 'tar.gz')),
    ],
  };

  const reportTheOldWay: Actor = {
    acts: (hour) => 30 * workingHours(6, 18, hour),
    lines: 1,
    act: () => [
      random.chance(0.8)
        ? requests.get(callers.oldReports, random.pick(datasets))
        : requests.head(callers.oldReports, random.pick(datasets)),
    ],
  };

  const exchange: Actor = {
    acts: (hour) => 11 * between(7, 19, hour),
    lines: 4,
    act: ({ day }) => {
      const delivery = passingObject(random, DOWNLOADS, `partner/incoming/${day}`, 'csv');
      const kept = { ...delivery, key: delivery.key.replace('incoming', 'accepted 2026') };
      return [
        requests.put(callers.partner, delivery),
        ...sequences.copy(callers.partner, delivery, kept),
        requests.get(callers.partner, random.pick(datasets)),
      ];
    },
  };

  const cleanUp: Actor = {
    acts: (hour) => (hour.weekday === 0 ? 8 * between(4, 6, hour) : 0),
    lines: 26,
    act: ({ day }) => {
      const first = passingObject(random, DOWNLOADS, `temporary/${day}`, 'part');
      const objects = Array.from({ length: 20 }, (_, part) => ({ ...first, key: `${first.key}.${part}` }));
      return [
        ...sequences.removeMany(callers.retention, objects, DOWNLOADS),
        ...objects
          .slice(0, 5)
          .map((object) => requests.remove(callers.retention, { ...object, key: `${object.key}.lock` })),
      ];
    },
  };

  const expire: Actor = {
    acts: (hour) => 12 * between(0, 2, hour),
    lines: 3,
    act: ({ day }) => [
      sequences.byService(
        'S3.EXPIRE.OBJECT',
        passingObject(random, DOWNLOADS, `partner/incoming/${day} expired`, 'csv'),
      ),
      sequences.byService(
        'S3.CREATE.DELETEMARKER',
        passingObject(random, DOWNLOADS, 'backup-old/kept versions', 'tar.gz'),
      ),
      random.chance(0.15)
        ? sequences.byService('S3.COMPUTE.OBJECT.CHECKSUM', random.pick(datasets))
        : sequences.byService('S3.TRANSITION_SIA.OBJECT', passingObject(random, DOWNLOADS, 'logs/2026', 'gz')),
    ],
  };

  const administer: Actor = {
    acts: (hour) => 3 * workingHours(7, 16, hour),
    lines: 4,
    act: () => [
      requests.ofBucket(
        callers.administrator,
        DOWNLOADS,
        'BUCKET',
        '?list-type=2&delimiter=%2F&prefix=releases%2F',
        6_120,
      ),
      requests.ofBucket(callers.administrator, DOWNLOADS, 'VERSIONING', '?versioning', 113),
      requests.ofBucket(callers.administrator, DOWNLOADS, 'LOGGING_STATUS', '?logging', 242),
      requests.failed(
        requests.ofBucket(callers.administrator, DOWNLOADS, 'BUCKETPOLICY', '?policy', 0),
        404,
        'NoSuchBucketPolicy',
      ),
    ],
  };

  const tryDoors: Actor = {
    acts: (hour) => (isDeniedBurst(hour) ? 420 * between(9, 12, hour) : workingHours(8, 16, hour)),
    lines: 1,
    act: (hour) => {
      const object = isDeniedBurst(hour)
        ? { ...passingObject(random, DOWNLOADS, 'private/payroll 2026', 'xlsx') }
        : random.pick(datasets);
      const record = requests.get(callers.contractor, object);
      return [isDeniedBurst(hour) ? requests.failed(record, 403, 'AccessDenied') : record];
    },
  };

  return [
    download,
    downloadImage,
    downloadAsCustomer,
    aggregate,
    train,
    backUp,
    backUpTheOldWay,
    reportTheOldWay,
    exchange,
    cleanUp,
    expire,
    administer,
    tryDoors,
  ];
}
