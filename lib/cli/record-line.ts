import { MAPPED_COLUMNS } from '../formats/mapping.ts';
import { csvCell } from '../tables/csv-cell.ts';
import { visibleText } from '../text/visible-text.ts';

/** A parsed line as DuckDB returns it: the columns of `requests`, then `reason` and `line`, which are NULL for a request. */
export type ParsedRow = readonly unknown[];

/** The columns of a ParsedRow, for SELECT. */
export const PARSED_COLUMNS = [...MAPPED_COLUMNS, 'reason', 'line'];

export const CSV_HEADER = `${MAPPED_COLUMNS.join(',')}\n`;

const SHOWN_CHARACTERS = 500;

export function isRequest(row: ParsedRow): boolean {
  return row.at(-1) === null;
}

/** A request as a line of JSON. Integers beyond 2^53 are written with all their digits. */
export function jsonLine(row: ParsedRow): string {
  const fields = MAPPED_COLUMNS.map((name, index) => `"${name}":${jsonText(row[index])}`);
  return `{${fields.join(',')}}\n`;
}

function jsonText(value: unknown): string {
  return typeof value === 'bigint' ? String(value) : JSON.stringify(value ?? null);
}

/** A request as a line of CSV, times in ISO 8601. */
export function csvLine(row: ParsedRow): string {
  const cells = MAPPED_COLUMNS.map((_, index) => {
    const value = row[index];
    return csvCell(value instanceof Date ? value.toISOString() : (value ?? null));
  });
  return `${cells.join(',')}\n`;
}

/** A rejected line as --verbose shows it, cut after 500 characters. */
export function rejectLine(row: ParsedRow): string {
  const [reason, line] = row.slice(MAPPED_COLUMNS.length);
  return `rejected: ${reason}: ${visibleText(String(line)).slice(0, SHOWN_CHARACTERS)}`;
}
