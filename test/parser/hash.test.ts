import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from '@jest/globals';
import { hashOf, lineHashOf } from '../../lib/parser/hash.ts';

const LINE = Buffer.from('192.0.2.3 - - [06/Oct/2026:00:00:38 +0000] "GET /a.txt HTTP/1.1" 200 113 "-" "curl/8.4.0"');

describe('the hash of a text', () => {
  test('is the same wherever the text is', () => {
    for (let length = 0; length <= LINE.length; length++) {
      const moved = Buffer.concat([Buffer.from('xyz'.slice(0, length % 4)), LINE]);
      const start = moved.length - LINE.length;
      expect(hashOf(moved, start, start + length)).toBe(hashOf(LINE, 0, length));
      expect(lineHashOf(moved, start, start + length)).toBe(lineHashOf(LINE, 0, length));
    }
  });

  test('differs for texts that differ in one bit, or are longer by one byte', () => {
    const hashes = new Set([lineHashOf(LINE, 0, LINE.length)]);
    for (let bit = 0; bit < LINE.length * 8; bit++) {
      const changed = Buffer.from(LINE);
      changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
      hashes.add(lineHashOf(changed, 0, changed.length));
    }
    for (let length = 0; length < LINE.length; length++) hashes.add(lineHashOf(LINE, 0, length));
    expect(hashes.size).toBe(1 + LINE.length * 9);
  });

  test('of a line is an integer of 52 bits that uses all of them', () => {
    let [any, all] = [0n, (1n << 52n) - 1n];
    for (let number = 0; number < 1000; number++) {
      const bytes = Buffer.from(`line ${number}`);
      const hash = BigInt(lineHashOf(bytes, 0, bytes.length));
      any |= hash;
      all &= hash;
    }
    expect([any, all]).toEqual([(1n << 52n) - 1n, 0n]);
  });

  test('of lines that differ in one number is different for each', () => {
    const hashes = new Float64Array(300_000);
    for (let number = 0; number < hashes.length; number++) {
      const bytes = Buffer.from(`GET /assets/page-${number}.html`);
      hashes[number] = lineHashOf(bytes, 0, bytes.length);
    }
    hashes.sort();
    expect(hashes.findIndex((hash, index) => hash === hashes[index + 1])).toBe(-1);
  });

  test('is the same in a thread', async () => {
    const script = `const { parentPort, workerData } = require('node:worker_threads');
      import(${JSON.stringify(join(import.meta.dirname, '../../lib/parser/hash.ts'))})
        .then(({ lineHashOf }) => parentPort.postMessage(lineHashOf(workerData, 0, workerData.length)));`;
    const thread = new Worker(script, { eval: true, workerData: new Uint8Array(LINE) });
    const hash = await new Promise((resolve, reject) => thread.once('message', resolve).once('error', reject));
    await thread.terminate();
    expect(hash).toBe(lineHashOf(LINE, 0, LINE.length));
  });
});
