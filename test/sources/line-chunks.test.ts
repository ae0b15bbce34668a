import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, describe, expect, test } from '@jest/globals';
import { plainBytes } from '../../lib/sources/bytes/plain-bytes.ts';
import { LineBuffer, type LinePiece } from '../../lib/sources/line-buffer.ts';
import { chunksOfBytes, isPlainFile, lineChunks, stretchChunks } from '../../lib/sources/line-chunks.ts';

const MIB = 1024 * 1024;

const folder = mkdtempSync(join(tmpdir(), 'logtally-chunks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(contents: string | Buffer, name = 'access.log'): string {
  const path = join(folder, name);
  writeFileSync(path, contents);
  return path;
}

/** The lines of a file whose bytes are read at once. */
async function expectedLines(path: string): Promise<string[]> {
  const parts: Buffer[] = [];
  for await (const part of plainBytes(path)) parts.push(part);
  const lines = Buffer.concat(parts)
    .toString()
    .split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => {
    const bytes = Buffer.from(line);
    return bytes.length > 16 * MIB ? `${bytes.subarray(0, 1000)}… (${bytes.length} bytes)` : line;
  });
}

/** The lines of a piece. In a chunk each one but the last has a line end. */
function textsOf(piece: LinePiece): string[] {
  if ('overlong_text' in piece) return [piece.overlong_text];
  const bytes = piece.bytes.subarray(piece.start, piece.end);
  expect(bytes.length).toBeGreaterThan(0);
  expect(bytes.includes(0)).toBe(false);
  const lines = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).split(/\r\n|\n|\r/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

async function linesOf(pieces: AsyncIterable<LinePiece> | Iterable<LinePiece>): Promise<string[]> {
  const lines: string[] = [];
  for await (const piece of pieces) lines.push(...textsOf(piece));
  return lines;
}

/** All lines, by stretches that end at these positions. */
async function linesOfStretches(path: string, ends: readonly number[], buffer?: LineBuffer): Promise<string[]> {
  const lines: string[] = [];
  for (const [index, end] of ends.entries()) {
    lines.push(...(await linesOf(stretchChunks(path, ends[index - 1] ?? 0, end, buffer))));
  }
  return lines;
}

test.each([
  ['LF', 'a\nb\n', ['a', 'b']],
  ['CRLF', 'a\r\nb\r\n', ['a', 'b']],
  ['CR', 'a\rb\r', ['a', 'b']],
  ['a mixture, with empty lines', 'a\n\r\r\n\n\rb', ['a', '', '', '', '', 'b']],
  ['nothing at the end', 'a\nb', ['a', 'b']],
  ['no byte at all', '', []],
  ['LF after a byte order mark', '\ufeffa\n\ufeffb\n', ['a', '\ufeffb']],
  [
    'CRLF with NULs inside, and NULs around',
    'the first line of this log\0\r\0\0\nthe second line\0 of this log\n\0\0\nthe last line of this log\n\0\0',
    ['the first line of this log', 'the second line of this log', '', 'the last line of this log'],
  ],
])('lines may end with %s, in stretches of any size', async (_ending, contents, lines) => {
  const path = file(contents);
  expect(await linesOf(lineChunks(path))).toEqual(lines);
  expect(await linesOf(lineChunks(file(gzipSync(contents))))).toEqual(lines);
  file(contents);
  const size_bytes = Buffer.byteLength(contents);
  for (let stretch_bytes = 1; stretch_bytes <= size_bytes; stretch_bytes++) {
    const ends = Array.from({ length: Math.ceil(size_bytes / stretch_bytes) }, (_, at) => (at + 1) * stretch_bytes);
    expect(await linesOfStretches(path, ends)).toEqual(lines);
  }
});

test('a stretch has the lines that begin in it', async () => {
  const path = file('aa\nbb\r\ncc\rdd');
  const stretch = (from: number, to: number) => linesOf(stretchChunks(path, from, to));
  expect(await stretch(0, 1)).toEqual(['aa']);
  expect(await stretch(1, 3)).toEqual([]);
  expect(await stretch(2, 4)).toEqual(['bb']);
  expect(await stretch(3, 8)).toEqual(['bb', 'cc']);
  expect(await stretch(6, 7)).toEqual([]);
  expect(await stretch(7, 10)).toEqual(['cc']);
  expect(await stretch(9, 100)).toEqual(['dd']);
  expect(await stretch(12, 100)).toEqual([]);
  expect(await stretch(3, 3)).toEqual([]);
});

test('random bytes in chunks and stretches have the lines of the line reader', async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 1e9);
  process.stderr.write(`line-chunks: SEED=${seed}\n`);
  const random = randomFrom(seed);
  const alphabet = ['a', 'bc', '\n', '\n', '\r', '\r\n', '\0', '\0\0\0', 'ü', '"', '\ufeff'];
  const pick = () => Buffer.from(alphabet[Math.floor(random() * alphabet.length)] as string);
  let plain = 0;
  const start = Buffer.from('GET /index.html\n'.repeat(256));
  for (let round = 0; round < 150; round++) {
    const parts = Array.from({ length: Math.floor(random() * 120) }, pick);
    const bytes = Buffer.concat([round % 2 ? start : Buffer.from('GET /'), ...parts, Buffer.from([0xff, 0x80])]);
    const path = file(bytes);
    if (!isPlainFile(path)) continue;
    plain++;
    const expected = await expectedLines(path);
    const buffer = () => new LineBuffer(1 + Math.floor(random() * 40));
    expect(await linesOf(lineChunks(path, buffer()))).toEqual(expected);
    const cuts = Array.from({ length: 5 }, () => bytes.length - Math.floor(random() * random() * bytes.length));
    const ends = [...cuts, bytes.length + 10].sort((a, b) => a - b);
    expect(await linesOfStretches(path, ends, buffer())).toEqual(expected);
    const packed = file(random() < 0.5 ? gzipSync(bytes) : zstdCompressSync(bytes), 'packed.log');
    expect(await linesOf(lineChunks(packed, buffer()))).toEqual(expected);
  }
  expect(plain).toBeGreaterThan(75);
});

