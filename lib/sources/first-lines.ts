import { closeSync, openSync, readSync } from 'node:fs';
import { constants, gunzipSync } from 'node:zlib';

/** How much is read of the start: enough for the first lines of most files, then enough for the longest line. */
const START_BYTES = [64 * 1024, 16 * 1024 * 1024];
const MOST_DECOMPRESSED_BYTES = 64 * 1024 * 1024;

const LINE_END = /\r\n|\n|\r/;

/**
 * The first `most` lines of a plain or `.gz` file that are not empty, with invalid UTF-8 as U+FFFD. A damaged file gives
 * the lines that can be read, a binary file none. Reads synchronously, which is ten times faster for many small files.
 */
export function firstLines(path: string, most: number): string[] {
  for (const length_bytes of START_BYTES) {
    const { bytes, isComplete } = startOf(path, length_bytes);
    if (bytes.includes(0)) return [];
    const lines = new TextDecoder().decode(bytes).split(LINE_END);
    // The last line may continue beyond what was read.
    if (!isComplete) lines.pop();
    const found = lines.filter((line) => line !== '').slice(0, most);
    if (found.length > 0 || isComplete) return found;
  }
  return [];
}

function startOf(path: string, length_bytes: number): { bytes: Buffer; isComplete: boolean } {
  try {
    const file = openSync(path, 'r');
    try {
      const buffer = Buffer.allocUnsafe(length_bytes);
      const bytes = buffer.subarray(0, readSync(file, buffer, 0, length_bytes, 0));
      const isComplete = bytes.length < length_bytes;
      return { bytes: path.endsWith('.gz') ? decompressed(bytes) : bytes, isComplete };
    } finally {
      closeSync(file);
    }
  } catch {
    // The error is reported when all of the file is read.
    return { bytes: Buffer.alloc(0), isComplete: true };
  }
}

/** The decompressed start of a gzip file. */
function decompressed(bytes: Buffer): Buffer {
  return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST_DECOMPRESSED_BYTES });
}
