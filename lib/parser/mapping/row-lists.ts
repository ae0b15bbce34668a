const FIRST_ROWS = 4096;

/** Lists of row numbers to work with, reused: each has room for all rows of the batch. */
export class RowLists {
  #free: Int32Array[] = [];
  #capacity = FIRST_ROWS;

  /** Makes room for batches of so many rows. */
  reserve(rows: number): void {
    if (rows <= this.#capacity) return;
    this.#capacity = Math.max(rows, this.#capacity * 2);
    this.#free = [];
  }

  take(): Int32Array {
    return this.#free.pop() ?? new Int32Array(this.#capacity);
  }

  giveBack(list: Int32Array): void {
    if (list.length === this.#capacity) this.#free.push(list);
  }
}
