import { appendFileSync, writeFileSync } from 'node:fs';
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
  /** The last column of each row group, which is written behind all row groups. */
  readonly #last: (EncodedColumn | undefined)[] = [];
  #size_bytes: number;

  constructor(path: string, columns: readonly FileColumn[]) {
    const header = parquetHeader();
    this.path = path;
    this.#columns = columns;
    this.#size_bytes = header.length;
    writeFileSync(path, header);
  }

  append({ rows, bytes, chunks }: EncodedRowGroup, last?: EncodedColumn): void {
    this.#groups.push({ rows, chunks: placedChunks(chunks, this.#size_bytes) });
    this.#last.push(last);
    this.#write(bytes);
  }

  finish(): void {
    const parts: Uint8Array[] = [];
    let position = this.#size_bytes;
    const groups = this.#groups.map((group, index): PlacedRowGroup => {
      const last = this.#last[index];
      if (!last) return group;
      const chunks = [...group.chunks, ...placedChunks([last.chunk], position)];
      parts.push(last.bytes);
      position += last.bytes.length;
      return { ...group, chunks };
    });
    this.#write(Buffer.concat([...parts, parquetFooter(this.#columns, groups)]));
  }

  #write(bytes: Uint8Array): void {
    appendFileSync(this.path, bytes);
    this.#size_bytes += bytes.length;
  }
}
