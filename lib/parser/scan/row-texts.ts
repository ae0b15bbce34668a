import { TimeTexts } from './clock.ts';
import type { RawRows } from './raw-rows.ts';

/** Puts what a line has in a column into a row. */
export interface PutText {
  /** `hash` is `hashOf` the text. */
  text(bytes: Uint8Array, start: number, end: number, row: number, hash: number): void;
  none(row: number): void;
}

/** A putter for each raw column; that of the time takes the clock out. */
export function putters(rows: RawRows): readonly PutText[] {
  return rows.columns.map((column) => {
    if (column === rows.time) {
      const times = new TimeTexts(rows, column);
      return {
        text: (bytes, start, end, row) => times.put(bytes, start, end, row),
        none: (row) => times.putNone(row),
      };
    }
    return {
      text(bytes, start, end, row, hash) {
        column.ids[row] = column.texts.intern(bytes, start, end, hash);
      },
      none(row) {
        column.ids[row] = 0;
      },
    };
  });
}
