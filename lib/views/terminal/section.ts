import type { Table } from 'apache-arrow';
import type { Column } from '../../model/columns.ts';
import type { EditionRecord, SectionRecord } from '../../model/edition.ts';
import { numberOrZero, type Value } from '../../model/value.ts';
import { type Row, tableRows } from '../../tables/rows.ts';
import { formatFigure, formatValue, isFigure } from '../../text/format-value.ts';
import { ownerOf, withOwner } from '../../text/owners.ts';
import { rankingColumn } from '../../text/ranking.ts';
import { visibleText } from '../../text/visible-text.ts';
import { cell, shorten, textWidth, wrap } from './cell.ts';
import { fittingColumns, GAP, MIN_BAR, type ShownColumn } from './columns.ts';
import { bar } from './draw.ts';
import { type Style, styleOf } from './style.ts';
import type { Terminal } from './terminal.ts';

export interface SectionView extends Terminal {
  /** How many rows to show; 10 by default. */
  rows?: number;
  /** Where the other rows are, such as `in requests.csv`; by default in the section's CSV file. */
  rest?: string;
  /** Owners of values, as in `edition.json`. */
  owners?: EditionRecord['owners'];
}

type Section = Pick<SectionRecord, 'id' | 'title' | 'description' | 'columns'>;

const DEFAULT_ROWS = 10;
const MAX_BAR = 20;

/**
 * A section as a table for the terminal: heading, the columns that fit into the width, and a bar for the figure that the
 * rows are ranked by. A single row is shown as a list. Text from logs is made visible. Ends with a line feed.
 */
export function terminalSection(
  section: Section,
  table: Table,
  { width, color, rows = DEFAULT_ROWS, rest = `in ${section.id}.csv.gz`, owners }: SectionView,
): string {
  const style = styleOf(color);
  const shown = tableRows(table, section, rows);
  const [only, second] = shown;
  const textsOf = (row: Row) => section.columns.map((column, index) => cellText(column, row[index] ?? null, owners));
  const body = () => {
    if (only === undefined) return [style('dim', 'No rows.')];
    if (second === undefined) return listLines(section.columns, textsOf(only), width, style);
    return tableLines(section, { rows: shown, texts: shown.map(textsOf), total: table.numRows, rest }, width, style);
  };
  const description = wrap(section.description, width).map((line) => style('dim', line));
  return `${[style('bold', shorten(section.title, width)), ...description, '', ...body()].join('\n')}\n`;
}

function listLines(columns: readonly Column[], texts: readonly string[], width: number, style: Style): string[] {
  const titles = columns.map(({ title }) => title);
  const label = Math.min(Math.max(...titles.map(textWidth)), Math.floor(width / 2));
  return columns.map((column, index) => {
    const value = shorten(texts[index] ?? '', width - label - GAP);
    return `${style('dim', cell(column.title, label))}${' '.repeat(GAP)}${value}`;
  });
}

interface ShownRows {
  rows: readonly Row[];
  /** The same rows as text. */
  texts: readonly (readonly string[])[];
  /** How many rows the section has. */
  total: number;
  /** Where the other rows are. */
  rest: string;
}

function tableLines(section: Section, shown: ShownRows, width: number, style: Style): string[] {
  const { rows, texts } = shown;
  const ranking = rankingColumn(section, rows);
  const columns = fittingColumns(section.columns, texts, ranking, width);
  const bars = rankingBars(rows, ranking, width - columns.reduce((sum, column) => sum + column.width + GAP, 0));
  const aligned = ({ column, width }: ShownColumn, text: string) =>
    cell(text, width, isFigure(column) ? 'right' : 'left');
  const line = (cells: string[]) => cells.join(' '.repeat(GAP)).trimEnd();
  const heading = line(columns.map((shownColumn) => aligned(shownColumn, shownColumn.column.title)));
  const lines = rows.map((_, at) => {
    const cells = columns.map((shownColumn) => aligned(shownColumn, shownColumn.cells[at] ?? ''));
    const drawn = bars[at];
    return line(drawn ? [...cells, style('cyan', drawn)] : cells);
  });
  const footer = leftOut(shown, section.columns.length - columns.length);
  const footerLines = footer === undefined ? [] : wrap(footer, width);
  return [style('dim', heading), ...lines, ...footerLines.map((text) => style('dim', text))];
}

/** A bar per row for its figure in the ranking column; none if there is no room or no ranking column. */
function rankingBars(rows: readonly Row[], ranking: number | undefined, room: number): (string | undefined)[] {
  const length = Math.min(MAX_BAR, room);
  if (ranking === undefined || length < MIN_BAR) return [];
  const largest = Math.max(...rows.map((row) => numberOrZero(row[ranking])));
  return rows.map((row) => (largest > 0 ? bar(numberOrZero(row[ranking]) / largest, length) : undefined));
}

/** `… 990 more rows and 2 more columns in top.csv.gz`; undefined if everything is shown. */
function leftOut({ rows, total, rest }: ShownRows, hidden: number): string | undefined {
  const parts = [
    ...(total > rows.length ? [`${formatFigure(total - rows.length, 'count').text} more rows`] : []),
    ...(hidden > 0 ? [`${hidden} more ${hidden === 1 ? 'column' : 'columns'}`] : []),
  ];
  return parts.length > 0 ? `… ${parts.join(' and ')} ${rest}` : undefined;
}

/** A value as people read it, with its owner in front if it has one. */
function cellText(column: Column, value: Value, owners: SectionView['owners']): string {
  const text = visibleText(formatValue(value, column).text);
  return withOwner(ownerOf(owners, column.name, value), text);
}
