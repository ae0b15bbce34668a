import type { Column } from '../../model/columns.ts';
import type { Value } from '../../model/value.ts';
import { formatValue, isFigure } from '../../text/format-value.ts';
import { shortenText, visibleText } from '../../text/visible-text.ts';

/** A value as a table shows it. All text is visible text. */
export interface Cell {
  text: string;
  /** The exact value or the whole text, shown on hover; undefined if `text` says as much. */
  title: string | undefined;
  kind: 'figure' | 'text' | 'label' | 'absent';
}

const TEXT_SHOWN = 88;
/** Characters of a value that the page holds at most. */
export const TITLE_SHOWN = 500;

/** How a value is shown; `owner` is the team or customer it belongs to, if known. */
export function cellOf(value: Value, column: Column, owner?: string): Cell {
  const { text, exact } = formatValue(value, column);
  if (isFigure(column)) return { text, title: exact === text ? undefined : exact, kind: 'figure' };
  const full = visibleText(text === exact ? shortenText(text, TITLE_SHOWN) : exact);
  const shown = visibleText(shortenText(owner ?? text, TEXT_SHOWN));
  const kind = value === null || value === '' ? 'absent' : column.type === 'varchar' ? 'text' : 'label';
  return { text: shown, title: full === shown ? undefined : full, kind };
}

/** A column's heading, with the time zone if it holds times. */
export function headingOf({ title, type, unit }: Column): string {
  const utc = (type === 'timestamp' || unit === 'hour') && !title.includes('UTC');
  return utc ? `${title} (UTC)` : title;
}
