import type { Format } from '../../formats/format.ts';
import { LineParser } from '../../parser/lines/line-parser.ts';
import { FileFault } from '../../sources/bytes/file-fault.ts';
import type { DayRule } from '../../sources/layout.ts';
import { LineBuffer, type LinePiece } from '../../sources/line-buffer.ts';
import { lineChunks, stretchChunks } from '../../sources/line-chunks.ts';
import { type Part, PartRows } from './part-rows.ts';
import { type Piece, STRETCH_BYTES, type Stretch } from './stretches.ts';

/** How lines are read. It is copied to threads. */
export interface Reading {
  format: Format;
  rule: DayRule;
}

/**
 * Reads stretches, one after the other, with what was compiled once. A part is a whole stretch unless that has more lines
 * than fit into memory, and it does not depend on what was read before.
 */
export class StretchReader {
  readonly #parser: LineParser;
  readonly #rows: PartRows;
  readonly #buffer = new LineBuffer();

  constructor({ format, rule }: Reading) {
    this.#parser = new LineParser(format);
    this.#rows = new PartRows(rule);
  }

  /** The parts of a stretch. `index` is its place among the stretches. */
  async *read(stretch: Stretch, index: number): AsyncGenerator<Part> {
    for (const piece of stretch) {
      this.#rows.openFile(piece, index);
      this.#parser.startFile();
      try {
        for await (const next of linesOf(piece, this.#buffer)) {
          if (this.#rows.bytes >= STRETCH_BYTES) {
            yield this.#take();
            this.#rows.continueFile();
          }
          this.#add(next);
        }
      } catch (error) {
        this.#rows.file.fault = faultOf(error as NodeJS.ErrnoException);
      }
    }
    yield this.#take();
  }

  #add(next: LinePiece): void {
    if ('overlong_text' in next) {
      this.#rows.addOverlong(next.overlong_text);
      return;
    }
    const { raw, mapped } = this.#parser.parse(next, this.#rows.origin);
    this.#rows.add(raw, mapped, next.end - next.start);
  }

  /** The part so far. The texts of its rows are forgotten. */
  #take(): Part {
    const part = this.#rows.take();
    this.#parser.clear();
    return part;
  }
}

function linesOf({ file, within }: Piece, buffer: LineBuffer): Iterable<LinePiece> | AsyncIterable<LinePiece> {
  return within ? stretchChunks(file.path, within.from, within.to, buffer) : lineChunks(file.path, buffer);
}

/** What is wrong with a file. Throws other errors again: one file of many may have vanished, or be on a broken disk. */
function faultOf(error: NodeJS.ErrnoException): string {
  if (error instanceof FileFault) return error.message;
  if (error.syscall === 'open' || error.syscall === 'read') return `cannot be read: ${error.message}`;
  throw error;
}
