import type { MappedColumn } from '../../parser/mapped-batch.ts';

/** The types of the lake's columns. */
export type LakeType = MappedColumn['type'];

/** The rows of a column of the lake: each with a value of its own, in the first elements of an array, or all the same. */
export type LakeColumn =
  | MappedColumn
  | { name: string; type: 'varchar'; constant: string | null }
  | { name: string; type: Exclude<LakeType, 'varchar'>; constant: number | null };
