import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { constants, gunzipSync } from 'node:zlib';
import type { FileStart } from './input.ts';

/** About twenty lines. Two logs with equal starts of that length are the same log. */
const START_BYTES = 4096;
/** Compressed bytes that contain so much of a log. */
const COMPRESSED_BYTES = 64 * 1024;

/** The start of a file, which is shorter only if the file is; undefined if the file cannot be read. */
export function fileStart(path: string, most_bytes = START_BYTES): FileStart | undefined {
  try {
    const start = uncompressed(firstBytes(path)).subarray(0, most_bytes);
    return { bytes: start.length, sha256: createHash('sha256').update(start).digest('hex') };
  } catch {
    // Reading all of the file reports the error.
    return undefined;
  }
}

function firstBytes(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(COMPRESSED_BYTES);
    return buffer.subarray(0, readSync(file, buffer, 0, COMPRESSED_BYTES, 0));
  } finally {
    closeSync(file);
  }
}

function uncompressed(bytes: Buffer): Buffer {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return isGzip ? gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }) : bytes;
}
