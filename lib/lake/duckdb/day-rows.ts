import { enlarged } from '../../parser/enlarged.ts';
import type { MappedColumn } from '../../parser/mapped-batch.ts';
import { RowColumns } from './row-columns.ts';

const FIRST_ROWS = 256;

/** Rows of one day, as they are gathered from batches. */
export class DayRows {
  readonly gathered = new RowColumns();
  #keys = new Float64Array(FIRST_ROWS);
  /** Numbers of the rows of the current batch that belong to the day. */
  #picked = new Int32Array(FIRST_ROWS);
  #count = 0;

  /** Notes a row of the current batch. Rows with the same key may be deliveries of one request; NaN for other rows. */
  pick(row: number, key: number): void {
    const at = this.gathered.rows + this.#count;
    if (this.#count === this.#picked.length) this.#picked = enlarged(this.#picked);
    if (at === this.#keys.length) this.#keys = enlarged(this.#keys);
    this.#picked[this.#count++] = row;
    this.#keys[at] = key;
  }

  /** Copies the rows that were noted, before the next batch replaces them. */
  take(batch: readonly MappedColumn[]): void {
    this.gathered.add(batch, this.#picked, this.#count);
    this.#count = 0;
  }

  /** Forgets the rows, and keeps the memory for those of another day. */
  clear(): void {
    this.gathered.clear();
    this.#count = 0;
  }

  /** The keys of all rows, in a buffer of their own. */
  get keys(): Float64Array<ArrayBuffer> {
    return this.#keys.slice(0, this.gathered.rows);
  }
}
