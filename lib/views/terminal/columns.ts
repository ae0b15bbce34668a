import type { Column } from '../../model/columns.ts';
import { isFigure } from '../../text/format-value.ts';
import { shorten, textWidth } from './cell.ts';

/** Columns of the terminal between two columns of a table. */
export const GAP = 2;
export const MIN_BAR = 8;

/** A text column may shrink to a quarter of the width, within the first two bounds, and grow up to the last one. */
const MIN_TEXT = 10;
const MAX_SHRUNK_TEXT = 28;
const MAX_TEXT = 60;
/** Narrower terminals have no room for bars. */
const MIN_WIDTH_FOR_BARS = 60;

/** A column of a table, with the text of its cells and its width in columns of the terminal. */
export interface ShownColumn {
  column: Column;
  cells: string[];
  width: number;
}

interface Candidate {
  index: number;
  column: Column;
  cells: string[];
  /** The width without any cut. */
  full_width: number;
  min_width: number;
}

/**
 * The columns of a table that fit into `width`: always the first and the ranking column, then the others in order while
 * there is room for their minimum width and for the bar. `rows` hold a text per column.
 */
export function fittingColumns(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  ranking: number | undefined,
  width: number,
): ShownColumn[] {
  const candidates = columns.map((column, index) => candidate(column, index, rows, width));
  const isRequired = ({ index }: Candidate) => index === 0 || index === ranking;
  const bar = ranking !== undefined && width >= MIN_WIDTH_FOR_BARS ? MIN_BAR + GAP : 0;
  const required = candidates.filter(isRequired).reduce((sum, { min_width }) => sum + min_width + GAP, -GAP);
  let room = width - bar - required;
  const chosen = candidates.filter((one) => {
    if (isRequired(one)) return true;
    if (room < one.min_width + GAP) return false;
    room -= one.min_width + GAP;
    return true;
  });
  return widened(chosen, room);
}

function candidate(column: Column, index: number, rows: readonly (readonly string[])[], width: number): Candidate {
  const cells = rows.map((row) => shorten(row[index] ?? '', MAX_TEXT));
  const full_width = Math.max(textWidth(column.title), ...cells.map(textWidth));
  const shrunk = Math.min(MAX_SHRUNK_TEXT, Math.max(MIN_TEXT, Math.floor(width / 4)));
  return { index, column, cells, full_width, min_width: isFigure(column) ? full_width : Math.min(full_width, shrunk) };
}

/** Gives the remaining room to the columns that are cut, those that are cut most first. */
function widened(chosen: readonly Candidate[], room: number): ShownColumn[] {
  const columns = chosen.map((one) => ({ ...one, width: one.min_width }));
  for (let left = room; left > 0; left--) {
    const mostCut = columns.reduce((a, b) => (b.full_width - b.width > a.full_width - a.width ? b : a));
    if (mostCut.full_width === mostCut.width) break;
    mostCut.width++;
  }
  return columns;
}
