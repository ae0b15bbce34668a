import type { Data, RecordBatch } from 'apache-arrow';
import type { Column } from '../model/columns.ts';
import { appendValues } from './column-values.ts';

/** Rows enough to compress well: twice as many make no smaller file and take more memory. */
const MAX_ROWS = 50_000;
/** Text enough to bound memory: a row with more makes a group of its own. */
const MAX_TEXT_BYTES = 32 * 1024 * 1024;

/** Values of a row group, an array for each column. */
export type RowGroup = unknown[][];

/**
 * Rows gathered to groups of at most 50,000 rows and about 32 MB of text. Where a group ends depends on the rows alone
 * and not on the batches that they come in, so that the same rows always give the same groups.
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

/** The first row up to which the texts from `from` on take so many bytes, or `limit` when they take less. */
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
