import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../../lib/config/config.ts';
import { dateRange } from '../../../lib/model/period.ts';
import type { Source } from '../../../lib/sources/source.ts';
import { type Synced, syncSource } from '../../../lib/sources/sync/sync.ts';
import { s3Store } from '../../../lib/store/s3.ts';
import { type S3Server, startS3Server } from '../../servers/s3.ts';

const PERIOD = dateRange('2026-10-05', '2026-10-06');
const MODIFIED = new Date('2026-10-06T12:00:00Z');
const MIB = 1024 * 1024;

let server: S3Server;
let folder: string;
beforeEach(async () => {
  server = await startS3Server();
  folder = mkdtempSync(join(tmpdir(), 'logtally-sync-'));
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const text = JSON.stringify({ sources: { web: { location: 's3://logs/web/', layout: 'flat' } }, reports: { web: {} } });
const source = parseConfig(text, '/logtally.yaml', { section_ids: ['overview'] }).sources.web as Source;

/** Puts an object at the source's location. */
function put(key: string, body: Buffer, last_modified = MODIFIED): void {
  const etag = `"${key}-${body.length}-${body[0]}"`;
  server.objects.set(`logs/web/${key}`, { body, etag, last_modified });
}

/** Objects of many sizes, by key. */
function putMany(count: number): Map<string, Buffer> {
  const bodies = Array.from({ length: count }, (_, index): [string, Buffer] => [
    `2026-10-05-00-00-${String(index).padStart(2, '0')}-ABC`,
    Buffer.alloc((index * 37_003) % 400_000, `line ${index} `),
  ]);
  for (const [key, body] of bodies) put(key, body);
  return new Map(bodies);
}

function sync(options: object = {}): Promise<Synced> {
  const store = s3Store({ client: server.client(), bucket: 'logs', prefix: 'web/' });
  return syncSource(source, PERIOD, {
    store,
    folder,
    late_days: 2,
    retry_ms: 1,
    stall_ms: 1_000,
    onProgress() {},
    ...options,
  });
}

/** Hashes, because Jest compares large buffers slowly. */
const hashed = (body: Buffer) => createHash('sha256').update(body).digest('hex');
const contents = (bodies: Iterable<[string, Buffer]>) =>
  Object.fromEntries([...bodies].map(([key, body]) => [key, hashed(body)]));

/** The files that a report would read, with what they hold. */
function files(): Map<string, Buffer> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => !/(^|\/)\./.test(name) && statSync(join(folder, name)).isFile(),
  );
  return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name))]));
}

const parts = () => readdirSync(folder).filter((name) => name.startsWith('.logtally-part-'));
const gets = () => server.requests.filter((name) => name === 'GetObject').length;

