import type { Texts } from '../texts.ts';
import { NOT_KNOWN, type NumberMemo, type TextMemo } from './memo.ts';
import type { NumberColumn } from './number-column.ts';
import type { RowLists } from './row-lists.ts';
import type { Splitter } from './splitters.ts';

/** Writes a value of each row into a column: ids of texts, or numbers. It may change the list of rows. */
export type Writer<Column> = (rows: Int32Array, count: number, column: Column) => void;

/** Ids of texts by row. */
export interface IdColumn {
  ids: Int32Array;
}

/** A text of the ids of a base. */
export function textWriter(memo: TextMemo): Writer<IdColumn> {
  return (rows, count, { ids }) => {
    const baseIds = memo.base.idsOf(rows, count);
    memo.reserve();
    const known = memo.ids;
    for (let at = 0; at < count; at++) {
      const row = rows[at] as number;
      const baseId = baseIds[row] as number;
      const id = known[baseId] as number;
      ids[row] = id === NOT_KNOWN ? memo.compute(baseId) : id;
    }
  };
}

/** The same text in all rows, or NULL. */
export function constantTextWriter(text: string | null, texts: Texts): Writer<IdColumn> {
  return (rows, count, { ids }) => {
    const id = texts.internText(text);
    for (let at = 0; at < count; at++) ids[rows[at] as number] = id;
  };
}

/** A number of the ids of a base. */
export function numberWriter(memo: NumberMemo): Writer<NumberColumn> {
  return (rows, count, { values, exact }) => {
    const ids = memo.base.idsOf(rows, count);
    memo.reserve();
    const { known, values: found } = memo;
    for (let at = 0; at < count; at++) {
      const row = rows[at] as number;
      const id = ids[row] as number;
      values[row] = known[id] === 0 ? memo.compute(id) : (found[id] as number);
    }
    if (memo.exact.size === 0) return;
    for (let at = 0; at < count; at++) {
      const row = rows[at] as number;
      const whole = memo.exact.get(ids[row] as number);
      if (whole !== undefined) exact.set(row, whole);
    }
  };
}

/** The same number in all rows, NaN for NULL. */
export function constantNumberWriter(value: number): Writer<NumberColumn> {
  return (rows, count, { values }) => {
    for (let at = 0; at < count; at++) values[rows[at] as number] = value;
  };
}

/** A computation with doubles, row by row. The operands are computed for these rows alone. */
export function arithmeticWriter(
  compute: (left: number, right: number) => number,
  operands: readonly { write: Writer<NumberColumn>; column: NumberColumn }[],
  lists: RowLists,
): Writer<NumberColumn> {
  return (rows, count, { values }) => {
    for (const { write, column } of operands) {
      column.start(values.length);
      const copy = lists.take();
      copyRows(rows, count, copy);
      write(copy, count, column);
      lists.giveBack(copy);
    }
    const [left = values, right = left] = operands.map(({ column }) => column.values);
    for (let at = 0; at < count; at++) {
      const row = rows[at] as number;
      values[row] = compute(left[row] as number, right[row] as number);
    }
  };
}

/** A CASE: each branch writes the rows that meet its condition and none before it. */
export function caseWriter<Column>(
  branches: readonly { when: Splitter; part: Writer<Column> }[],
  otherwise: Writer<Column>,
  lists: RowLists,
): Writer<Column> {
  return (rows, count, column) => {
    const met = lists.take();
    let left = count;
    for (const { when, part } of branches) {
      if (left === 0) break;
      const found = when(rows, left, met, 0);
      if (found > 0) part(met, found, column);
      left -= found;
    }
    if (left > 0) otherwise(rows, left, column);
    lists.giveBack(met);
  };
}

/** A coalesce: each part writes the rows in which all before it are NULL. */
export function coalesceWriter<Column>(
  parts: readonly Writer<Column>[],
  isNull: (column: Column, row: number) => boolean,
  lists: RowLists,
): Writer<Column> {
  return (rows, count, column) => {
    const copy = lists.take();
    let left = count;
    for (const [index, write] of parts.entries()) {
      copyRows(rows, left, copy);
      write(copy, left, column);
      if (index === parts.length - 1) break;
      let nulls = 0;
      for (let at = 0; at < left; at++) {
        const row = rows[at] as number;
        if (isNull(column, row)) rows[nulls++] = row;
      }
      left = nulls;
      if (left === 0) break;
    }
    lists.giveBack(copy);
  };
}

export function isNullId({ ids }: IdColumn, row: number): boolean {
  return ids[row] === 0;
}

export function isNullNumber({ values }: NumberColumn, row: number): boolean {
  return Number.isNaN(values[row]);
}

function copyRows(rows: Int32Array, count: number, to: Int32Array): void {
  for (let at = 0; at < count; at++) to[at] = rows[at] as number;
}
