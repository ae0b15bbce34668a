import type { DuckDBConnection } from '@duckdb/node-api';
import type { Day } from '../../model/period.ts';

const FIRST_SLOTS = 1024;
/** More slots would take memory, fewer a longer search. */
const MOST_FILLED = 0.7;
/** No key is negative. */
const FREE = -1;

/**
 * Finds, among the rows of a day, those that have the key of an earlier row. Rows are numbered from 0 in the order in which
 * they come. A set of numbers in typed arrays: two million keys take 50 MB.
 */
export class RepeatedRows {
  /** Numbers of rows that repeat an earlier one, and, at the same places, of the first row with their key. */
  readonly repeats: { row: number; first_row: number }[] = [];
  #keys = new Float64Array(FIRST_SLOTS).fill(FREE);
  #rows = new Uint32Array(FIRST_SLOTS);
  #used = 0;
  #count = 0;

  /** The next rows. Keys are integers from 0 below 2^53, evenly spread; NaN for a row that repeats no other. */
  add(keys: Float64Array): void {
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index] as number;
      const row = this.#count++;
      if (!Number.isNaN(key)) this.#place(key, row);
    }
  }

  #place(key: number, row: number): void {
    const slot = slotOf(this.#keys, key);
    if (this.#keys[slot] === key) {
      this.repeats.push({ row, first_row: this.#rows[slot] as number });
      return;
    }
    this.#keys[slot] = key;
    this.#rows[slot] = row;
    if (++this.#used > this.#keys.length * MOST_FILLED) this.#enlarge();
  }

  #enlarge(): void {
    const [keys, rows] = [this.#keys, this.#rows];
    this.#keys = new Float64Array(keys.length * 2).fill(FREE);
    this.#rows = new Uint32Array(keys.length * 2);
    keys.forEach((key, old) => {
      if (key === FREE) return;
      const slot = slotOf(this.#keys, key);
      this.#keys[slot] = key;
      this.#rows[slot] = rows[old] as number;
    });
  }
}

/** The slot of a key, or the free one where it belongs. */
function slotOf(keys: Float64Array, key: number): number {
  const mask = keys.length - 1;
  for (let slot = key & mask; ; slot = (slot + 1) & mask) {
    const found = keys[slot];
    if (found === key || found === FREE) return slot;
  }
}

/** Table of the rows that have the key of an earlier row of the same day. Rows are numbered as in the file of their day. */
export const REPEATED_TABLE = 'repeated';

/** Fills the table, which every connection sees. */
export async function storeRepeats(connection: DuckDBConnection, days: ReadonlyMap<Day, RepeatedRows>): Promise<void> {
  await connection.run(
    `CREATE OR REPLACE TABLE ${REPEATED_TABLE} (day VARCHAR, file_row_number BIGINT, first_row BIGINT)`,
  );
  const appender = await connection.createAppender(REPEATED_TABLE);
  for (const [day, { repeats }] of days) {
    for (const { row, first_row } of repeats) {
      appender.appendVarchar(day);
      appender.appendBigInt(BigInt(row));
      appender.appendBigInt(BigInt(first_row));
      appender.endRow();
    }
  }
  appender.closeSync();
}
