import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

/** A longer line is cut here: no access log has one, and memory stays bounded. */
const LONGEST_LINE_BYTES = 16 * 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;

const LF = 0x0a;
const CR = 0x0d;

export interface NumberedLine {
  /** Counted from 1, empty lines included. */
  number: number;
  text: string;
}

/**
 * Lines of a plain or `.gz` file, with bytes that are no UTF-8 as U+FFFD. LF, CR and CRLF end a line, as they do for
 * DuckDB and for Hive. `wanted` picks lines by their length in bytes and their number; the others are not even decoded.
 */
export async function* readLines(
  path: string,
  wanted: (length_bytes: number, number: number) => boolean,
): AsyncGenerator<NumberedLine> {
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const bytes = path.endsWith('.gz') ? file.pipe(createGunzip({ chunkSize: CHUNK_BYTES })) : file;
  file.once('error', (error) => bytes.destroy(error));
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let rest: Buffer[] = [];
  let rest_bytes = 0;
  let number = 0;
  let afterReturn = false;
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      const ends = lineEnds(chunk);
      let start = 0;
      for (const end of ends) {
        const secondOfPair = chunk[end] === LF && (end > start ? false : end > 0 ? chunk[end - 1] === CR : afterReturn);
        if (!secondOfPair) {
          number++;
          const length_bytes = rest_bytes + end - start;
          if (wanted(length_bytes, number)) {
            yield { number, text: decoder.decode(Buffer.concat([...rest, chunk.subarray(start, end)])) };
          }
          rest = [];
          rest_bytes = 0;
        }
        start = end + 1;
      }
      if (chunk.length > 0) afterReturn = chunk[chunk.length - 1] === CR;
      const kept = chunk.subarray(start, start + Math.max(0, LONGEST_LINE_BYTES - rest_bytes));
      if (kept.length > 0) rest.push(Buffer.from(kept));
      rest_bytes += kept.length;
    }
    if (rest_bytes > 0 && wanted(rest_bytes, number + 1)) {
      yield { number: number + 1, text: decoder.decode(Buffer.concat(rest)) };
    }
  } finally {
    // Whoever has seen enough leaves no file open.
    file.destroy();
  }
}

/** Where lines end in a chunk. */
function lineEnds(chunk: Buffer): number[] {
  const ends: number[] = [];
  const hasReturns = chunk.includes(CR);
  for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, end + 1)) ends.push(end);
  if (!hasReturns) return ends;
  for (let end = chunk.indexOf(CR); end !== -1; end = chunk.indexOf(CR, end + 1)) ends.push(end);
  return ends.sort((a, b) => a - b);
}
