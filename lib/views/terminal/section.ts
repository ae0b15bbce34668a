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
import { bar } from './draw.ts';
import { type Style, styleOf } from './style.ts';
import type { Terminal } from './terminal.ts';

export interface SectionView extends Terminal {
  /** How many rows to show; 10 unless told. */
  rows?: number;
  /** Where the rest is, such as `in requests.csv`; in the section's CSV file unless told. */
  rest?: string;
  /** Owners of values, as in `edition.json`. */
  owners?: EditionRecord['owners'];
}

type Section = Pick<SectionRecord, 'id' | 'title' | 'description' | 'columns'>;

const ROWS = 10;
const GAP = 2;
/** Text may shrink to a quarter of the width, within these bounds, and grow to `MOST_TEXT`. */
const LEAST_TEXT = 10;
const ENOUGH_TEXT = 28;
const MOST_TEXT = 60;
const LEAST_BAR = 8;
const MOST_BAR = 20;
/** A narrower table has no room for bars. */
const WIDTH_FOR_BARS = 60;

/**
 * A section as a table for the terminal: its heading, as many of its columns as the width holds, and a bar beside the
 * figure that the rows are ranked by. A single row is shown as a list. Ends in a line feed. Text from logs is made visible.
 */
export function terminalSection(
  section: Section,
  table: Table,
  { width, color, rows = ROWS, rest = `in ${section.id}.csv.gz`, owners }: SectionView,
): string {
  const style = styleOf(color);
  const shown = tableRows(table, section, rows);
  const [only, second] = shown;
  const textsOf = (row: Row) => section.columns.map((column, index) => cellText(column, row[index] ?? null, owners));
  const body =
    only === undefined
      ? [style('dim', 'No rows.')]
      : second === undefined
        ? listLines(section.columns, textsOf(only), width, style)
        : tableLines(section, { rows: shown, texts: shown.map(textsOf), total: table.numRows, rest }, width, style);
  const description = wrap(section.description, width).map((line) => style('dim', line));
  return `${[style('bold', shorten(section.title, width)), ...description, '', ...body].join('\n')}\n`;
}

function listLines(columns: readonly Column[], texts: readonly string[], width: number, style: Style): string[] {
  const titles = columns.map(({ title }) => title);
  const label = Math.min(Math.max(...titles.map(textWidth)), Math.floor(width / 2));
  return columns.map((column, index) => {
    const value = shorten(texts[index] ?? '', width - label - GAP);
    return `${style('dim', cell(column.title, label))}${' '.repeat(GAP)}${value}`;
  });
}

interface Shown {
  rows: readonly Row[];
  /** The same as text, cell by cell. */
  texts: readonly (readonly string[])[];
  /** How many rows there are. */
  total: number;
  /** Where those that are not shown are. */
  rest: string;
}

interface Place {
  index: number;
  column: Column;
  cells: string[];
  width: number;
}

function tableLines(section: Section, { rows, texts, total, rest }: Shown, width: number, style: Style): string[] {
  const ranking = rankingColumn(section, rows);
  const places = chosenColumns(section, texts, ranking, width);
  const used = places.reduce((sum, place) => sum + place.width + GAP, -GAP);
  const room = Math.min(MOST_BAR, width - used - GAP);
  const largest = ranking === undefined ? 0 : Math.max(...rows.map((row) => numberOrZero(row[ranking])));
  const alignOf = ({ column }: Place) => (isFigure(column) ? 'right' : 'left');
  const line = (cells: string[]) => cells.join(' '.repeat(GAP)).trimEnd();
  const heading = line(places.map((place) => cell(place.column.title, place.width, alignOf(place))));
  const lines = rows.map((row, at) => {
    const cells = places.map((place) => cell(place.cells[at] ?? '', place.width, alignOf(place)));
    const share = ranking === undefined || largest <= 0 ? 0 : numberOrZero(row[ranking]) / largest;
    const drawn = room >= LEAST_BAR && share > 0 ? [style('cyan', bar(share, room))] : [];
    return line([...cells, ...drawn]);
  });
  const hidden = section.columns.length - places.length;
  const left = [
    ...(total > rows.length ? [`${formatFigure(total - rows.length, 'count').text} more rows`] : []),
    ...(hidden > 0 ? [`${hidden} more ${hidden === 1 ? 'column' : 'columns'}`] : []),
  ];
  const footer = left.length > 0 ? wrap(`… ${left.join(' and ')} ${rest}`, width) : [];
  return [style('dim', heading), ...lines, ...footer.map((text) => style('dim', text))];
}

/**
 * The columns that fit: the first and the ranking one always, the others in order while there is room for them at their
 * least width, beside the bar. What room is left goes to the texts that were cut, the most cut first.
 */
function chosenColumns(
  { columns }: Section,
  texts: Shown['texts'],
  ranking: number | undefined,
  width: number,
): Place[] {
  const all = columns.map((column, index) => {
    const cells = texts.map((row) => shorten(row[index] ?? '', MOST_TEXT));
    return { index, column, cells, natural: Math.max(textWidth(column.title), ...cells.map(textWidth)) };
  });
  const text = Math.min(ENOUGH_TEXT, Math.max(LEAST_TEXT, Math.floor(width / 4)));
  const least = ({ column, natural }: (typeof all)[number]) => (isFigure(column) ? natural : Math.min(natural, text));
  const needed = all.filter(({ index }) => index === 0 || index === ranking);
  const barred = ranking !== undefined && width >= WIDTH_FOR_BARS ? LEAST_BAR + GAP : 0;
  let room = width - barred - needed.reduce((sum, place) => sum + least(place) + GAP, -GAP);
  const chosen = all.filter((place) => {
    if (needed.includes(place)) return true;
    if (room < least(place) + GAP) return false;
    room -= least(place) + GAP;
    return true;
  });
  const places = chosen.map((place) => ({ ...place, width: least(place) }));
  for (; room > 0; room--) {
    const cut = places.reduce((a, b) => (b.natural - b.width > a.natural - a.width ? b : a));
    if (cut.natural === cut.width) break;
    cut.width++;
  }
  return places;
}

/** A value as people read it, behind the name that it has. */
function cellText(column: Column, value: Value, owners: SectionView['owners']): string {
  const text = visibleText(formatValue(value, column).text);
  return withOwner(ownerOf(owners, column.name, value), text);
}
