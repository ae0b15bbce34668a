import type { Texts } from '../texts.ts';
import { NOT_KNOWN, NOT_KNOWN_ID, type NumberMemo, type TextMemo } from './memo.ts';
import type { NumberColumn } from './number-column.ts';
import type { RowLists } from './row-lists.ts';
import type { Splitter } from './splitters.ts';

/** Writes a value of each row into a column: ids of texts, or numbers. It may change the list of rows. */
export type Writer<Column> = (rows: Int32Array, count: number, column: Column) => void;

/**
 * Writes a value of the rows that a branch of a CASE or a part of a coalesce decides. The others move to the front of `rows`;
 * returns their number.
 */
export type PartWriter<Column> = (rows: Int32Array, count: number, column: Column) => number;

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
      ids[row] = id === NOT_KNOWN_ID ? memo.compute(baseId) : id;
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
    const { states, values: found } = memo;
    for (let at = 0; at < count; at++) {
      const row = rows[at] as number;
      const id = ids[row] as number;
      values[row] = states[id] === NOT_KNOWN ? memo.compute(id) : (found[id] as number);
    }
    if (memo.exact.size === 0) return;
    for (let at = 0; at < count; at++) {
      const row = rows[at] as number;
      copyExact(memo, ids[row] as number, exact, row);
    }
  };
}

/** A text of the ids that the memo's expression matches. */
export function textPartWriter(memo: TextMemo): PartWriter<IdColumn> {
  return (rows, count, { ids }) => {
    const baseIds = memo.base.idsOf(rows, count);
    if (!memo.canMatch()) return count;
    const known = memo.ids;
    let others = 0;
    for (let at = 0; at < count; at++) {
      const row = rows[at] as number;
      const baseId = baseIds[row] as number;
      let id = known[baseId] as number;
      if (id === NOT_KNOWN_ID) id = memo.compute(baseId);
      ids[row] = id;
      rows[others] = row;
      others += id >>> 31;
    }
    return others;
  };
}

/** A number of the ids that the memo's expression matches. */
export function numberPartWriter(memo: NumberMemo): PartWriter<NumberColumn> {
  return (rows, count, { values, exact }) => {
    const ids = memo.base.idsOf(rows, count);
    if (!memo.canMatch()) return count;
    const { states, values: found } = memo;
    let hasExact = memo.exact.size > 0;
    let others = 0;
    for (let at = 0; at < count; at++) {
      const row = rows[at] as number;
      const id = ids[row] as number;
      if (states[id] === NOT_KNOWN) {
        memo.compute(id);
        hasExact = memo.exact.size > 0;
      }
      values[row] = found[id] as number;
      if (hasExact) copyExact(memo, id, exact, row);
      rows[others] = row;
      others += (states[id] as number) >> 1;
    }
    return others;
  };
}

function copyExact(memo: NumberMemo, id: number, exact: Map<number, bigint>, row: number): void {
  const whole = memo.exact.get(id);
  if (whole !== undefined) exact.set(row, whole);
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

/** The rows that meet a condition. */
export function branchWriter<Column>(when: Splitter, write: Writer<Column>, lists: RowLists): PartWriter<Column> {
  return (rows, count, column) => {
    const met = lists.take();
    const found = when(rows, count, met, 0);
    if (found > 0) write(met, found, column);
    lists.giveBack(met);
    return count - found;
  };
}

/** The rows in which a value is not NULL. */
export function presentWriter<Column>(
  write: Writer<Column>,
  isNull: (column: Column, row: number) => boolean,
  lists: RowLists,
): PartWriter<Column> {
  return (rows, count, column) => {
    const copy = lists.take();
    copyRows(rows, count, copy);
    write(copy, count, column);
    lists.giveBack(copy);
    let nulls = 0;
    for (let at = 0; at < count; at++) {
      const row = rows[at] as number;
      if (isNull(column, row)) rows[nulls++] = row;
    }
    return nulls;
  };
}

/** A CASE or a coalesce: each part writes the rows that none before it has decided. */
export function chosenWriter<Column>(parts: readonly PartWriter<Column>[], otherwise: Writer<Column>): Writer<Column> {
  return (rows, count, column) => {
    let left = count;
    for (const write of parts) {
      if (left === 0) return;
      left = write(rows, left, column);
    }
    if (left > 0) otherwise(rows, left, column);
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
