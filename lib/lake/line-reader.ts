import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

/** A longer line is cut here: no access log has one, and memory stays bounded. */
const LONGEST_LINE_BYTES = 16 * 1024 * 1024;

const LF = 0x0a;
const CR = 0x0d;

export interface NumberedLine {
  /** Counted from 1, empty lines included. */
  number: number;
  text: string;
}

/** The lines of a plain or `.gz` file, one by one, with bytes that are no UTF-8 as U+FFFD. */
export async function* readLines(path: string): AsyncGenerator<NumberedLine> {
  const file = createReadStream(path);
  const bytes = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  file.once('error', (error) => bytes.destroy(error));
  const decoder = new TextDecoder();
  let rest: Buffer[] = [];
  let rest_bytes = 0;
  let number = 0;
  let afterReturn = false;
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte !== LF && byte !== CR) {
        afterReturn = false;
        continue;
      }
      const secondOfPair = byte === LF && afterReturn;
      afterReturn = byte === CR;
      if (!secondOfPair) {
        rest.push(chunk.subarray(start, at));
        number++;
        yield { number, text: decoder.decode(Buffer.concat(rest)) };
        rest = [];
        rest_bytes = 0;
      }
      start = at + 1;
    }
    const kept = chunk.subarray(start, start + Math.max(0, LONGEST_LINE_BYTES - rest_bytes));
    rest.push(kept);
    rest_bytes += kept.length;
  }
  if (rest_bytes > 0) yield { number: number + 1, text: decoder.decode(Buffer.concat(rest)) };
}
