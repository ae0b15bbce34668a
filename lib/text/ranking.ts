import type { Column } from '../model/columns.ts';
import { numberOrZero, type Value } from '../model/value.ts';
import { isFigure } from './format-value.ts';

/** Rows of a section, each value in the order of the columns. */
type Rows = readonly (readonly Value[])[];

/** A figure that rises from one row to the next more often than this share of the steps does not rank the rows. */
const MAX_RISES = 1 / 3;

/**
 * The index of the column that rows are ranked by: the figure that rises least often from row to row. (A section may be
 * ordered by a sum of two columns, so the figure need not fall at every step.) In a table by day or hour it is the first
 * figure. Undefined if there is no figure, or if none falls along the rows, as in a list of the latest requests.
 */
export function rankingColumn({ columns }: { columns: readonly Column[] }, rows: Rows): number | undefined {
  const figures = columns.flatMap((column, index) => (isFigure(column) ? [index] : []));
  if (hasTimeUnit(columns) || isInTimeOrder(columns, rows)) return figures[0];
  const varying = figures.filter((index) => new Set(rows.map((row) => numberOrZero(row[index]))).size > 1);
  const [best] = varying.map((index) => ({ index, rises: countRises(rows, index) })).sort((a, b) => a.rises - b.rises);
  const [first] = figures;
  // All rows may have the same rank: then the first figure is the same in all of them, and no other one ranks them.
  const isTie = first !== undefined && !varying.includes(first);
  if (!best || (isTie && best.rises > 0)) return first;
  return best.rises <= (rows.length - 1) * MAX_RISES ? best.index : undefined;
}

/** True for tables with one row per day or hour, which people read in that order. */
export function isByTime(columns: readonly Column[]): boolean {
  const unit = columns[0]?.unit;
  return unit === 'day' || unit === 'hour';
}

function hasTimeUnit(columns: readonly Column[]): boolean {
  return columns.some(({ unit }) => unit === 'day' || unit === 'hour');
}

/** True for tables whose first column is a timestamp that rises from row to row, such as one row per hour. */
function isInTimeOrder(columns: readonly Column[], rows: Rows): boolean {
  return columns[0]?.type === 'timestamp' && countRises(rows, 0) >= rows.length - 1;
}

/** At how many steps from row to row a figure rises. A step from NULL does not count. */
function countRises(rows: Rows, index: number): number {
  return rows.slice(1).filter((row, at) => {
    const above = rows[at]?.[index];
    return above != null && numberOrZero(row[index]) > numberOrZero(above);
  }).length;
}
