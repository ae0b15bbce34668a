import { appendFileSync, truncateSync, writeFileSync } from 'node:fs';
import type { RequestColumn } from '../../model/request-columns.ts';
import type { EncodedColumn } from '../parquet/column-chunk.ts';
import { type PlacedRowGroup, parquetFooter, parquetHeader } from '../parquet/file.ts';
import { type EncodedRowGroup, placedChunks } from '../parquet/row-group.ts';

type FileColumn = Pick<RequestColumn, 'name' | 'type'>;

/** A Parquet file that grows by row groups. It is opened for each, as there may be more files than a process may open. */
export class GrowingFile {
  readonly path: string;
  readonly #columns: readonly FileColumn[];
  readonly #groups: PlacedRowGroup[] = [];
  /** Bytes of all row groups. */
  #size_bytes: number;

  constructor(path: string, columns: readonly FileColumn[]) {
    const header = parquetHeader();
    this.path = path;
    this.#columns = columns;
    this.#size_bytes = header.length;
    writeFileSync(path, header);
  }

  append({ rows, bytes, chunks }: EncodedRowGroup): void {
    this.#groups.push({ rows, chunks: placedChunks(chunks, this.#size_bytes) });
    appendFileSync(this.path, bytes);
    this.#size_bytes += bytes.length;
  }

  /**
   * Completes the file, with a column for each row group if they lack one. A complete file can be completed once more, with
   * other values of that column.
   */
  finish(last: readonly EncodedColumn[] = []): void {
    const parts: Uint8Array[] = [];
    let position = this.#size_bytes;
    const groups = this.#groups.map((group, index): PlacedRowGroup => {
      const column = last[index];
      if (!column) return group;
      const chunks = [...group.chunks, ...placedChunks([column.chunk], position)];
      parts.push(column.bytes);
      position += column.bytes.length;
      return { ...group, chunks };
    });
    truncateSync(this.path, this.#size_bytes);
    appendFileSync(this.path, Buffer.concat([...parts, parquetFooter(this.#columns, groups)]));
  }
}
