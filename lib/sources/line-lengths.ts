import type { FileHandle } from 'node:fs/promises';
import { readAt } from './bytes/read-at.ts';

/**
 * DuckDB reads a line of up to 8 MB, the size of its buffer, and may leave out a longer one without a word. Lines from half
 * of that are read by Logtally itself.
 */
export const LONG_LINE_BYTES = 4 * 1024 * 1024;

const PIECE_BYTES = 64 * 1024;
const LF = 0x0a;
const CR = 0x0d;

/**
 * False if a plain file may have a line of twice `LONG_LINE_BYTES`. Looks only for the first line end after each multiple of
 * `LONG_LINE_BYTES`: such a line has none between two of them.
 */
export async function hasShortLines(file: FileHandle, size_bytes: number): Promise<boolean> {
  for (let at = LONG_LINE_BYTES; at + LONG_LINE_BYTES <= size_bytes; at += LONG_LINE_BYTES) {
    if (!(await endsWithin(file, at, at + LONG_LINE_BYTES))) return false;
  }
  return true;
}

async function endsWithin(file: FileHandle, from: number, to: number): Promise<boolean> {
  for (let at = from; at < to; at += PIECE_BYTES) {
    const piece = await readAt(file, at, Math.min(PIECE_BYTES, to - at));
    if (piece.length === 0 || piece.includes(LF) || piece.includes(CR)) return true;
  }
  return false;
}

/** Follows the chunks of a file: true as long as no line may be longer than `LONG_LINE_BYTES`. */
export function shortLineCheck(): (chunk: Buffer) => boolean {
  let begun_bytes = 0;
  return (chunk) => {
    const first = Math.max(chunk.indexOf(LF), chunk.indexOf(CR));
    if (first === -1) begun_bytes += chunk.length;
    else if (begun_bytes + first > LONG_LINE_BYTES) return false;
    else begun_bytes = chunk.length - 1 - Math.max(chunk.lastIndexOf(LF), chunk.lastIndexOf(CR));
    return begun_bytes <= LONG_LINE_BYTES;
  };
}
