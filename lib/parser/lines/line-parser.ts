import type { Format } from '../../formats/format.ts';
import type { MappedBatch } from '../mapped-batch.ts';
import { compileMapping, type Mapping } from '../mapping/mapping.ts';
import type { MappedFile } from '../mapping/raw-columns.ts';
import type { LineChunk, RawBatch, Scanner } from '../raw-batch.ts';
import { compileScanner } from '../scan/scanner.ts';

/** Lines as they were read, and what they are as requests; both valid until the next lines are parsed. */
export interface ParsedLines {
  raw: RawBatch;
  mapped: MappedBatch;
}

/** The scanner and the mapping of a format together. */
export class LineParser {
  readonly #scanner: Scanner;
  readonly #mapping: Mapping;

  constructor(format: Format) {
    this.#mapping = compileMapping(format);
    this.#scanner = compileScanner(format, this.#mapping.needed, this.#mapping.clock_column);
  }

  /** Forgets the header before the lines of another file. */
  startFile(): void {
    this.#scanner.startFile();
  }

  /** The next lines of a file; lines of other files must not come between. */
  parse(chunk: LineChunk, file: MappedFile): ParsedLines {
    const raw = this.#scanner.scan(chunk);
    return { raw, mapped: this.#mapping.map(raw, chunk, file) };
  }

  /** Forgets all texts, and so bounds the memory. */
  clear(): void {
    this.#scanner.clear();
    this.#mapping.clear();
  }
}
