import { REQUEST_COLUMNS } from '../../model/request-columns.ts';
import { Texts } from '../../parser/texts.ts';
import { DOWNLOAD_PART } from '../downloads.ts';
import type { LakeColumn } from '../parquet/lake-column.ts';
import { type EncodedRowGroup, encodeColumn } from '../parquet/row-group.ts';
import { GrowingFile } from './growing-file.ts';

/** Name of the column that other rows of the day may decide. */
export const DOWNLOAD = 'download';

/** What it may be. Its place here stands for a value where many rows wait for the rest of their day. */
const DOWNLOADS = [null, 'whole', DOWNLOAD_PART, 'parts', 'probe', 'incomplete'] as const;
const PART = DOWNLOADS.indexOf(DOWNLOAD_PART);

/** The place of a value. Throws an Error for one that is not known. */
export function downloadCode(value: string | null): number {
  const code = DOWNLOADS.indexOf(value as (typeof DOWNLOADS)[number]);
  if (code === -1) throw new Error(`${value} is no kind of download`);
  return code;
}

/** A Parquet file of the requests of one day. */
export class DayFile {
  rows = 0;
  readonly #file: GrowingFile;
  /** The codes of `download`, by row group. */
  readonly #downloads: Uint8Array[] = [];

  constructor(path: string) {
    this.#file = new GrowingFile(path, REQUEST_COLUMNS);
  }

  get path(): string {
    return this.#file.path;
  }

  /** True if a request delivered only part of an object, and others may belong to the same download. */
  get has_parts(): boolean {
    return this.#downloads.some((codes) => codes.includes(PART));
  }

  /** The next rows: all columns but `download`, of which the codes are given. */
  append(group: EncodedRowGroup, downloads: Uint8Array): void {
    this.#file.append(group);
    this.#downloads.push(downloads);
    this.rows += group.rows;
  }

  /** Completes the file, or completes it once more after a change. */
  finish(): void {
    const texts = new Texts();
    const ids = DOWNLOADS.map((value) => texts.internText(value));
    const encoded = this.#downloads.map((codes) => {
      const column: LakeColumn = {
        name: DOWNLOAD,
        type: 'varchar',
        texts,
        ids: Int32Array.from(codes, (code) => ids[code] as number),
      };
      return encodeColumn(column, codes.length);
    });
    this.#file.finish(encoded);
  }

  /** Changes what `download` is in a row of the file, counted from 0, until the file is completed again. */
  setDownload(row: number, value: string): void {
    let first = 0;
    for (const codes of this.#downloads) {
      if (row < first + codes.length) {
        codes[row - first] = downloadCode(value);
        return;
      }
      first += codes.length;
    }
    throw new RangeError(`${this.path} has no row ${row}`);
  }
}
