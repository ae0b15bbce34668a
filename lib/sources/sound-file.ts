import { closeSync, createReadStream, openSync, readFileSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress, gunzipSync } from 'node:zlib';
import { contentOf, isNul, START_BYTES } from './bytes/content.ts';
import { cannotOpen, FileFault } from './bytes/file-fault.ts';
import { hasShortLines, LONG_LINE_BYTES, shortLineCheck } from './line-lengths.ts';

/** A compressed file up to this size is checked at once, which is faster for many small files. */
const SMALL_BYTES = 256 * 1024;
const READ_BYTES = 256 * 1024;
const CHUNK_BYTES = 1024 * 1024;
const NAME_FLAG = 8;

/** Encodings of files that DuckDB itself can read. */
export type SoundEncoding = 'plain' | 'gzip' | 'zstd';

/**
 * The encoding of a file that DuckDB reads without loss; undefined for any other file. A compressed file is decompressed once
 * to see this, because DuckDB reads damaged ones without an error. Throws a FileFault if the file is no log or cannot be
 * opened.
 */
export async function soundEncoding(path: string, size_bytes: number): Promise<SoundEncoding | undefined> {
  const start = startOf(path);
  if (start.length > 0 && isNul(start)) return undefined;
  const content = contentOf(start);
  if ('refusal' in content) throw new FileFault(content.refusal);
  const { encoding } = content;
  if (encoding === 'plain') return (await isShortLined(path, size_bytes)) ? encoding : undefined;
  if (encoding !== 'gzip' && encoding !== 'zstd') return undefined;
  if (encoding === 'gzip' && hasLongHeader(start)) return undefined;
  const isSmall = encoding === 'gzip' && size_bytes <= SMALL_BYTES;
  return (isSmall ? isSoundSmall(path) : await isSound(path, size_bytes, encoding)) ? encoding : undefined;
}

/** The first bytes of a file. Reads synchronously, which is ten times faster for many small files. */
function startOf(path: string): Buffer {
  try {
    const file = openSync(path, 'r');
    try {
      const buffer = Buffer.allocUnsafe(START_BYTES);
      return buffer.subarray(0, readSync(file, buffer, 0, START_BYTES, 0));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw cannotOpen(error as NodeJS.ErrnoException);
  }
}

async function isShortLined(path: string, size_bytes: number): Promise<boolean> {
  if (size_bytes <= LONG_LINE_BYTES) return true;
  const file = await open(path);
  return hasShortLines(file, size_bytes).finally(() => file.close());
}

function isSoundSmall(path: string): boolean {
  const bytes = readFileSync(path);
  try {
    // With `info`, the result also holds the decompressor. The types of Node do not know this.
    const { buffer, engine } = gunzipSync(bytes, {
      info: true,
      maxOutputLength: LONG_LINE_BYTES * 4,
    } as object) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    return engine.bytesWritten === bytes.length && isPlain(buffer) && shortLineCheck()(buffer);
  } catch {
    return false;
  }
}

async function isSound(path: string, size_bytes: number, encoding: 'gzip' | 'zstd'): Promise<boolean> {
  const options = { chunkSize: CHUNK_BYTES };
  const decoder = encoding === 'gzip' ? createGunzip(options) : createZstdDecompress(options);
  const isShort = shortLineCheck();
  let isFirst = true;
  const check = async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      if ((isFirst && !isPlain(chunk)) || !isShort(chunk)) return false;
      isFirst = false;
    }
    // Bytes behind the compressed data are not consumed.
    return decoder.bytesWritten === size_bytes;
  };
  return pipeline(createReadStream(path, { highWaterMark: READ_BYTES }), decoder, check).catch(() => false);
}

/** DuckDB refuses a gzip header with more than a name: bgzip and others write fields into it, RFC 1952, 2.3.1. */
function hasLongHeader(start: Buffer): boolean {
  return ((start[3] ?? 0) & ~NAME_FLAG) !== 0;
}

/** True if the start of decompressed bytes is text as DuckDB reads it. */
function isPlain(chunk: Buffer): boolean {
  const content = contentOf(chunk.subarray(0, START_BYTES));
  return 'encoding' in content && content.encoding === 'plain';
}
