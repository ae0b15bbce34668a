import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SQSEvent } from 'aws-lambda';
import { partitionCreated } from '../../lambdas/partition-objects.ts';
import { s3Store } from '../../lib/store/s3.ts';
import { type S3Server, startS3Server } from '../servers/s3.ts';

let server: S3Server;
beforeEach(async () => {
  server = await startS3Server();
});
afterEach(() => server.close());

const NAME = '2026-10-06T23:00:00.000--abc.log.gz';
const PARTITIONED = 'logs/logtally-filed/cdn/2026/10/06';

function put(key: string, text: string, etag = `"${text}"`, last_modified = new Date('2026-10-07T00:00:05Z')): void {
  server.objects.set(`logs/${key}`, { body: Buffer.from(text), etag, last_modified });
}

/** Events of EventBridge, as a queue delivers them. */
function arrivals(...keys: string[]): SQSEvent {
  const bodies = keys.map((key) =>
    JSON.stringify({
      'detail-type': 'Object Created',
      source: 'aws.s3',
      time: '2026-10-07T00:00:06Z',
      detail: { bucket: { name: 'logs' }, object: { key, size: 1, etag: 'x' }, reason: 'PutObject' },
    }),
  );
  return batch(...bodies);
}

function batch(...bodies: string[]): SQSEvent {
  return { Records: bodies.map((body, index) => ({ messageId: String(index), body })) } as SQSEvent;
}

const events: string[] = [];
async function partition(event: SQSEvent, arrival = 'cdn/'): Promise<string[]> {
  events.length = 0;
  const { batchItemFailures } = await partitionCreated(event, {
    bucket: s3Store({ client: server.client(), bucket: 'logs', prefix: '' }),
    prefixes: { arrival, partitioned: 'logtally-filed/cdn/' },
    onEvent: (key, outcome, reason) => events.push([outcome, key, ...(reason ? [reason] : [])].join(' ')),
  });
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

const copies = () => [...server.objects.keys()].filter((key) => key.includes('logtally-filed/'));
const copied = () => server.requests.filter((name) => name === 'CopyObject').length;

describe('a log that arrives', () => {
  test('is copied to the folder of its day, and the original remains', async () => {
    put(`cdn/${NAME}`, 'lines');
    expect(await partition(arrivals(`cdn/${NAME}`))).toEqual([]);
    expect(server.objects.get(`${PARTITIONED}/${NAME}`)?.body.toString()).toBe('lines');
    expect(server.objects.has(`logs/cdn/${NAME}`)).toBe(true);
    expect(events).toEqual([`copied cdn/${NAME}`]);
  });

  test('is copied once, however often its event comes', async () => {
    put(`cdn/${NAME}`, 'lines');
    await partition(arrivals(`cdn/${NAME}`));
    await partition(arrivals(`cdn/${NAME}`, `cdn/${NAME}`));
    expect([copied(), copies().length]).toEqual([1, 1]);
    expect(events).toEqual([`up_to_date cdn/${NAME}`, `up_to_date cdn/${NAME}`]);
  });

  test('is copied once if its copy has another ETag, as with encryption and large objects', async () => {
    put(`cdn/${NAME}`, 'lines', '"several-2"');
    await partition(arrivals(`cdn/${NAME}`));
    const copy = server.objects.get(`${PARTITIONED}/${NAME}`);
    if (copy) copy.etag = '"another"';
    await partition(arrivals(`cdn/${NAME}`));
    expect(copied()).toBe(1);
  });

  test('replaces its copy if it has changed', async () => {
    put(`cdn/${NAME}`, 'lines');
    await partition(arrivals(`cdn/${NAME}`));
    put(`cdn/${NAME}`, 'LINES', '"changed"', new Date(Date.now() + 60_000));
    await partition(arrivals(`cdn/${NAME}`));
    expect(server.objects.get(`${PARTITIONED}/${NAME}`)?.body.toString()).toBe('LINES');
    expect(copies()).toHaveLength(1);
  });

  test.each([
    ['as it is', 'cdn/a b+c%2E-2026-10-06.log'],
    ['encoded like a form', 'cdn/a+b%2Bc%252E-2026-10-06.log'],
  ])('is found by its key %s', async (_how, key) => {
    put('cdn/a b+c%2E-2026-10-06.log', 'lines');
    expect(await partition(arrivals(key))).toEqual([]);
    expect(copies()).toEqual([`${PARTITIONED}/a b+c%252E-2026-10-06.log`]);
  });

  test('is copied to the day of its last change if its name shows none', async () => {
    put('cdn/access.log', 'lines', '"a"', new Date('2026-10-06T23:59:59.500Z'));
    await partition(arrivals('cdn/access.log'));
    expect(copies()).toEqual([`${PARTITIONED}/access.log`]);
  });
});

describe('nothing is copied', () => {
  test.each([
    ['of a copy, if the whole bucket is the source', '', 'logtally-filed/cdn/2026/10/06/x.log'],
    ['of what lies elsewhere', 'cdn/', 'other/2026-10-06-x.log'],
    ['of a folder', 'cdn/', 'cdn/2026-10-06/'],
    ['of a hidden object', 'cdn/', 'cdn/.2026-10-06.log'],
  ])('%s', async (_what, prefix, key) => {
    put(key, 'lines');
    expect(await partition(arrivals(key), prefix)).toEqual([]);
    expect([copied(), events]).toEqual([0, [`not_a_log ${key}`]]);
  });
});

describe('an event that fails is delivered again, and the others of its batch are not', () => {
  test('when S3 refuses', async () => {
    put(`cdn/${NAME}`, 'lines');
    put('cdn/2026-10-06-b.log', 'more');
    server.fail('AccessDenied', 1, 'CopyObject');
    const failed = await partition(arrivals(`cdn/${NAME}`, 'cdn/2026-10-06-b.log'));
    expect(failed).toHaveLength(1);
    expect(events.filter((line) => /^failed .*allow s3:GetObject.*s3:PutObject/.test(line))).toHaveLength(1);
    expect(copies()).toHaveLength(1);
    await partition(arrivals(`cdn/${NAME}`, 'cdn/2026-10-06-b.log'));
    expect(copies()).toHaveLength(2);
  });

  test('when its object is gone, or it is not an event of S3', async () => {
    put(`cdn/${NAME}`, 'lines');
    const good = arrivals(`cdn/${NAME}`).Records[0]?.body ?? '';
    const gone = arrivals('cdn/gone-2026-10-06.log').Records[0]?.body ?? '';
    expect(await partition(batch('{}', 'no JSON', gone, good))).toEqual(['0', '1', '2']);
    expect(events.join('\n')).toMatch(/gone-2026-10-06.log: no such object; keep raw logs until their copies are made/);
    expect(copies()).toHaveLength(1);
  });
});
