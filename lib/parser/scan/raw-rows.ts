import type { Format } from '../../formats/format.ts';
import { rawColumns } from '../../formats/format.ts';
import { enlarged } from '../enlarged.ts';
import type { RawBatch, RawColumn } from '../raw-batch.ts';
import { Texts } from '../texts.ts';

const FIRST_ROWS = 1024;

/** A raw column that readers of lines fill. The ids of a column that nobody needs are all 0. */
export interface RowColumn extends RawColumn {
  name: string;
  is_needed: boolean;
}

/** The rows of a batch while they are read: arrays that grow, and are used again for the next batch. */
export class RawRows {
  readonly columns: readonly RowColumn[];
  /** The number of rows that there is room for. */
  capacity = FIRST_ROWS;
  /** Changes when texts are forgotten, and ids with them. */
  generation = 0;
  clock_ms = new Float64Array(FIRST_ROWS);
  unfit = new Uint8Array(FIRST_ROWS);
  line_number = new Int32Array(FIRST_ROWS);
  line_start = new Int32Array(FIRST_ROWS);
  line_end = new Int32Array(FIRST_ROWS);
  line_hash = new Float64Array(FIRST_ROWS);

  /** The column whose clock is kept apart. */
  readonly time: RowColumn | undefined;

  /** With null for `clock_column`, times stay as they are written. */
  constructor(format: Format, needed: ReadonlySet<string>, clock_column: string | null = null) {
    this.columns = rawColumns(format).map((name) => ({
      name,
      is_needed: needed.has(name),
      ids: new Int32Array(FIRST_ROWS),
      texts: new Texts(),
    }));
    this.time = this.columns.find(({ name }) => name === clock_column);
  }

  /** Makes room for twice as many rows. */
  grow(): void {
    this.capacity *= 2;
    for (const column of this.columns) column.ids = enlarged(column.ids);
    this.clock_ms = enlarged(this.clock_ms);
    this.unfit = enlarged(this.unfit);
    this.line_number = enlarged(this.line_number);
    this.line_start = enlarged(this.line_start);
    this.line_end = enlarged(this.line_end);
    this.line_hash = enlarged(this.line_hash);
  }

  /** The first `rows` rows, of a chunk with so many lines. */
  batch(rows: number, lines: number): RawBatch {
    const { columns, clock_ms, unfit, line_number, line_start, line_end, line_hash } = this;
    return { rows, columns, clock_ms, unfit, line_number, line_start, line_end, line_hash, lines };
  }

  /** Forgets all texts. */
  clear(): void {
    this.generation++;
    for (const { texts } of this.columns) texts.clear();
  }
}
