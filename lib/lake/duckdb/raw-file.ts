import { setImmediate } from 'node:timers/promises';
import { FILE_DAY_COLUMN, type Format, LINE_COLUMN, rawColumns, UNPARSED_COLUMN } from '../../formats/format.ts';
import { hashOf } from '../../parser/hash.ts';
import type { MappedColumn } from '../../parser/mapped-batch.ts';
import type { LineChunk, RawBatch } from '../../parser/raw-batch.ts';
import { compileScanner } from '../../parser/scan/scanner.ts';
import { Texts } from '../../parser/texts.ts';
import { FileFault } from '../../sources/bytes/file-fault.ts';
import { dayOfFile } from '../../sources/file-day.ts';
import { lineChunks } from '../../sources/line-chunks.ts';
import type { RawFile } from '../../sources/raw-files.ts';
import { encodeRowGroup } from '../parquet/row-group.ts';
import { GrowingFile } from './growing-file.ts';
import { RowColumns } from './row-columns.ts';
import { STRETCH_BYTES } from './stretches.ts';

/**
 * Writes the lines of files with their raw columns, as they are logged, into a Parquet file: the relation that the mapping
 * of the format reads. Lines above 16 MB are left out, as they are no requests.
 */
export async function writeRawFile(path: string, format: Format, files: readonly RawFile[]): Promise<void> {
  const rows = new RawFileRows(format);
  const target = new GrowingFile(path, rows.columns);
  const scanner = compileScanner(format, new Set(rawColumns(format)));
  const flush = () => {
    if (rows.gathered.rows > 0) target.append(encodeRowGroup(rows.gathered.columns, rows.gathered.rows));
    rows.clear();
    scanner.clear();
  };
  for (const file of files) {
    scanner.startFile();
    rows.openFile(file);
    try {
      for await (const piece of lineChunks(file.path)) {
        if ('overlong_text' in piece) continue;
        rows.add(scanner.scan(piece), piece);
        if (rows.bytes >= STRETCH_BYTES) flush();
        // Others get their turn: the lease of the run must be renewed.
        await setImmediate();
      }
    } catch (error) {
      // It was reported when the lake was filled.
      if (!(error instanceof FileFault)) throw error;
    }
  }
  flush();
  target.finish();
}

/** Lines of files with the columns of the raw relation. */
class RawFileRows {
  readonly columns: readonly { name: string; type: 'varchar' }[];
  gathered = new RowColumns();
  bytes = 0;
  readonly #names: readonly string[];
  readonly #isYearless: boolean;
  readonly #lines = new Texts();
  readonly #paths = new Texts();
  readonly #days = new Texts();
  #file = { log_object: '', day: '' };

  constructor(format: Format) {
    this.#names = rawColumns(format);
    this.#isYearless = format.yearless;
    const added = [UNPARSED_COLUMN, LINE_COLUMN, '$path', ...(format.yearless ? [FILE_DAY_COLUMN] : [])];
    const names = [...this.#names.filter((name) => name !== LINE_COLUMN), ...added];
    this.columns = names.map((name) => ({ name, type: 'varchar' }));
  }

  openFile(file: RawFile): void {
    this.#file = { log_object: file.log_object, day: dayOfFile(file) };
  }

  add(raw: RawBatch, { bytes, start, end }: LineChunk): void {
    const { rows } = raw;
    const line_ids = new Int32Array(rows);
    const unparsed_ids = new Int32Array(rows);
    for (let row = 0; row < rows; row++) {
      const [from, to] = [raw.line_start[row] as number, raw.line_end[row] as number];
      const id = this.#lines.intern(bytes, from, to, hashOf(bytes, from, to));
      line_ids[row] = id;
      if (raw.unfit[row] !== 1) continue;
      unparsed_ids[row] = id;
      // What a line that does not fit has in its columns has no meaning.
      for (const { ids } of raw.columns) ids[row] = 0;
    }
    const same = (texts: Texts, text: string) => ({ texts, ids: new Int32Array(rows).fill(texts.internText(text)) });
    const text = (name: string, of: { texts: Texts; ids: Int32Array }): MappedColumn => ({
      name,
      type: 'varchar',
      ...of,
    });
    const batch = [
      ...this.#names.flatMap((name, index) => {
        const column = raw.columns[index];
        return column && name !== LINE_COLUMN ? [text(name, { texts: column.texts, ids: column.ids })] : [];
      }),
      text(UNPARSED_COLUMN, { texts: this.#lines, ids: unparsed_ids }),
      text(LINE_COLUMN, { texts: this.#lines, ids: line_ids }),
      text('$path', same(this.#paths, this.#file.log_object)),
      ...(this.#isYearless ? [text(FILE_DAY_COLUMN, same(this.#days, this.#file.day))] : []),
    ];
    this.gathered.add(
      batch,
      Int32Array.from({ length: rows }, (_, row) => row),
      rows,
    );
    this.bytes += end - start;
  }

  clear(): void {
    this.gathered = new RowColumns();
    this.bytes = 0;
    for (const texts of [this.#lines, this.#paths, this.#days]) texts.clear();
  }
}