describe('a line above the limit', () => {
  test.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('is one piece with its start and size, ended by %s', async (_name, end) => {
    for (const length of [16 * MIB - 1, 16 * MIB, 16 * MIB + 1, 18 * MIB]) {
      const path = file(`x${end}${'ü'.repeat(length / 2)}${length % 2 ? 'a' : ''}${end}${end}b`);
      const expected = await expectedLines(path);
      expect(expected[1]?.endsWith(' bytes)')).toBe(length > 16 * MIB);
      expect(await linesOf(lineChunks(path))).toEqual(expected);
      expect(await linesOfStretches(path, [4 * MIB, 8 * MIB, 17 * MIB, 40 * MIB])).toEqual(expected);
    }
  });

  test('is cut wherever the bytes come from', async () => {
    const text = `a\n${'b'.repeat(5000)}\r\nc\n${'d'.repeat(3000)}`;
    const expected = ['a', `${'b'.repeat(1000)}… (5000 bytes)`, 'c', `${'d'.repeat(1000)}… (3000 bytes)`];
    for (const part_bytes of [1, 7, 1999, 5003, 9000]) {
      for (const isLive of [true, false]) {
        const buffer = new LineBuffer(100, 2000);
        expect(await linesOf(chunksOfBytes(partsOf(Buffer.from(text), part_bytes), { isLive, buffer }))).toEqual(
          expected,
        );
      }
    }
    expect(await linesOf(stretchChunks(file(text), 1, 9000, new LineBuffer(100, 2000)))).toEqual(expected.slice(1));
  });
});

test('live lines do not wait for what comes later', async () => {
  const later = Promise.withResolvers<void>();
  async function* text(): AsyncGenerator<Buffer> {
    yield Buffer.from('a\nb');
    yield Buffer.from('c\nd');
    await later.promise;
    yield Buffer.from('e\nf');
  }
  const pieces = chunksOfBytes(text(), { isLive: true });
  expect(textsOf((await pieces.next()).value)).toEqual(['a', 'bc']);
  later.resolve();
  expect(await linesOf(pieces)).toEqual(['de', 'f']);
});

test('the source of lines ends with them', async () => {
  let isClosed = false;
  async function* text(): AsyncGenerator<Buffer> {
    try {
      for (;;) yield Buffer.from('a\n'.repeat(1024 * 1024));
    } finally {
      isClosed = true;
    }
  }
  for await (const _piece of chunksOfBytes(text())) break;
  expect(isClosed).toBe(true);
});

test.each([
  ['UTF-16', Buffer.from('\ufeffä\r\nb\n', 'utf16le'), ['ä', 'b']],
  ['gzip members with padding', Buffer.concat([gzipSync('a\nb'), Buffer.alloc(10), gzipSync('c\n')]), ['a', 'bc']],
  ['NULs at the start', Buffer.concat([Buffer.alloc(3 * MIB), Buffer.from('a\nb\n')]), ['a', 'b']],
])('%s is read', async (_name, contents, lines) => {
  const path = file(contents);
  expect(isPlainFile(path)).toBe(false);
  expect(await linesOf(lineChunks(path))).toEqual(lines);
});

test('a damaged file gives its lines to the damage, then the fault', async () => {
  const path = file(gzipSync('a\nb\nc').subarray(0, -6));
  const lines: string[] = [];
  const reading = async () => {
    for await (const piece of lineChunks(path)) lines.push(...textsOf(piece));
  };
  await expect(reading()).rejects.toThrow('ends early: unexpected end of file; the lines before that were read');
  expect(lines).toEqual(['a', 'b', 'c']);
});

test.each([
  ['a zip archive', 'PK\x03\x04 and more', 'is a zip archive; unpack it with unzip'],
  ['NULs alone', '\0'.repeat(5000), 'holds nothing but NUL bytes'],
  ['other binary files', Buffer.from([1, 2, 3, 4, 5, 6]), 'is binary, not a log'],
])('%s have no lines, but a fault', async (_name, contents, fault) => {
  await expect(linesOf(lineChunks(file(contents)))).rejects.toThrow(fault);
});

test('a file that cannot be opened or read has a fault', async () => {
  await expect(linesOf(lineChunks(join(folder, 'gone.log')))).rejects.toThrow('cannot be opened: ENOENT');
  await expect(linesOf(lineChunks(folder))).rejects.toThrow('cannot be read: EISDIR');
});

async function* partsOf(bytes: Buffer, part_bytes: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += part_bytes) yield bytes.subarray(at, at + part_bytes);
}

/** Numbers from 0 to 1 by a seed: mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
