/** Numbers or times by row, NaN for NULL. */
export class NumberColumn {
  values = new Float64Array(0);
  /** Whole numbers beyond 2^53, by row. */
  exact = new Map<number, bigint>();

  /** Makes room for a batch, and forgets the last one. */
  start(rows: number): void {
    if (this.values.length < rows) this.values = new Float64Array(rows * 2);
    this.exact.clear();
  }
}
