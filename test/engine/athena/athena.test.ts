import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { athenaEngine } from '../../../lib/engine/athena/athena.ts';
import type { Engine, Execution } from '../../../lib/engine/engine.ts';
import type { Column } from '../../../lib/model/columns.ts';
import { engineContract } from '../../contracts/engine.ts';
import { type AthenaServer, startAthenaServer } from '../../servers/athena.ts';
import { serverFiles } from '../../servers/athena-files.ts';
import { type S3Server, startS3Server } from '../../servers/s3.ts';

const PLACES = { database: 'logtally', workgroup: 'logtally', output_location: 's3://results/athena/' };

engineContract('Athena', async () => {
  const s3 = await startS3Server();
  const athena = await startAthenaServer({ files: serverFiles(s3), ...PLACES });
  return {
    engine: athenaEngine({ client: athena.client(), s3: s3.client(), ...PLACES }),
    location: (name) => `s3://results/staging/${name}/`,
    files: async (location) => {
      const prefix = location.slice('s3://'.length);
      const found = [...s3.objects].filter(([key]) => key.startsWith(prefix));
      return new Map(found.map(([key, { body }]) => [key.slice(prefix.length), body]));
    },
    async close() {
      await athena.close();
      await s3.close();
    },
  };
});

describe('Athena', () => {
  const ONE = { sql: "SELECT v FROM (VALUES ('a')) AS t(v) WHERE v = ?", parameters: ['a'] };
  const V: Column[] = [{ name: 'v', type: 'varchar', title: 'v' }];
  const UNLOAD = {
    select: { sql: "SELECT n, kind FROM (VALUES (1, 'requests'), (2, 'rejected')) AS t(n, kind)", parameters: [] },
    location: 's3://results/staging/run-1/',
    partition_columns: ['kind'],
  };
  let s3: S3Server;
  let athena: AthenaServer;
  let engine: Engine;

  beforeEach(async () => {
    s3 = await startS3Server();
    athena = await startAthenaServer({ files: serverFiles(s3), ...PLACES });
    engine = athenaEngine({ client: athena.client(), s3: s3.client(), ...PLACES });
  });

  afterEach(async () => {
    await athena.close();
    await s3.close();
  });

  async function ended(id: string): Promise<Execution> {
    for (;;) {
      const execution = await engine.poll(id);
      if (execution.state !== 'running') return execution;
    }
  }

  async function read(id: string): Promise<unknown[]> {
    const rows = [];
    for await (const batch of engine.rows(id, V)) rows.push(...(batch.getChildAt(0)?.toArray() ?? []));
    return rows;
  }

  test('a query that is queued and running is not done, and has no rows yet', async () => {
    athena.stayRunning(3);
    const id = await engine.start(ONE, 't');
    expect(await engine.poll(id)).toEqual({ state: 'running' });
    await expect(read(id)).rejects.toThrow('RUNNING');
    expect(await engine.poll(id)).toEqual({ state: 'running' });
    expect(await engine.poll(id)).toMatchObject({ state: 'succeeded' });
    expect(await read(id)).toEqual(['a']);
  });

  test.each([true, false])(
    'a failure is told with its reason, and whether it may be retried: %s',
    async (retryable) => {
      athena.endNext({ state: 'FAILED', reason: 'GENERIC_INTERNAL_ERROR: node lost', retryable });
      const id = await engine.start(ONE, 't');
      expect(await engine.poll(id)).toEqual({
        state: 'failed',
        reason: 'GENERIC_INTERNAL_ERROR: node lost',
        retryable,
      });
      await expect(read(id)).rejects.toThrow('FAILED');
    },
  );

  test('a failed token stays failed, a new one tries again', async () => {
    athena.endNext({ state: 'FAILED', reason: 'node lost', retryable: true });
    const id = await engine.start(ONE, 'attempt 1');
    expect(await ended(id)).toMatchObject({ state: 'failed' });
    expect(await engine.start(ONE, 'attempt 1')).toBe(id);
    expect(await ended(await engine.start(ONE, 'attempt 2'))).toMatchObject({ state: 'succeeded' });
  });

  test('a cancelled query ends, and is not for retrying', async () => {
    const reason = 'Bytes scanned limit was exceeded';
    athena.endNext({ state: 'CANCELLED', reason });
    const id = await engine.start(ONE, 't');
    expect(await engine.poll(id)).toEqual({ state: 'cancelled', reason, retryable: false });
  });

  test('stops the queries of its run that have not ended, and no others', async () => {
    const done = await engine.start(ONE, 'done');
    await ended(done);
    engine.unfinished.delete(done);
    athena.stayRunning(9);
    const another = athenaEngine({ client: athena.client(), s3: s3.client(), ...PLACES });
    const foreign = await another.start(ONE, 'of another run');
    const earlier = await another.start(ONE, 'of an earlier process of this run');
    engine.unfinished.add(earlier);
    const queued = await engine.start(ONE, 'queued');
    const unload = await engine.startUnload(UNLOAD, 'unload');
    expect(await engine.stop()).toBe(3);
    expect(athena.stopped.sort()).toEqual([earlier, queued, unload].sort());
    const states = await Promise.all([done, foreign, earlier, queued, unload].map(async (id) => engine.poll(id)));
    expect(states.map(({ state }) => state)).toEqual(['succeeded', 'running', 'cancelled', 'cancelled', 'cancelled']);
    expect([...s3.objects.keys()].filter((key) => key.startsWith('results/staging/'))).toEqual([]);
    expect(await engine.stop()).toBe(0);
  });

  test('stops a query that it is starting', async () => {
    athena.stayRunning(9);
    const starting = engine.start(ONE, 't');
    await engine.stop();
    expect(await engine.poll(await starting)).toMatchObject({ state: 'cancelled' });
  });

  test('stops the others if Athena refuses to stop one, and says so', async () => {
    athena.stayRunning(9);
    const impatient = athenaEngine({ client: athena.client(1), s3: s3.client(), ...PLACES });
    for (const token of ['a', 'b', 'c']) await impatient.start(ONE, token);
    athena.throttleNext(1, 'StopQueryExecution');
    await expect(impatient.stop()).rejects.toThrow(/would not stop query .*TooManyRequestsException/);
    expect(athena.stopped).toHaveLength(2);
    expect(await impatient.stop()).toBe(1);
    expect(athena.stopped).toHaveLength(3);
  });

  test('throttled requests are sent again, and reported as retryable when that does not help', async () => {
    athena.throttleNext(1);
    const id = await engine.start(ONE, 't');
    athena.throttleNext(1, 'GetQueryExecution');
    expect(await ended(id)).toMatchObject({ state: 'succeeded' });
    expect(athena.queries).toHaveLength(1);

    const impatient = athenaEngine({ client: athena.client(1), s3: s3.client(), ...PLACES });
    athena.throttleNext(1);
    const refused = impatient.start(ONE, 'u');
    await expect(refused).rejects.toMatchObject({ name: 'EngineError', retryable: true });
    await expect(refused).rejects.toThrow('TooManyRequestsException');
  });

  test('a permanent refusal of Athena is not retried', async () => {
    const elsewhere = athenaEngine({ client: athena.client(), s3: s3.client(), ...PLACES, workgroup: 'no-such' });
    const refused = elsewhere.start(ONE, 't');
    await expect(refused).rejects.toMatchObject({ name: 'EngineError', retryable: false });
    await expect(refused).rejects.toThrow(/start a query.*no-such/);
    await expect(engine.poll('00000000-0000-0000-0000-000000000000')).rejects.toThrow('was not found');
  });

  test('a result that S3 does not return is an error, not an empty result', async () => {
    const id = await engine.start(ONE, 't');
    await ended(id);
    s3.fail('cut', 1, 'GetObject');
    await expect(read(id)).rejects.toThrow();
    s3.objects.delete(`results/athena/${id}.csv`);
    await expect(read(id)).rejects.toThrow(`s3://results/athena/${id}.csv: GetObject: there is no such object`);
  });

  test('an UNLOAD needs an empty place, so what a failed one left is not taken for its rows', async () => {
    athena.endNext({ state: 'FAILED', reason: 'node lost', retryable: true });
    expect(await ended(await engine.startUnload(UNLOAD, '1'))).toMatchObject({ state: 'failed', retryable: true });
    expect([...s3.objects.keys()].filter((key) => key.startsWith('results/staging/run-1/'))).toHaveLength(1);
    const again = await ended(await engine.startUnload(UNLOAD, '2'));
    expect(again).toMatchObject({ state: 'failed', reason: expect.stringContaining('HIVE_PATH_ALREADY_EXISTS') });
    const elsewhere = { ...UNLOAD, location: 's3://results/staging/run-2/' };
    expect(await ended(await engine.startUnload(elsewhere, '2'))).toMatchObject({ state: 'succeeded' });
  });

  test("removes what Athena wrote of the queries it is given, and nothing that is anybody else's", async () => {
    const unloaded = await engine.startUnload(UNLOAD, 't');
    const selected = await engine.start(ONE, 't');
    const other = await engine.start(ONE, 'u');
    for (const id of [unloaded, selected, other]) await ended(id);
    const body = Buffer.from('kept');
    const foreign = [
      `results/athena/${selected}.csv.gz`,
      `results/athena/${selected}/part-0.parquet`,
      `results/editions/${selected}.csv`,
      'results/lake/requests/source=shop/day=2026-10-01/a.parquet',
    ];
    for (const key of foreign) s3.objects.set(key, { body, etag: '"e"', last_modified: new Date() });
    const before = new Set(s3.objects.keys());

    expect(await engine.removeMeta([unloaded, selected])).toBe(4);
    expect([...before].filter((key) => !s3.objects.has(key)).sort()).toEqual(
      [
        `results/athena/${unloaded}.metadata`,
        `results/athena/${unloaded}-manifest.csv`,
        `results/athena/${selected}.csv`,
        `results/athena/${selected}.csv.metadata`,
      ].sort(),
    );
    expect(await read(other)).toEqual(['a']);
  });

  test('leaves a query of another workgroup alone, and says when S3 keeps a file', async () => {
    const id = await engine.start(ONE, 't');
    await ended(id);
    const neighbour = athenaEngine({ client: athena.client(), s3: s3.client(), ...PLACES, workgroup: 'neighbour' });
    await expect(neighbour.removeMeta([id])).rejects.toThrow('not in neighbour');
    s3.fail('AccessDenied', 1, 'DeleteObjects key');
    await expect(engine.removeMeta([id])).rejects.toThrow(`results/athena/${id}.csv`);
    expect(s3.objects.has(`results/athena/${id}.csv`)).toBe(true);
  });
});
