import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Store } from '../../lib/store/store.ts';

export interface OpenStore {
  store: Store;
  close(): Promise<void>;
}

/** What every store does, wherever it keeps its objects. `open` returns an empty one. */
export function storeContract(name: string, open: () => Promise<OpenStore>): void {
  describe(`${name} as a store`, () => {
    let opened: OpenStore;
    let store: Store;

    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });

    afterEach(() => opened.close());

    const keysOf = async (prefix: string) => {
      const keys: string[] = [];
      for await (const { key } of store.list(prefix)) keys.push(key);
      return keys;
    };
    const textOf = async (key: string) => {
      const bytes = await store.get(key);
      return bytes && Buffer.from(bytes).toString();
    };

    test('returns what was put, text and bytes, and the last of two', async () => {
      expect(await store.put('a/text.txt', 'Zürich 😀')).toBe(true);
      expect(await store.put('a/bytes', new Uint8Array([0, 255, 10]))).toBe(true);
      expect(await store.put('empty', '')).toBe(true);
      expect(await textOf('a/text.txt')).toBe('Zürich 😀');
      expect([...((await store.get('a/bytes')) ?? [])]).toEqual([0, 255, 10]);
      expect((await store.get('empty'))?.length).toBe(0);
      await store.put('a/text.txt', 'later');
      expect(await textOf('a/text.txt')).toBe('later');
    });

    test('has no object at a key that was never written, nor at a part of one', async () => {
      await store.put('a/b/c', 'x');
      expect(await store.get('a/b/d')).toBeUndefined();
      expect(await store.get('a/b')).toBeUndefined();
      expect(await store.get('a/b/c/d')).toBeUndefined();
      await expect(store.read('a/b/d')).rejects.toThrow(/a\/b\/d: there is no such/);
    });

    test('streams an object', async () => {
      const body = Buffer.alloc(300_000, 'logtally ');
      await store.put('large', body);
      expect((await buffer(await store.read('large'))).equals(body)).toBe(true);
    });

    test('streams the rest of an object, unless it has been replaced', async () => {
      await store.put('a/object', 'the first');
      let etag = '';
      for await (const object of store.list('a/')) etag = object.etag;
      const rest = { start_byte: 4, etag };
      expect((await buffer(await store.read('a/object', rest))).toString()).toBe('first');
      await store.put('a/object', 'the second one');
      await expect(store.read('a/object', rest)).rejects.toThrow(/a\/object: .*has been replaced/);
    });

    test('lists by prefix, at any depth, in the order of the bytes of the keys', async () => {
      const keys = ['b', 'a/2', 'a/10/x', 'a-b', 'a', 'a.b/c', 'ab', '\ud83d\ude00', '\uff5e', 'é', 'a b+c%20&<d>'];
      for (const key of keys.filter((one) => one !== 'a')) await store.put(key, key);
      expect(await keysOf('')).toEqual([
        'a b+c%20&<d>',
        'a-b',
        'a.b/c',
        'a/10/x',
        'a/2',
        'ab',
        'b',
        'é',
        '\uff5e',
        '\ud83d\ude00',
      ]);
      expect(await keysOf('a/')).toEqual(['a/10/x', 'a/2']);
      expect(await keysOf('a/1')).toEqual(['a/10/x']);
      expect(await keysOf('a/10/x')).toEqual(['a/10/x']);
      expect(await keysOf('none/')).toEqual([]);
      expect(await keysOf('a/10/x/')).toEqual([]);
    });

    test('lists size and time, and an etag that changes with the content alone', async () => {
      const etags = async () => {
        const found = [];
        for await (const object of store.list('')) found.push(object);
        return found;
      };
      await store.put('one', '12345');
      await store.put('two', 'x');
      const [one, two] = await etags();
      expect(one).toMatchObject({ key: 'one', size_bytes: 5 });
      expect(Math.abs(Date.now() - Number(one?.last_modified))).toBeLessThan(60_000);
      await store.put('one', '54321');
      const [changed, same] = await etags();
      expect(changed?.etag).not.toBe(one?.etag);
      expect(same?.etag).toBe(two?.etag);
    });

    test('lets one of many win a key that was absent', async () => {
      const puts = Array.from({ length: 10 }, (_, index) => store.put('claim', String(index), { if_absent: true }));
      const won = await Promise.all(puts);
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await textOf('claim')).toBe(String(won.indexOf(true)));
      expect(await store.put('claim', 'late', { if_absent: true })).toBe(false);
      expect(await textOf('claim')).toBe(String(won.indexOf(true)));
      expect(await keysOf('')).toEqual(['claim']);
    });

    test('writes a stream, and returns its size and digest', async () => {
      const chunks = ['first,', '', 'second'].map((text) => Buffer.from(text));
      const written = await store.write('stream.csv', streamOf(chunks), { content_type: 'text/csv' });
      const sha256 = createHash('sha256').update('first,second').digest('hex');
      expect(written).toEqual({ size_bytes: 12, sha256 });
      expect(await textOf('stream.csv')).toBe('first,second');
      expect(await store.write('nothing', streamOf([]))).toMatchObject({ size_bytes: 0 });
      expect(await textOf('nothing')).toBe('');
    });

    test('keeps the old object if a stream breaks, and shows no part of the new one', async () => {
      await store.put('kept', 'before');
      for (const key of ['kept', 'new']) {
        await expect(store.write(key, breaking(3 * 1024 * 1024, 5))).rejects.toThrow('the query broke');
      }
      expect(await textOf('kept')).toBe('before');
      expect(await keysOf('')).toEqual(['kept']);
    });

    test('copies within the store', async () => {
      await store.put('staging/a b+c%20ü?.parquet', 'rows');
      await store.put('lake/old', 'old');
      await store.copy('staging/a b+c%20ü?.parquet', 'lake/day=2026-10-01/1.parquet');
      await store.copy('staging/a b+c%20ü?.parquet', 'lake/old');
      expect(await textOf('lake/day=2026-10-01/1.parquet')).toBe('rows');
      expect(await textOf('lake/old')).toBe('rows');
      expect(await textOf('staging/a b+c%20ü?.parquet')).toBe('rows');
      await expect(store.copy('staging/none', 'lake/none')).rejects.toThrow(/staging\/none.*there is no such/);
      expect(await store.get('lake/none')).toBeUndefined();
    });

    test('deletes the keys it is given, whether they exist or not, and no others', async () => {
      for (const key of ['a/1', 'a/2', 'a/22', 'b&"<1>']) await store.put(key, key);
      await store.delete(['a/2', 'a/3', 'c/d', 'b&"<1>']);
      expect(await keysOf('')).toEqual(['a/1', 'a/22']);
      await store.delete([]);
      expect(await keysOf('')).toEqual(['a/1', 'a/22']);
    });

    test.each([
      '../outside',
      'a/../../outside',
      '/etc/outside',
      'a//b',
      'a/',
      '',
      './a',
      '.hidden',
      'a\0b',
      'a\\..\\b',
    ])('refuses to write to the key %j', async (key) => {
      await store.put('from', 'x');
      await expect(store.put(key, 'x')).rejects.toThrow('cannot be stored');
      await expect(store.put(key, 'x', { if_absent: true })).rejects.toThrow('cannot be stored');
      await expect(store.write(key, streamOf([Buffer.from('x')]))).rejects.toThrow('cannot be stored');
      await expect(store.copy('from', key)).rejects.toThrow('cannot be stored');
      expect(await keysOf('')).toEqual(['from']);
    });
  });
}

async function* streamOf(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

/** A stream of `count` chunks that then fails. */
async function* breaking(size_bytes: number, count: number): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < count; index++) yield Buffer.alloc(size_bytes, index);
  throw new Error('the query broke');
}
