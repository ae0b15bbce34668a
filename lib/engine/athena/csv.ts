import { copyBytes, withRoom } from './copy-bytes.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const LINE_FEED = 0x0a;

/** Receives what a CSV text contains, in order. The bytes of a value are valid only during the call. */
export interface CsvSink {
  value(bytes: Buffer, start: number, end: number): void;
  /** NULL: a value without characters and without quotes, whereas `""` is the empty string. */
  null(): void;
  endRow(): void;
}

/** Where the last chunk ended: between two values, or inside one. */
type State = 'between' | 'quoted' | 'after_quote' | 'unquoted';

/**
 * Reads CSV as Athena writes it: values in double quotes, quotes inside doubled, line feeds and commas inside kept, NULL as
 * no characters at all. `write` takes the bytes in chunks of any size, `end` closes the last row. Reads each byte once and
 * keeps at most one value in memory. An Error if the text is not such CSV.
 */
export function csvReader(sink: CsvSink): { write(chunk: Buffer): void; end(): void } {
  let state: State = 'between';
  let valueIsDue = false;
  const earlier = growingBuffer();

  // Each of these functions reads from a position of the chunk and returns where to continue.

  function readValue(chunk: Buffer, at: number): number {
    const byte = chunk[at];
    if (byte === QUOTE) return readQuoted(chunk, at + 1);
    if (!isSeparator(byte)) return readUnquoted(chunk, at);
    sink.null();
    return separate(byte, at);
  }

  /** Reads a quoted value, or the rest of it after a doubled quote or from an earlier chunk. */
  function readQuoted(chunk: Buffer, start: number): number {
    const { length } = chunk;
    let quote = start;
    // Most bytes are read here: for values of usual length this loop is faster than indexOf.
    while (quote < length && chunk[quote] !== QUOTE) quote++;
    if (quote === length) return interrupt('quoted', chunk, start, quote);
    if (quote + 1 === length) return interrupt('after_quote', chunk, start, quote) + 1;
    if (isSeparator(chunk[quote + 1])) return endValue(chunk, start, quote, quote + 1);
    checkDoubled(chunk[quote + 1]);
    return interrupt('quoted', chunk, start, quote + 1) + 1;
  }

  /** Continues a quoted value from an earlier chunk that ended with a quote. */
  function readAfterQuote(chunk: Buffer, at: number): number {
    if (isSeparator(chunk[at])) return endValue(chunk, at, at, at);
    checkDoubled(chunk[at]);
    return interrupt('quoted', chunk, at, at + 1);
  }

  function readUnquoted(chunk: Buffer, start: number): number {
    for (let at = start; at < chunk.length; at++) {
      if (isSeparator(chunk[at])) return endValue(chunk, start, at, at);
      if (chunk[at] === QUOTE) throw new Error('there is a quote inside a value without quotes');
    }
    return interrupt('unquoted', chunk, start, chunk.length);
  }

  /** Keeps the part of a value that ends here, to continue in `next`. */
  function interrupt(next: State, chunk: Buffer, start: number, end: number): number {
    earlier.append(chunk, start, end);
    state = next;
    return end;
  }

  function endValue(chunk: Buffer, start: number, end: number, separatorAt: number): number {
    if (earlier.isEmpty()) sink.value(chunk, start, end);
    else emitJoined(chunk, start, end);
    state = 'between';
    return separate(chunk[separatorAt], separatorAt);
  }

  /** Emits a value that began in an earlier chunk or has doubled quotes. */
  function emitJoined(chunk: Buffer, start: number, end: number): void {
    earlier.append(chunk, start, end);
    const { bytes, length } = earlier.take();
    sink.value(bytes, 0, length);
  }

  function separate(separator: number | undefined, at: number): number {
    valueIsDue = separator === COMMA;
    if (!valueIsDue) sink.endRow();
    return at + 1;
  }

  const READ = { between: readValue, quoted: readQuoted, after_quote: readAfterQuote, unquoted: readUnquoted };

  return {
    write(chunk) {
      let at = 0;
      while (at < chunk.length) at = state === 'between' ? readValue(chunk, at) : READ[state](chunk, at);
    },
    end() {
      if (state === 'quoted') throw new Error('the text ends inside a value');
      if (state !== 'between') emitJoined(NOTHING, 0, 0);
      else if (valueIsDue) sink.null();
      if (state !== 'between' || valueIsDue) sink.endRow();
      state = 'between';
      valueIsDue = false;
    },
  };
}

const NOTHING = Buffer.alloc(0);

function isSeparator(byte: number | undefined): boolean {
  return byte === COMMA || byte === LINE_FEED;
}

/** Two quotes inside a quoted value stand for one. */
function checkDoubled(byte: number | undefined): void {
  if (byte !== QUOTE) throw new Error('a quote inside a value is not doubled');
}

/** Bytes from several places as one piece; grows with the longest value. */
function growingBuffer() {
  let bytes: Buffer = Buffer.allocUnsafe(1024);
  let length = 0;
  return {
    isEmpty: () => length === 0,
    append(chunk: Buffer, start: number, end: number): void {
      bytes = withRoom(bytes, length, length + end - start);
      length = copyBytes(chunk, start, end, bytes, length);
    },
    /** The bytes appended since the last call; valid until the next append. */
    take() {
      const taken = { bytes, length };
      length = 0;
      return taken;
    },
  };
}
