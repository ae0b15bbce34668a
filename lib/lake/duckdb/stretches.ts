import type { Format } from '../../formats/format.ts';
import { FileFault } from '../../sources/bytes/file-fault.ts';
import { isPlainFile } from '../../sources/line-chunks.ts';
import type { RawFile } from '../../sources/raw-files.ts';

/** A file of which lines are read, or the lines that begin within a part of it. */
export interface Piece {
  file: RawFile;
  /** The place of the file among those that are read. */
  index: number;
  /** Left out for the whole file. */
  within?: { from: number; to: number };
}

/** What is read at once, from one end to the other: some whole files, or a part of one. */
export type Stretch = readonly Piece[];

/** Raw bytes of a stretch: enough rows for a row group, few enough to hold several stretches in memory. */
export const STRETCH_BYTES = 16 * 1024 ** 2;

/** About how much larger an access log is without compression. */
const PACKED_RATIO = 12;

/** About how many bytes of lines files have. */
export function totalBytes(files: readonly RawFile[]): number {
  return files.reduce((total, file) => total + rawBytes(file), 0);
}

function rawBytes({ path, size_bytes }: RawFile): number {
  return size_bytes * (/\.(gz|zst)$/i.test(path) ? PACKED_RATIO : 1);
}

/**
 * Cuts files into stretches, in order. They depend on the files alone, so that the rows do not depend on how many threads
 * read them. A compressed file cannot be read from its middle, nor one whose headers hold for all lines after them.
 */
export function stretchesOf(
  files: readonly RawFile[],
  format: Pick<Format, 'header'>,
  stretch_bytes = STRETCH_BYTES,
): Stretch[] {
  const stretches: Piece[][] = [];
  let room = 0;
  files.forEach((file, index) => {
    const { path, size_bytes } = file;
    const piece = { file, index };
    const bytes = rawBytes(file);
    if (bytes > stretch_bytes && !format.header && isSplittable(path)) {
      for (let from = 0; from < size_bytes; from += stretch_bytes) {
        stretches.push([{ ...piece, within: { from, to: Math.min(from + stretch_bytes, size_bytes) } }]);
      }
      room = 0;
      return;
    }
    if (stretches.length === 0 || bytes > room) {
      stretches.push([]);
      room = stretch_bytes;
    }
    stretches.at(-1)?.push(piece);
    room -= bytes;
  });
  return stretches;
}

/** Why a file cannot be read at all is thrown again, and reported, when its lines are read. */
function isSplittable(path: string): boolean {
  try {
    return isPlainFile(path);
  } catch (error) {
    if (error instanceof FileFault) return false;
    throw error;
  }
}
