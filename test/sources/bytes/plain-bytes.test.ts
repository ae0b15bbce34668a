import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, describe, expect, test } from '@jest/globals';
import { FileFault } from '../../../lib/sources/bytes/file-fault.ts';
import { plainBytes } from '../../../lib/sources/bytes/plain-bytes.ts';

const folder = mkdtempSync(join(tmpdir(), 'logtally-bytes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What is read of a file with these bytes, and what is wrong with it. */
async function read(bytes: Buffer | string, name = 'access.log'): Promise<{ text: string; fault?: string }> {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of plainBytes(path)) chunks.push(Buffer.from(chunk));
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    return { text: Buffer.concat(chunks).toString(), fault: error.message };
  }
  return { text: Buffer.concat(chunks).toString() };
}

const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `line ${((from + index) * 7919) % 1_000_003} of the log\n`).join('');
const ONE = lines(0, 10);
const TWO = lines(10, 20);
const LONG = lines(0, 100_000);

/** Bytes that look like compressed data. */
function noise(length: number): Buffer {
  let state = 7;
  return Buffer.from(
    Array.from({ length }, () => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return state >> 16;
    }),
  );
}

/** A block of deflate without compression, not the last one. */
function stored(text: string): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt16LE(text.length, 1);
  head.writeUInt16LE(0xffff - text.length, 3);
  return Buffer.concat([head, Buffer.from(text)]);
}

/** The same bytes with one of them flipped. */
function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(at) ^ 0xff, at);
  return copy;
}

const PACKERS: [string, (text: string) => Buffer][] = [
  ['gzip', (text) => gzipSync(text)],
  ['zstd', (text) => zstdCompressSync(text)],
];

describe.each(PACKERS)('a %s file', (_name, pack) => {
  test.each([['access.log.gz'], ['access.log.zst'], ['access.log']])(
    'is known by its first bytes, named %s',
    async (name) => {
      expect(await read(pack(ONE), name)).toEqual({ text: ONE });
    },
  );

  test.each([
    ['of several members', Buffer.concat([pack(ONE), pack(TWO)]), ONE + TWO],
    ['of many members', Buffer.concat(Array.from({ length: 300 }, () => pack(ONE))), ONE.repeat(300)],
    ['padded with NULs', Buffer.concat([pack(ONE), Buffer.alloc(512)]), ONE],
    ['padded with many NULs', Buffer.concat([pack(ONE), Buffer.alloc(700_000)]), ONE],
    ['with NULs between its members', Buffer.concat([pack(ONE), Buffer.alloc(5), pack(TWO)]), ONE + TWO],
    ['followed by plain text', Buffer.concat([pack(ONE), Buffer.from(TWO)]), ONE + TWO],
    ['of many bytes', pack(LONG), LONG],
    ['of nothing', pack(''), ''],
  ])('%s is read whole', async (_what, bytes, text) => {
    expect(await read(bytes)).toEqual({ text });
  });

  test('followed by garbage is read to it', async () => {
    const { text, fault } = await read(Buffer.concat([pack(ONE), noise(1000)]));
    expect(text).toBe(ONE);
    expect(fault).toMatch(/^goes on after its compressed data with bytes that are none/);
  });

  test('that ends early is read to its end', async () => {
    const bytes = pack(LONG);
    const { text, fault } = await read(bytes.subarray(0, bytes.length / 2));
    expect(LONG.startsWith(text)).toBe(true);
    expect(text.length / LONG.length).toBeGreaterThan(0.4);
    expect(fault).toBe('ends early: unexpected end of file; the lines before that were read');
  });
});

describe('a damaged file', () => {
  test('with a wrong checksum is read whole', async () => {
    for (const text of [ONE, LONG]) {
      const bytes = gzipSync(text);
      const read_ = await read(flipped(bytes, bytes.length - 6));
      expect(read_).toEqual({ text, fault: expect.stringMatching(/^is damaged: its checksum is wrong/) });
    }
  });

  test('is read up to the damage, to the byte', async () => {
    // Members of their own, so that it is known what precedes the damage: an invalid block type.
    const broken = Buffer.concat([gzipSync('').subarray(0, 10), Buffer.of(0x07), noise(100)]);
    for (const text of [ONE, LONG]) {
      const { text: found, fault } = await read(Buffer.concat([gzipSync(text), broken]));
      expect(found).toBe(text);
      expect(fault).toMatch(/^is damaged: invalid/);
    }
    const header = gzipSync('').subarray(0, 10);
    expect(
      (await read(Buffer.concat([header, stored(LONG.slice(0, 60_000)), stored(ONE), Buffer.of(0x07), noise(9)]))).text,
    ).toBe(LONG.slice(0, 60_000) + ONE);
  });

  test('by Zstandard with a wrong checksum is read whole', async () => {
    const bytes = zstdCompressSync(ONE, { params: { 201: 1 } });
    expect(await read(flipped(bytes, bytes.length - 2))).toEqual({
      text: ONE,
      fault: expect.stringMatching(/^is damaged/),
    });
  });
});

