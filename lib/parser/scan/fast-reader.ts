import type { Format } from '../../formats/format.ts';
import type { ExactReader } from '../exact/exact-reader.ts';
import type { RawRows } from './raw-rows.ts';

/**
 * Reads most lines of a format from their bytes. It takes a line only if it is certain that the line fits the format and of
 * every value, and leaves all others to the exact reader: comments, odd quotes, what is damaged.
 */
export interface FastReader {
  /** Called before lines in other bytes are read; those of earlier lines have changed then. */
  startChunk?(bytes: Uint8Array): void;
  /**
   * Reads the line in `bytes` from `start` to `end`, which is UTF-8 and not empty, into a row: sets `ids` of all needed
   * columns, `clock_ms` and `line_hash`. False for a line that it does not take; what it has set then has no meaning.
   * `bytes[end]` is a line end or 0, and at least 8 bytes follow `end`. Whether it takes a line depends only on the line and
   * those before it in its file.
   */
  read(bytes: Uint8Array, start: number, end: number, row: number): boolean;
}

/**
 * Makes a fast reader that writes into `rows`; undefined if the format is of another kind. `exact` is the reader of what it
 * leaves, which thus knows the headers.
 */
export type FastReaderOf = (format: Format, rows: RawRows, exact: ExactReader) => FastReader | undefined;
