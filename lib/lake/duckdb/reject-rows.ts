import type { Day } from '../../model/period.ts';
import type { MappedColumn } from '../../parser/mapped-batch.ts';
import { Texts } from '../../parser/texts.ts';

/** A line that is no record. */
export interface RejectedLine {
  reason: string;
  line: string;
  /** Counted from 1 at the start of the file, or of the stretch in it. */
  line_number: number;
  /** Null if other lines of the file decide it. */
  day: Day | null;
  /** Places of the file and of the stretch among those that are read. */
  file: number;
  stretch: number;
}

const TEXTS = ['reason', 'line', 'day'] as const;
const NUMBERS = ['line_number', 'file', 'stretch'] as const;

/** The columns in which rejected lines wait for what is not known yet where they are read: see `StagedRejects`. */
export const REJECT_COLUMNS = [
  ...TEXTS.map((name) => ({ name, type: 'varchar' as const })),
  ...NUMBERS.map((name) => ({ name, type: 'bigint' as const })),
];

/** Gathers rejected lines in these columns. */
export class RejectRows {
  rows = 0;
  #texts = TEXTS.map((name) => ({ name, texts: new Texts(), ids: [] as number[] }));
  #numbers = NUMBERS.map((name) => ({ name, values: [] as number[] }));

  add(rejected: RejectedLine): void {
    for (const { name, texts, ids } of this.#texts) ids.push(texts.internText(rejected[name]));
    for (const { name, values } of this.#numbers) values.push(rejected[name]);
    this.rows++;
  }

  get columns(): MappedColumn[] {
    return [
      ...this.#texts.map(
        ({ name, texts, ids }): MappedColumn => ({ name, type: 'varchar', texts, ids: Int32Array.from(ids) }),
      ),
      ...this.#numbers.map(
        ({ name, values }): MappedColumn => ({ name, type: 'bigint', values: Float64Array.from(values) }),
      ),
    ];
  }

  clear(): void {
    this.rows = 0;
    for (const { texts, ids } of this.#texts) {
      texts.clear();
      ids.length = 0;
    }
    for (const { values } of this.#numbers) values.length = 0;
  }
}