test('skippable frames of Zstandard are skipped', async () => {
  const skippable = Buffer.concat([Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 4, 0, 0, 0]), Buffer.from('user')]);
  const bytes = Buffer.concat([skippable, zstdCompressSync(ONE), skippable, zstdCompressSync(TWO)]);
  expect(await read(bytes)).toEqual({ text: ONE + TWO });
});

describe('NULs are no text', () => {
  const RUN = Buffer.alloc(5000);
  test.each([
    ['at the start', Buffer.concat([RUN, Buffer.from(ONE)]), ONE],
    ['at the start, many', Buffer.concat([Buffer.alloc(3_000_001), Buffer.from(ONE)]), ONE],
    ['within', Buffer.concat([Buffer.from(ONE), RUN, Buffer.from(TWO)]), ONE + TWO],
    ['at the end', Buffer.concat([Buffer.from(ONE), RUN]), ONE],
    ['in a .gz', gzipSync(Buffer.concat([RUN, Buffer.from(ONE)])), ONE],
    ['in a line', `${ONE}a\0b\n`, `${ONE}ab\n`],
  ])('%s', async (_where, bytes, text) => {
    expect(await read(bytes)).toEqual({ text });
  });

  test('and a file with nothing else is reported', async () => {
    expect(await read(RUN)).toEqual({ text: '', fault: 'holds nothing but NUL bytes' });
  });
});

describe('text in other encodings', () => {
  const wide = Buffer.from(ONE + TWO, 'utf16le');
  test.each([
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${ONE}${TWO}`)],
    ['UTF-16LE', Buffer.concat([Buffer.of(0xff, 0xfe), wide])],
    ['UTF-16BE', Buffer.concat([Buffer.of(0xfe, 0xff), Buffer.from(wide).swap16()])],
    ['UTF-16LE without a mark', wide],
    ['UTF-16BE without a mark', Buffer.from(wide).swap16()],
    ['UTF-16LE in a .gz', gzipSync(Buffer.concat([Buffer.of(0xff, 0xfe), wide]))],
  ])('%s is read', async (_encoding, bytes) => {
    expect(await read(bytes)).toEqual({ text: ONE + TWO });
  });

  test('UTF-32 is named', async () => {
    expect((await read(Buffer.of(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0))).fault).toMatch(/iconv/);
  });

  test('some control characters and invalid UTF-8 are text', async () => {
    const bytes = Buffer.from(`\x1b[31m${ONE}\x01\x02caf\xe9\n`, 'latin1');
    expect((await read(bytes)).fault).toBeUndefined();
  });
});

describe('other files than logs are reported with the remedy', () => {
  const tar = Buffer.alloc(1024);
  tar.write('access.log');
  tar.write('ustar', 257);
  test.each([
    ['bzip2', Buffer.from('BZh91AY&SY'), 'bunzip2'],
    ['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0]), 'unxz'],
    ['7z', Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]), '7z x'],
    ['zip', Buffer.from('PK\x03\x04 and so on'), 'unzip'],
    ['tar', tar, 'tar -xf'],
    ['tar in a .gz', gzipSync(tar), 'tar -xf'],
    ['xz in a .gz', gzipSync(Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0])), 'unxz'],
    ['a .gz in a .gz', gzipSync(gzipSync(ONE)), 'twice'],
    ['Parquet', Buffer.from('PAR1\x15\0'), 'Parquet'],
    ['noise', noise(5000), 'binary'],
    ['few bytes with many NULs', Buffer.from([1, 0, 2, 0, 3, 0, 0, 4]), 'binary'],
  ])('%s', async (_what, bytes, fault) => {
    expect(await read(bytes)).toEqual({ text: '', fault: expect.stringContaining(fault) });
  });
});
