import { FileFault } from './bytes/file-fault.ts';
import { plainBytes } from './bytes/plain-bytes.ts';

/** A longer line is not kept in memory, and becomes a reject; no access log has one. */
const LONGEST_LINE_BYTES = 16 * 1024 * 1024;
/** What is kept of such a line. */
const SHOWN_BYTES = 1000;

const LF = 0x0a;
const CR = 0x0d;

export interface NumberedLine {
  /** Counted from 1, empty lines included. */
  number: number;
  text: string;
  /** True for a line above 16 MB: `text` is its start and its size. */
  is_overlong: boolean;
}

/** Picks lines by the length of their text and their number. */
type Wanted = (length_bytes: number, number: number) => boolean;

/**
 * Lines of a raw file, with invalid UTF-8 as U+FFFD; of a damaged one those before the damage. LF, CR and CRLF end a line,
 * as in DuckDB and Hive. Only the `wanted` lines are decoded and returned.
 */
export async function* readLines(path: string, wanted: Wanted): AsyncGenerator<NumberedLine> {
  const lines = lineSplitter(wanted);
  try {
    for await (const chunk of plainBytes(path)) yield* lines.split(chunk);
  } catch (error) {
    // It is reported when the file is checked.
    if (!(error instanceof FileFault)) throw error;
  }
  yield* lines.end();
}

/** Splits chunks into lines. A line may begin in one chunk and end in another. */
function lineSplitter(wanted: Wanted) {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let begun: Buffer[] = [];
  let begun_bytes = 0;
  let number = 0;
  let last_byte: number | undefined;

  return {
    /** The wanted lines that end in a chunk. */
    split(chunk: Buffer): NumberedLine[] {
      const lines: NumberedLine[] = [];
      let start = 0;
      for (const end of lineEnds(chunk)) {
        const byte_before = end > 0 ? chunk[end - 1] : last_byte;
        const isSecondOfPair = chunk[end] === LF && byte_before === CR;
        if (!isSecondOfPair) lines.push(...endLine(chunk.subarray(start, end)));
        start = end + 1;
      }
      last_byte = chunk.at(-1) ?? last_byte;
      beginLine(chunk.subarray(start));
      return lines;
    },
    /** The last line, if no line end follows it. */
    end(): NumberedLine[] {
      return begun_bytes > 0 ? endLine(Buffer.of()) : [];
    },
  };

  function beginLine(part: Buffer): void {
    if (part.length === 0) return;
    begun_bytes += part.length;
    // A copy, so that the rest of the chunk can be freed.
    if (begun_bytes <= LONGEST_LINE_BYTES) begun.push(Buffer.from(part));
    else begun = [Buffer.concat(begun).subarray(0, SHOWN_BYTES)];
  }

  function endLine(part: Buffer): NumberedLine[] {
    number++;
    const length_bytes = begun_bytes + part.length;
    const is_overlong = length_bytes > LONGEST_LINE_BYTES;
    const line = () => Buffer.concat([...begun, part]);
    const shown = is_overlong ? overlong(line(), length_bytes) : undefined;
    const isWanted = wanted(shown?.length ?? length_bytes, number);
    const lines = isWanted ? [{ number, text: decoder.decode(shown ?? line()), is_overlong }] : [];
    begun = [];
    begun_bytes = 0;
    return lines;
  }
}

/** What stands for a line that is too long. */
function overlong(line: Buffer, length_bytes: number): Buffer {
  return Buffer.concat([line.subarray(0, SHOWN_BYTES), Buffer.from(`… (${length_bytes} bytes)`)]);
}

/** Positions of the bytes in a chunk that end a line, in order. */
function lineEnds(chunk: Buffer): number[] {
  const ends = positionsOf(LF, chunk);
  return chunk.includes(CR) ? [...ends, ...positionsOf(CR, chunk)].sort((a, b) => a - b) : ends;
}

function positionsOf(byte: number, chunk: Buffer): number[] {
  const positions: number[] = [];
  for (let at = chunk.indexOf(byte); at !== -1; at = chunk.indexOf(byte, at + 1)) positions.push(at);
  return positions;
}
