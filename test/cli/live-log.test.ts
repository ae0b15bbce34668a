import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { begunStream } from '../../lib/cli/live-log.ts';

/** A stream of these parts; with `stays_open` nothing more comes, but it does not end. */
function streamOf(parts: readonly (string | Buffer)[], { stays_open = false } = {}) {
  async function* bytes(): AsyncGenerator<Buffer> {
    for (const part of parts) yield Buffer.from(part as string);
    if (stays_open) await new Promise(() => {});
  }
  return { log_object: 'standard input', bytes: bytes(), close: () => {} };
}

async function textOf(bytes: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of bytes) parts.push(part);
  return Buffer.concat(parts).toString();
}

test('the start of a stream that pauses is what has come', async () => {
  const { lines, bytes } = await begunStream(
    streamOf(['#Version: 1\n', 'fi', 'rst\r\n\nsecond\nthi'], { stays_open: true }),
  );
  expect(lines).toEqual(['#Version: 1', 'first', 'second']);
  expect(String((await bytes.next()).value)).toBe('#Version: 1\n');
});

test('nothing of a stream is lost', async () => {
  const parts = Array.from({ length: 5000 }, (_, at) => `line ${at} of a log\n`);
  const { lines, bytes } = await begunStream(streamOf(['\ufeff', ...parts, 'end']));
  expect(lines?.[0]).toBe('line 0 of a log');
  expect(lines?.length).toBeGreaterThan(2000);
  expect(await textOf(bytes)).toBe(`\ufeff${parts.join('')}end`);
});

test('a short stream counts to its end', async () => {
  expect((await begunStream(streamOf(['a']))).lines).toEqual(['a']);
  expect((await begunStream(streamOf([]))).lines).toEqual([]);
});

test('a line that is very long is waited for, but not for ever', async () => {
  const long = 'x'.repeat(1024 * 1024);
  expect((await begunStream(streamOf([long, '\nb\n']))).lines).toEqual([long, 'b']);
  expect((await begunStream(streamOf(Array(20).fill(long), { stays_open: true }))).lines).toEqual([]);
});

test('what is compressed or in another encoding has no lines', async () => {
  for (const start of [gzipSync('a\n'), Buffer.from('\ufeffaaaa\n', 'utf16le'), Buffer.alloc(5000)]) {
    const { lines, bytes } = await begunStream(streamOf([start]));
    expect(lines).toBeUndefined();
    expect((await bytes.next()).value).toEqual(start);
  }
});

test('an error of the stream is thrown when it is read', async () => {
  async function* bytes(): AsyncGenerator<Buffer> {
    yield Buffer.from('a\n');
    throw new Error('broken pipe');
  }
  const reading = async () => textOf((await begunStream({ log_object: 'a', bytes: bytes(), close: () => {} })).bytes);
  await expect(reading()).rejects.toThrow('broken pipe');
});
