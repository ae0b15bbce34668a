import type { FileHandle } from 'node:fs/promises';
import { crc32, createInflateRaw, createZstdDecompress } from 'node:zlib';
import { afterNuls, contentOf, isNul, START_BYTES } from './content.ts';
import { decoded } from './decoder.ts';
import { FileFault } from './file-fault.ts';
import { readAt } from './read-at.ts';

/** Large enough for a log's lines, small enough to hold several. */
const CHUNK_BYTES = 256 * 1024;
/** A gzip header with its longest extra field and a long name. */
const MOST_HEADER_BYTES = 128 * 1024;
const TRAILER_BYTES = 8;

/**
 * The decompressed bytes of a file of gzip members or Zstandard frames, one after the other, and of plain text behind them.
 * NULs after a member are padding. Throws a FileFault after the last byte that can be read.
 */
export async function* decompress(file: FileHandle): AsyncGenerator<Buffer> {
  for (let position = 0; ; ) {
    position = await afterPadding(file, position);
    const start = await readAt(file, position, START_BYTES);
    if (start.length === 0) return;
    const content = contentOf(start);
    const encoding = 'encoding' in content ? content.encoding : undefined;
    if (encoding === 'gzip') position = yield* gzipMember(file, position);
    else if (encoding === 'zstd') position = yield* zstdFrame(file, position);
    else if (encoding === 'plain') return yield* rest(file, position);
    else throw new FileFault(`goes on after its compressed data with bytes that are none; the lines before were read`);
  }
}

/** RFC 1952. */
async function* gzipMember(file: FileHandle, start: number): AsyncGenerator<Buffer, number> {
  const header = headerBytes(await readAt(file, start, MOST_HEADER_BYTES));
  let crc = 0;
  let size = 0;
  let position = start + header;
  const bytes = decoded(file, position, () => createInflateRaw({ chunkSize: CHUNK_BYTES }));
  try {
    for (let next = await bytes.next(); ; next = await bytes.next()) {
      if (next.done) {
        position = next.value;
        break;
      }
      crc = crc32(next.value, crc);
      size += next.value.length;
      yield next.value;
    }
  } catch (error) {
    throw damage(error as Error);
  } finally {
    await bytes.return(position);
  }
  const trailer = await readAt(file, position, TRAILER_BYTES);
  if (trailer.length < TRAILER_BYTES) throw damage(new Error('unexpected end of file'));
  if (trailer.readUInt32LE(0) !== crc || trailer.readUInt32LE(4) !== size % 2 ** 32) {
    throw new FileFault('is damaged: its checksum is wrong; its lines were read, and some may be wrong');
  }
  return position + TRAILER_BYTES;
}

async function* zstdFrame(file: FileHandle, start: number): AsyncGenerator<Buffer, number> {
  try {
    return yield* decoded(file, start, () => createZstdDecompress({ chunkSize: CHUNK_BYTES }));
  } catch (error) {
    throw damage(error as Error);
  }
}

/** The length of a gzip header, RFC 1952, 2.3: ten bytes, then an extra field, name, comment and checksum by its flags. */
function headerBytes(bytes: Buffer): number {
  const flags = bytes[3] ?? 0;
  let length = 10;
  if (flags & 4) length += 2 + (bytes.length >= 12 ? bytes.readUInt16LE(10) : 0);
  for (const flag of [8, 16]) if (flags & flag) length = bytes.indexOf(0, length) + 1 || bytes.length;
  return flags & 2 ? length + 2 : length;
}

function damage({ message }: Error): FileFault {
  const what = message.includes('unexpected end') ? `ends early: ${message}` : `is damaged: ${message}`;
  return new FileFault(`${what}; the lines before that were read`);
}

async function afterPadding(file: FileHandle, start: number): Promise<number> {
  for (let position = start; ; ) {
    const bytes = await readAt(file, position, CHUNK_BYTES);
    if (bytes.length === 0 || !isNul(bytes)) return position + afterNuls(bytes, 0);
    position += bytes.length;
  }
}

async function* rest(file: FileHandle, start: number): AsyncGenerator<Buffer> {
  for (let position = start; ; ) {
    const bytes = await readAt(file, position, CHUNK_BYTES);
    if (bytes.length === 0) return;
    yield bytes;
    position += bytes.length;
  }
}
