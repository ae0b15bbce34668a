import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

/** A longer line is cut here, to bound memory; no access log has one. */
const LONGEST_LINE_BYTES = 16 * 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;

const LF = 0x0a;
const CR = 0x0d;

export interface NumberedLine {
  /** Counted from 1, empty lines included. */
  number: number;
  text: string;
}

/** Picks lines by their length and their number. */
type Wanted = (length_bytes: number, number: number) => boolean;

/**
 * Lines of a plain or `.gz` file, with invalid UTF-8 as U+FFFD. LF, CR and CRLF end a line, as in DuckDB and Hive. Only
 * the `wanted` lines are decoded and returned.
 */
export async function* readLines(path: string, wanted: Wanted): AsyncGenerator<NumberedLine> {
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const bytes = path.endsWith('.gz') ? file.pipe(createGunzip({ chunkSize: CHUNK_BYTES })) : file;
  file.once('error', (error) => bytes.destroy(error));
  const lines = lineSplitter(wanted);
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) yield* lines.split(chunk);
    yield* lines.end();
  } finally {
    // Also if the caller stops early.
    file.destroy();
  }
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
      beginLine(chunk.subarray(start, start + LONGEST_LINE_BYTES - begun_bytes));
      return lines;
    },
    /** The last line, if no line end follows it. */
    end(): NumberedLine[] {
      return begun_bytes > 0 ? endLine(Buffer.of()) : [];
    },
  };

  function beginLine(part: Buffer): void {
    if (part.length === 0) return;
    // A copy, so that the rest of the chunk can be freed.
    begun.push(Buffer.from(part));
    begun_bytes += part.length;
  }

  function endLine(part: Buffer): NumberedLine[] {
    number++;
    const isWanted = wanted(begun_bytes + part.length, number);
    const lines = isWanted ? [{ number, text: decoder.decode(Buffer.concat([...begun, part])) }] : [];
    begun = [];
    begun_bytes = 0;
    return lines;
  }
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
