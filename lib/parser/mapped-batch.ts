import type { Texts } from './texts.ts';

/** A column of `requests`: texts by id, 0 for NULL, or numbers, NaN for NULL. Times are milliseconds since 1970, UTC. */
export type MappedColumn =
  | { name: string; type: 'varchar'; ids: Int32Array; texts: Texts }
  | {
      name: string;
      type: 'integer' | 'bigint' | 'double' | 'timestamp';
      values: Float64Array;
      /** Exact values beyond 2^53, by row, of a bigint column that has any. */
      exact?: Map<number, bigint>;
    };

/** Mapped lines, in the order of the raw ones. The arrays may be longer than `rows`, and are valid until the next batch. */
export interface MappedBatch {
  rows: number;
  /** The columns of `MAPPED_COLUMNS`, and `download`; without a meaning in rejected lines. */
  columns: readonly MappedColumn[];
  /** Why a line is no record, by row. Most lines are records. */
  rejects: readonly { row: number; reason: string; line: string }[];
  /** 1 for a rejected line. */
  rejected: Uint8Array;
}
