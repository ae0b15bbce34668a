import { FILE_DAY_COLUMN, type Format, LINE_COLUMN, rawColumns } from '../../formats/format.ts';
import type { RawBatch } from '../raw-batch.ts';
import { Texts } from '../texts.ts';
import { TextBase } from './base.ts';

/** The object or file that lines come from. `file_day` is its day, YYYY-MM-DD, for formats whose times have no year. */
export interface MappedFile {
  log_object: string;
  file_day?: string;
}

/** The name of a line's file in the SQL of mappings. */
export const PATH_COLUMN = '$path';

/** The columns that a mapping reads: those of a batch, and those that are the same in all lines of a file. */
export class RawColumns {
  #batch = new Map<string, { column: TextBase; index: number }>();
  #file = new Map<string, TextBase>([PATH_COLUMN, FILE_DAY_COLUMN].map((name) => [name, new TextBase()]));

  constructor(format: Format) {
    for (const [index, name] of rawColumns(format).entries()) {
      if (name !== LINE_COLUMN) this.#batch.set(name, { column: new TextBase(NO_TEXTS), index });
    }
  }

  column(name: string): TextBase {
    const column = this.#batch.get(name)?.column ?? this.#file.get(name);
    if (!column) throw new Error(`a mapping reads the column ${name}, which the parser does not have for every line`);
    return column;
  }

  /** Takes the columns of a batch of a file's lines. */
  start({ rows, columns }: RawBatch, { log_object, file_day }: MappedFile): void {
    for (const { column, index } of this.#batch.values()) {
      const { texts, ids } = columns[index] as RawBatch['columns'][number];
      column.texts = texts;
      column.ids = ids;
    }
    const texts = new Map([
      [PATH_COLUMN, log_object],
      [FILE_DAY_COLUMN, file_day ?? null],
    ]);
    for (const [name, column] of this.#file) {
      if (column.ids.length < rows) column.ids = new Int32Array(rows * 2);
      column.ids.fill(column.texts.internText(texts.get(name) ?? null), 0, rows);
    }
  }

  clear(): void {
    for (const column of this.#file.values()) column.texts.clear();
  }
}

const NO_TEXTS = new Texts();
