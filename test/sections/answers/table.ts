import type { DuckDBConnection } from '@duckdb/node-api';
import { expect } from '@jest/globals';
import type { ColumnType } from '../../../lib/model/columns.ts';
import type { Section } from '../../../lib/sections/section.ts';
import { answerRows, MARCH } from '../database.ts';

/** What a section must answer: the names of its columns, and its rows in their order. */
export interface Table {
  columns: readonly string[];
  rows: readonly (readonly Cell[])[];
}

/** A cell as it is written, or a value that was put in by `${}`. */
type Cell = { written: string } | { value: unknown };

/** Tables by the ids of their sections. */
export type Answers = Readonly<Record<string, Table>>;

/**
 * A table as it is read: a line of column names, then a line per row, with `|` between cells. A cell is a value of its
 * column's type, or `null`; a fraction, a long text or one that contains `|` is put in by `${}`.
 */
export function table({ raw }: TemplateStringsArray, ...values: readonly unknown[]): Table {
  const text = raw.reduce((before, part, index) => `${before}\u0000${index - 1}\u0000${part}`);
  const [columns = [], ...rows] = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const odd = rows.find((row) => row.length !== columns.length);
  if (odd) throw new Error(`a row has ${odd.length} cells under ${columns.length} names: ${odd.join(' | ')}`);
  return { columns, rows: rows.map((row) => row.map((written) => cellOf(written, values))) };
}

function cellOf(written: string, values: readonly unknown[]): Cell {
  const [, index] = /^\0(\d+)\0$/.exec(written) ?? [];
  return index === undefined ? { written } : { value: values[Number(index)] };
}

/** Expects that a section answers a table: these columns, and these rows in this order. */
export async function expectAnswer(
  connection: DuckDBConnection,
  section: Section,
  expected: Table | undefined,
  scope = MARCH,
): Promise<void> {
  expect(section.columns.map(({ name }) => name)).toEqual(expected?.columns);
  const rows = expected?.rows.map((cells) =>
    Object.fromEntries(
      cells.map((cell, index) => [section.columns[index]?.name, cellValue(cell, section.columns[index]?.type)]),
    ),
  );
  expect((await answerRows(connection, section, scope)).map(rounded)).toEqual(rows?.map(rounded));
}

function cellValue(cell: Cell, type: ColumnType | undefined): unknown {
  if ('value' in cell) return cell.value;
  const { written } = cell;
  if (written === 'null') return null;
  if (type === 'varchar' || type === 'date' || type === 'timestamp') return written;
  if (type === 'boolean') return written === 'true';
  if (written === '' || Number.isNaN(Number(written))) throw new Error(`'${written}' is no ${type}`);
  return Number(written);
}

/** Fractions to 12 digits, since sums that are written here and in SQL may differ in the last bit. */
function rounded(row: Record<string, unknown>): Record<string, unknown> {
  const shortened = ([name, value]: [string, unknown]) => [
    name,
    typeof value === 'number' ? Number(value.toPrecision(12)) : value,
  ];
  return Object.fromEntries(Object.entries(row).map(shortened));
}
