import type { Format } from '../formats/format.ts';
import { LineParser } from '../parser/lines/line-parser.ts';
import type { LineChunk } from '../parser/raw-batch.ts';
import type { RECORD_STYLES } from './record-style.ts';
import { RecordText } from './record-text.ts';

/** How lines are read and written. It is copied to threads. */
export interface Reading {
  format: Format;
  output: keyof typeof RECORD_STYLES;
}

/** The file of lines, as the mapping asks for it. */
export interface Origin {
  log_object: string;
  /** YYYY-MM-DD. */
  file_day: string;
}

/** Where a chunk of lines is. */
export interface ChunkPlace {
  origin: Origin;
  begins_file: boolean;
}

/** What a chunk of lines became. */
export interface Records {
  /** Its memory is used again when it is released. */
  text: Uint8Array<ArrayBuffer>;
  /** Lines of the chunk, also those that are neither records nor rejects. */
  lines: number;
  parsed: number;
  /** `line_number` is that in the chunk, from 1. */
  rejects: { line_number: number; reason: string; line: string }[];
}

/** Texts of so many bytes are kept to recognise them again. */
const MOST_TEXT_BYTES = 64 * 1024 * 1024;
/** What belongs to a text, whatever its length. */
const BYTES_PER_TEXT = 32;

/** Reads lines of a format and writes them as records, with what was compiled once. */
export class RecordReader {
  readonly #parser: LineParser;
  readonly #text: RecordText;

  constructor({ format, output }: Reading) {
    this.#parser = new LineParser(format);
    this.#text = new RecordText(output);
  }

  /** The records of a chunk. The chunks of a file must follow each other if it has headers. `memory` is for the text. */
  read(chunk: LineChunk, { origin, begins_file }: ChunkPlace, memory?: ArrayBuffer): Records {
    if (begins_file) this.#parser.startFile();
    const { raw, mapped } = this.#parser.parse(chunk, origin);
    const text = this.#text.write(mapped, memory);
    const rejects = mapped.rejects.map(({ row, reason, line }) => {
      return { line_number: raw.line_number[row] as number, reason, line };
    });
    let kept_bytes = this.#text.size_bytes;
    for (const { texts } of raw.columns) kept_bytes += texts.size_bytes + texts.size * BYTES_PER_TEXT;
    if (kept_bytes > MOST_TEXT_BYTES) this.#clear();
    return { text, lines: raw.lines, parsed: mapped.rows - rejects.length, rejects };
  }

  #clear(): void {
    this.#parser.clear();
    this.#text.clear();
  }
}
