import type { Texts } from './texts.ts';

/**
 * Whole lines of one file, in order: `bytes` from `start` to `end`, without NULs. LF, CR and CRLF end a line, and a CRLF is
 * whole; the last line may lack its line end.
 */
export interface LineChunk {
  bytes: Uint8Array;
  start: number;
  end: number;
}

/** One raw column of lines: the id of each line's text in `texts`, 0 for NULL. */
export interface RawColumn {
  ids: Int32Array;
  texts: Texts;
}

/**
 * Lines as a scanner reads them: the raw columns of their format. Empty lines, lines of NULs alone and those that the format
 * ignores are left out. The arrays may be longer than `rows`, and are valid until the scanner reads again.
 */
export interface RawBatch {
  rows: number;
  /** The columns in the order of `rawColumns(format)`. In lines that fit no line of the format they have no meaning. */
  columns: readonly RawColumn[];
  /**
   * Milliseconds since midnight, to add to what the mapping makes of the time column. Times rarely repeat but days do: a
   * scanner may write a time as that of midnight, in the same notation, and keep the clock here.
   */
  clock_ms: Float64Array;
  /** 1 for a line that fits no line of the format. */
  unfit: Uint8Array;
  /** The number of each line in the chunk, counted from 1, ignored and empty ones included. */
  line_number: Int32Array;
  /** Where each line is in the chunk, without its line end. */
  line_start: Int32Array;
  line_end: Int32Array;
  /**
   * A hash of the whole line: an integer of 52 bits. Other lines have another one, as good as certainly. It is the same in
   * all threads that a thread started after it loaded lib/parser/hash.ts.
   */
  line_hash: Float64Array;
  /** Lines of the chunk, ignored and empty ones included. */
  lines: number;
}

/** Reads lines of one format. */
export interface Scanner {
  /** Names of the raw columns. */
  columns: readonly string[];
  /** The next lines of a file. Lines of other files must not come between: a header holds for the lines after it. */
  scan(chunk: LineChunk): RawBatch;
  /** Forgets the header before the lines of another file. */
  startFile(): void;
  /** Forgets all texts, and so bounds the memory. Ids of earlier batches have no meaning any more. */
  clear(): void;
}
