import { COMPARISONS } from '../sql/functions.ts';
import type { FlagMemo } from './memo.ts';
import type { NumberColumn } from './number-column.ts';
import type { RowLists } from './row-lists.ts';

/**
 * Moves the rows that meet a condition to `matched`, from index `at` on, and returns their number. The others move to the
 * front of `rows`.
 */
export type Splitter = (rows: Int32Array, count: number, matched: Int32Array, at: number) => number;

export const noRow: Splitter = () => 0;

export const everyRow: Splitter = (rows, count, matched, at) => {
  for (let from = 0; from < count; from++) matched[at + from] = rows[from] as number;
  return count;
};

/** The rows whose id has a state: TRUE or FALSE. The loop has no branch on it, which would often be predicted wrongly. */
export function memoSplitter(memo: FlagMemo, wanted: number): Splitter {
  const shift = Math.log2(wanted);
  return (rows, count, matched, at) => {
    const ids = memo.base.idsOf(rows, count);
    if (!memo.reserve(wanted)) return 0;
    const { states } = memo;
    let others = 0;
    let to = at;
    for (let from = 0; from < count; from++) {
      const row = rows[from] as number;
      const id = ids[row] as number;
      let state = states[id] as number;
      if (state === 0) state = memo.compute(id);
      const isMatch = (state >> shift) & 1;
      matched[to] = row;
      to += isMatch;
      rows[others] = row;
      others += 1 - isMatch;
    }
    return to - at;
  };
}

/** The rows that one or the other finds. */
export function either(first: Splitter, second: Splitter): Splitter {
  return (rows, count, matched, at) => {
    const found = first(rows, count, matched, at);
    return found + second(rows, count - found, matched, at + found);
  };
}

/** The rows that both find. */
export function both(first: Splitter, second: Splitter, lists: RowLists): Splitter {
  return (rows, count, matched, at) => {
    const met = lists.take();
    const found = first(rows, count, met, 0);
    const kept = second(met, found, matched, at);
    append(met, found - kept, rows, count - found);
    lists.giveBack(met);
    return kept;
  };
}

/** The rows of a CASE in whose branch the splitter of the branch finds them. */
export function branchSplitter(
  branches: readonly { when: Splitter; part: Splitter }[],
  otherwise: Splitter,
  lists: RowLists,
): Splitter {
  return (rows, count, matched, at) => {
    const met = lists.take();
    const others = lists.take();
    let left = count;
    let otherCount = 0;
    let to = at;
    for (const { when, part } of branches) {
      const found = when(rows, left, met, 0);
      left -= found;
      const kept = part(met, found, matched, to);
      to += kept;
      append(met, found - kept, others, otherCount);
      otherCount += found - kept;
    }
    const kept = otherwise(rows, left, matched, to);
    append(others, otherCount, rows, left - kept);
    lists.giveBack(met);
    lists.giveBack(others);
    return to + kept - at;
  };
}

function append(from: Int32Array, count: number, to: Int32Array, at: number): void {
  for (let index = 0; index < count; index++) to[at + index] = from[index] as number;
}

/** The rows whose number is NULL, or those in which it is not. */
export function nullNumberSplitter(numbers: () => NumberColumn, wanted: boolean): Splitter {
  return (rows, count, matched, at) => {
    const { values } = numbers();
    return split(rows, count, matched, at, (row) => Number.isNaN(values[row]) === wanted);
  };
}

/** The rows in which a comparison of two numbers has a result, which is NULL if a number is. */
export function comparisonSplitter(
  operator: string,
  [left, right]: readonly [() => NumberColumn, () => NumberColumn],
  wanted: boolean,
): Splitter {
  const test = COMPARISONS[operator] as (typeof COMPARISONS)[string];
  return (rows, count, matched, at) => {
    const [first, second] = [left(), right()];
    const hasExact = first.exact.size > 0 || second.exact.size > 0;
    const numberOf = (column: NumberColumn, row: number) => column.exact.get(row) ?? (column.values[row] as number);
    return split(rows, count, matched, at, (row) => {
      const [a, b] = [first.values[row] as number, second.values[row] as number];
      if (Number.isNaN(a) || Number.isNaN(b)) return false;
      return (hasExact ? test(numberOf(first, row), numberOf(second, row)) : test(a, b)) === wanted;
    });
  };
}

function split(
  rows: Int32Array,
  count: number,
  matched: Int32Array,
  at: number,
  isWanted: (row: number) => boolean,
): number {
  let others = 0;
  let to = at;
  for (let from = 0; from < count; from++) {
    const row = rows[from] as number;
    if (isWanted(row)) matched[to++] = row;
    else rows[others++] = row;
  }
  return to - at;
}
