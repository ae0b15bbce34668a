import { closeSync, openSync, readSync } from 'node:fs';
import { constants, gunzipSync } from 'node:zlib';

/** Enough for the first lines of most files, and for the longest line there may be. */
const HEADS_BYTES = [64 * 1024, 16 * 1024 * 1024];
const LONGEST_INFLATED_BYTES = 64 * 1024 * 1024;

const LINE_END = /\r\n|\n|\r/;

/**
 * The first `most` lines of a plain or `.gz` file, empty ones left out, with bytes that are no UTF-8 as U+FFFD; as many
 * as can be read of a broken file, and none of a binary one. It reads without waiting: that is ten times faster for many
 * small files.
 */
export function firstLines(path: string, most: number): string[] {
  for (const length_bytes of HEADS_BYTES) {
    const { bytes, isWhole } = headOf(path, length_bytes);
    if (bytes.includes(0)) return [];
    const lines = new TextDecoder().decode(bytes).split(LINE_END);
    // The last one may go on.
    if (!isWhole) lines.pop();
    const found = lines.filter((line) => line !== '').slice(0, most);
    if (found.length > 0 || isWhole) return found;
  }
  return [];
}

function headOf(path: string, length_bytes: number): { bytes: Buffer; isWhole: boolean } {
  try {
    const file = openSync(path, 'r');
    try {
      const buffer = Buffer.allocUnsafe(length_bytes);
      const bytes = buffer.subarray(0, readSync(file, buffer, 0, length_bytes, 0));
      const isWhole = bytes.length < length_bytes;
      return { bytes: path.endsWith('.gz') ? inflated(bytes) : bytes, isWhole };
    } finally {
      closeSync(file);
    }
  } catch {
    // What is wrong with the file is told when it is read for good.
    return { bytes: Buffer.alloc(0), isWhole: true };
  }
}

/** What the start of a gzip file holds. */
function inflated(bytes: Buffer): Buffer {
  return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: LONGEST_INFLATED_BYTES });
}
