const QUOTE = 0x22;
const COMMA = 0x2c;
const LINE_FEED = 0x0a;

/** What a CSV text holds, in order. The bytes of a value are only valid during the call. */
export interface CsvSink {
  value(bytes: Buffer, start: number, end: number): void;
  /** A value without quotes and characters: NULL, where `""` is the empty string. */
  nothing(): void;
  endRow(): void;
}

type State = 'value_start' | 'quoted' | 'after_quote' | 'unquoted';

/**
 * Reads CSV as Athena writes it: values in double quotes, quotes inside doubled, line feeds and commas inside kept,
 * NULL as nothing at all. `write` takes the bytes in chunks cut anywhere, `end` closes the last row. Runs once over the
 * bytes and holds no more than one value. Throws when the text is no such CSV.
 */
export function csvReader(sink: CsvSink): { write(chunk: Buffer): void; end(): void } {
  let state: State = 'value_start';
  let rowIsOpen = false;
  // The front of a value whose bytes do not lie in one piece: it began in an earlier chunk or has doubled quotes.
  let held = Buffer.allocUnsafe(1024);
  let heldLength = 0;

  function hold(chunk: Buffer, start: number, end: number): void {
    const length = heldLength + end - start;
    if (length > held.length) {
      const larger = Buffer.allocUnsafe(2 * length);
      held.copy(larger, 0, 0, heldLength);
      held = larger;
    }
    chunk.copy(held, heldLength, start, end);
    heldLength = length;
  }

  function emit(chunk: Buffer, start: number, end: number): void {
    if (heldLength === 0) {
      sink.value(chunk, start, end);
      return;
    }
    hold(chunk, start, end);
    const length = heldLength;
    heldLength = 0;
    sink.value(held, 0, length);
  }

  function separate(byte: number): void {
    rowIsOpen = byte === COMMA;
    state = 'value_start';
    if (byte === LINE_FEED) sink.endRow();
  }

  function write(chunk: Buffer): void {
    // Of the current value, as far as it lies in this chunk.
    let start = 0;
    let end = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (state === 'quoted') {
        // The bulk of the text is passed here, in the shortest of loops.
        while (at < chunk.length && chunk[at] !== QUOTE) at++;
        if (at === chunk.length) break;
        end = at;
        state = 'after_quote';
      } else if (state === 'value_start') {
        start = at;
        if (byte === QUOTE) {
          start++;
          rowIsOpen = true;
          state = 'quoted';
        } else if (byte === COMMA || byte === LINE_FEED) {
          sink.nothing();
          separate(byte);
        } else {
          rowIsOpen = true;
          state = 'unquoted';
        }
      } else if (byte === COMMA || byte === LINE_FEED) {
        emit(chunk, start, state === 'unquoted' ? at : end);
        separate(byte);
      } else if (state === 'after_quote') {
        if (byte !== QUOTE) throw new Error('a quote inside a value is not doubled');
        // The value goes on with this second quote, which stands for both.
        hold(chunk, start, end);
        start = at;
        state = 'quoted';
      } else if (byte === QUOTE) {
        throw new Error('a quote stands inside a value without quotes');
      }
    }
    if (state === 'after_quote') hold(chunk, start, end);
    else if (state !== 'value_start') hold(chunk, start, chunk.length);
  }

  function end(): void {
    if (state === 'quoted') throw new Error('the text ends inside a value');
    if (state !== 'value_start') emit(held, 0, 0);
    else if (rowIsOpen) sink.nothing();
    if (rowIsOpen) sink.endRow();
    rowIsOpen = false;
    state = 'value_start';
  }

  return { write, end };
}
