import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { gzip } from '../../lib/tables/gzip.ts';
import { bytesOf } from './every-type.ts';

async function* streamOf(blocks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* blocks;
}

describe('gzip', () => {
  test('is one member with all blocks in order', async () => {
    const blocks = Array.from({ length: 30 }, (_, index) => Buffer.alloc((index % 5) * 40_000, `block ${index} `));
    const file = await bytesOf(gzip(streamOf(blocks), 4));
    const content = Buffer.concat(blocks);
    expect(gunzipSync(file).equals(content)).toBe(true);
    // The last four bytes are the length of the last member: the length of all content if there is one member.
    expect(file.readUInt32LE(file.length - 4)).toBe(content.length);
    expect(file.length).toBeLessThan(content.length / 50);
  });

  test('without blocks is a valid file', async () => {
    expect(gunzipSync(await bytesOf(gzip(streamOf([]), 4))).length).toBe(0);
  });

  test('contains neither time nor operating system', async () => {
    const file = await bytesOf(gzip(streamOf([Buffer.from('content')]), 4));
    expect([...file.subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
  });

  test('fails if reading its blocks fails', async () => {
    async function* broken() {
      for (let index = 0; index < 20; index++) yield Buffer.alloc(100_000, index);
      throw new Error('the query broke');
    }
    await expect(bytesOf(gzip(broken(), 4))).rejects.toThrow('the query broke');
  });
});
