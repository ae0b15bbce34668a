import { enlarged } from '../../parser/enlarged.ts';
import type { MappedColumn } from '../../parser/mapped-batch.ts';

const FIRST_ROWS = 256;

/** Rows that are gathered column by column, from batches whose arrays are used again. Their texts must not be forgotten. */
export class RowColumns {
  rows = 0;
  #columns: MappedColumn[] = [];

  /** Forgets the rows, and keeps the memory for others. */
  clear(): void {
    this.rows = 0;
    for (const column of this.#columns) if (column.type !== 'varchar') delete column.exact;
  }

  /** The columns of all rows so far; the arrays may be longer. */
  get columns(): readonly MappedColumn[] {
    return this.#columns;
  }

  /** Adds some rows of a batch: `count` numbers of rows in `picked`, in order. */
  add(batch: readonly MappedColumn[], picked: Int32Array, count: number): void {
    if (count === 0) return;
    if (this.#columns.length === 0) this.#columns = batch.map(emptyLike);
    const first = picked[0] as number;
    const isRun = (picked[count - 1] as number) - first === count - 1;
    batch.forEach((from, index) => {
      const to = this.#columns[index] as MappedColumn;
      if (from.type === 'varchar' && to.type === 'varchar') {
        if (this.rows === 0) to.texts = from.texts;
        else if (from.texts !== to.texts) throw new Error(`the column ${from.name} changed its texts`);
        if (this.rows + count > to.ids.length) to.ids = enlarged(to.ids, this.rows + count);
        if (isRun) to.ids.set(from.ids.subarray(first, first + count), this.rows);
        else copyPicked(from.ids, picked, count, to.ids, this.rows);
      } else if (from.type !== 'varchar' && to.type !== 'varchar') {
        if (this.rows + count > to.values.length) to.values = enlarged(to.values, this.rows + count);
        if (isRun) to.values.set(from.values.subarray(first, first + count), this.rows);
        else copyPicked(from.values, picked, count, to.values, this.rows);
        if (from.exact) addExact(from.exact, picked, count, to, this.rows);
      }
    });
    this.rows += count;
  }
}

function emptyLike(column: MappedColumn): MappedColumn {
  if (column.type === 'varchar') return { ...column, ids: new Int32Array(FIRST_ROWS) };
  const { exact: _exact, ...others } = column;
  return { ...others, values: new Float64Array(FIRST_ROWS) };
}

function copyPicked<Values extends Int32Array | Float64Array>(
  from: Values,
  picked: Int32Array,
  count: number,
  to: Values,
  at: number,
): void {
  for (let index = 0; index < count; index++) to[at + index] = from[picked[index] as number] as number;
}

function addExact(
  exact: ReadonlyMap<number, bigint>,
  picked: Int32Array,
  count: number,
  to: { exact?: Map<number, bigint> },
  at: number,
): void {
  for (let index = 0; index < count; index++) {
    const value = exact.get(picked[index] as number);
    if (value === undefined) continue;
    to.exact ??= new Map();
    to.exact.set(at + index, value);
  }
}