describe('a sync', () => {
  test('downloads every object unchanged, with its time, and nothing twice', async () => {
    const bodies = putMany(60);
    put('2026-10-01-00-00-00-OLD', Buffer.from('another day'));
    const bytes = [...bodies.values()].reduce((total, { length }) => total + length, 0);
    expect(await sync()).toEqual({ objects: 60, downloaded: 60, up_to_date: 0, bytes, renamed: 0, failed: [] });
    expect(contents(files())).toEqual(contents(bodies));
    expect(statSync(join(folder, '2026-10-05-00-00-07-ABC')).mtime).toEqual(MODIFIED);
    expect(await sync()).toMatchObject({ objects: 60, downloaded: 0, up_to_date: 60, bytes: 0 });
    // The empty object is created without a request.
    expect(gets()).toBe(59);
  });

  test('downloads again what has changed, is missing or is incomplete', async () => {
    const bodies = putMany(5);
    await sync();
    const [changed = '', gone = '', short = ''] = [...bodies.keys()].slice(1);
    put(changed, Buffer.from('other'));
    rmSync(join(folder, gone));
    writeFileSync(join(folder, short), 'half');
    expect(await sync()).toMatchObject({ downloaded: 3, up_to_date: 2 });
    expect(contents(files())).toEqual(contents(bodies.set(changed, Buffer.from('other'))));
  });

  test('succeeds although S3 is busy, breaks connections and stalls', async () => {
    const bodies = putMany(40);
    server.fail('SlowDown', 10, 'GetObject');
    server.fail('cut', 15, 'GetObject');
    server.fail('stall', 3, 'GetObject');
    server.fail('SlowDown', 2, 'ListObjectsV2');
    expect(await sync()).toMatchObject({ downloaded: 40, failed: [] });
    expect(contents(files())).toEqual(contents(bodies));
    expect(parts()).toEqual([]);
  }, 60_000);

  test('continues a large object where the connection broke', async () => {
    const body = Buffer.alloc(8 * MIB, 'a long log ');
    put('2026-10-05-00-00-00-LARGE', body);
    server.fail('cut', 4, 'GetObject');
    const synced = await sync();
    expect(contents(files())).toEqual(contents(new Map([['2026-10-05-00-00-00-LARGE', body]])));
    // Half of the rest arrived before each break, so no byte was read twice.
    expect([gets(), synced.bytes]).toEqual([5, 8 * MIB]);
  });

  test('names the objects that fail, downloads the others, and retries them in the next run', async () => {
    const bodies = putMany(10);
    const broken = s3Store({ client: server.client(), bucket: 'logs', prefix: 'web/' });
    const unreadable = [...bodies.keys()][3] ?? '';
    const store = {
      ...broken,
      read: (key: string, options: object) =>
        key === unreadable ? Promise.reject(new Error('GetObject: access denied')) : broken.read(key, options),
    };
    const synced = await sync({ store });
    expect(synced).toMatchObject({ downloaded: 9 });
    expect(synced.failed).toEqual([{ log_object: `s3://logs/web/${unreadable}`, reason: 'GetObject: access denied' }]);
    expect(files().has(unreadable)).toBe(false);
    expect(await sync()).toMatchObject({ downloaded: 1, up_to_date: 9 });
    expect(contents(files())).toEqual(contents(bodies));
  });

  test('gives up when everything fails, and says why', async () => {
    putMany(60);
    server.fail('AccessDenied', 10_000, 'GetObject');
    await expect(sync()).rejects.toThrow(/20 objects failed, the last: .*allow s3:GetObject/);
    server.fail('AccessDenied', 1, 'ListObjectsV2');
    await expect(sync()).rejects.toThrow(/allow s3:ListBucket/);
  });

  test('discards the part of an object that has changed meanwhile', async () => {
    const key = '2026-10-05-00-00-00-ABC';
    put(key, Buffer.alloc(MIB, 'first'));
    const broken = s3Store({ client: server.client(), bucket: 'logs', prefix: 'web/' });
    let reads = 0;
    const store = {
      ...broken,
      async read(name: string, options: object) {
        if (reads++ === 0) server.fail('cut', 1, 'GetObject');
        const stream = await broken.read(name, options);
        put(key, Buffer.alloc(MIB, 'second'));
        return stream;
      },
    };
    expect((await sync({ store })).failed).toMatchObject([{ reason: expect.stringContaining('has been replaced') }]);
    expect(await sync()).toMatchObject({ downloaded: 1, bytes: MIB });
    expect(contents(files())).toEqual(contents(new Map([[key, Buffer.alloc(MIB, 'second')]])));
    expect(parts()).toEqual([]);
  });

  test('and another one on the same folder do not disturb each other', async () => {
    const bodies = putMany(30);
    server.fail('cut', 10, 'GetObject');
    const both = await Promise.all([sync(), sync()]);
    expect(both.flatMap(({ failed }) => failed)).toEqual([]);
    expect(contents(files())).toEqual(contents(bodies));
    expect(await sync()).toMatchObject({ up_to_date: 30 });
  });

  test('ignores notes that are incomplete or lead out of the folder', async () => {
    const bodies = putMany(4);
    await sync();
    const [notes = ''] = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
    const [first = {}] = readFileSync(join(folder, notes), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    writeFileSync(join(folder, notes), `${JSON.stringify({ ...first, path: '../../etc/passwd' })}\n{"key":"2026-`);
    expect(await sync()).toMatchObject({ downloaded: 4, failed: [] });
    expect(contents(files())).toEqual(contents(bodies));
    expect(await sync()).toMatchObject({ up_to_date: 4 });
  });

  test('keeps apart objects whose keys differ only in case, and never leaves the folder', async () => {
    const [upper, lower, evil] = ['2026-10-05-LOG.gz', '2026-10-05-log.gz', '../../2026-10-05-evil'];
    put(upper, Buffer.from('upper'));
    put(lower, Buffer.from('lower'));
    put(evil, Buffer.from('evil'));
    expect(await sync()).toMatchObject({ downloaded: 3, renamed: 2 });
    const names = [...files().keys()];
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(3);
    expect([...files().values()].map(String).sort()).toEqual(['evil', 'lower', 'upper']);
    expect(await sync()).toMatchObject({ up_to_date: 3, renamed: 2 });
    expect([...files().keys()]).toEqual(names);
  });

  test('reports an object that needs a folder where there is a file', async () => {
    put('2026-10-05-a', Buffer.from('a file'));
    await sync();
    put('2026-10-05-a/b', Buffer.from('below it'));
    const { failed, up_to_date } = await sync();
    expect([up_to_date, failed]).toEqual([
      1,
      [
        {
          log_object: 's3://logs/web/2026-10-05-a/b',
          reason: expect.stringContaining('there is a file where a folder is needed'),
        },
      ],
    ]);
  });
});
