import type { Data, RecordBatch } from 'apache-arrow';
import type { Column } from '../model/columns.ts';
import { appendValues } from './column-values.ts';

/** Enough rows to compress well: groups twice as large make files no smaller and take more memory. */
const MAX_ROWS = 50_000;
/** Bounds the memory of a group. A row with more text becomes a group by itself. */
const MAX_TEXT_BYTES = 32 * 1024 * 1024;

/** The values of a row group, one array per column. */
export type RowGroup = unknown[][];

/**
 * Collects rows into groups of at most 50,000 rows and about 32 MB of text. The boundaries depend only on the rows and not
 * on their batches, so that the same rows always give the same groups.
 */
export async function* rowGroups(
  columns: readonly Column[],
  batches: AsyncIterable<RecordBatch>,
): AsyncGenerator<RowGroup> {
  let group: RowGroup = columns.map(() => []);
  let [rows, text_bytes] = [0, 0];
  for await (const batch of batches) {
    const { children } = batch.data;
    const texts = columns.flatMap(({ type }, index) =>
      type === 'varchar' ? [(children[index] as Data).valueOffsets] : [],
    );
    for (let from = 0; from < batch.numRows; ) {
      const limit = Math.min(batch.numRows, from + MAX_ROWS - rows);
      const to = endWithin(texts, from, limit, MAX_TEXT_BYTES - text_bytes);
      for (const [index, { type }] of columns.entries()) {
        appendValues(group[index] as unknown[], children[index] as Data, type, from, to);
      }
      rows += to - from;
      text_bytes += textBetween(texts, from, to);
      from = to;
      if (rows < MAX_ROWS && text_bytes < MAX_TEXT_BYTES) continue;
      yield group;
      group = columns.map(() => []);
      [rows, text_bytes] = [0, 0];
    }
  }
  if (rows > 0) yield group;
}

/** The end (exclusive) of the shortest range of rows from `from` whose texts take `size_bytes`, or `limit` if all take less. */
function endWithin(texts: readonly Int32Array[], from: number, limit: number, size_bytes: number): number {
  let [low, high] = [from + 1, limit];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (textBetween(texts, from, middle) >= size_bytes) high = middle;
    else low = middle + 1;
  }
  return low;
}

function textBetween(texts: readonly Int32Array[], from: number, to: number): number {
  return texts.reduce((size, offsets) => size + (offsets[to] as number) - (offsets[from] as number), 0);
}
