import { csvCell } from '../tables/csv-cell.ts';

/** How records are written as text. */
export interface RecordStyle {
  /** What is before the value of a column. */
  before(name: string, index: number): string;
  /** What is behind the last value. */
  end: string;
  null: string;
  text(text: string): string;
  /** What is around plain text, and around times. */
  quote: string;
  /** True only if `text` leaves these bytes of UTF-8 as they are, but for the quotes. */
  isPlain(bytes: Uint8Array, start: number, end: number): boolean;
}

/** A record as a line of JSON. */
const JSON_LINES: RecordStyle = {
  before: (name, index) => `${index === 0 ? '{' : ','}"${name}":`,
  end: '}\n',
  null: 'null',
  text: (text) => JSON.stringify(text),
  quote: '"',
  isPlain: isPrintable,
};

/** A record as a line of CSV. */
const CSV_LINES: RecordStyle = {
  before: (_name, index) => (index === 0 ? '' : ','),
  end: '\n',
  null: csvCell(null),
  text: csvCell,
  quote: '',
  isPlain: isPlainCell,
};

export const RECORD_STYLES = { json: JSON_LINES, csv: CSV_LINES };

const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const DELETE = 0x7f;

/** ASCII without quotes, backslashes and control characters. */
function isPrintable(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte < SPACE || byte >= DELETE || byte === QUOTE || byte === BACKSLASH) return false;
  }
  return true;
}

/** The same without commas, and with a letter or digit first: other starts may be those of a formula. */
function isPlainCell(bytes: Uint8Array, start: number, end: number): boolean {
  if (start === end || !isAlphanumeric(bytes[start] as number)) return false;
  for (let at = start; at < end; at++) if (bytes[at] === COMMA) return false;
  return isPrintable(bytes, start, end);
}

function isAlphanumeric(byte: number): boolean {
  const letter = byte | 0x20;
  return (letter >= 0x61 && letter <= 0x7a) || (byte >= 0x30 && byte <= 0x39);
}
