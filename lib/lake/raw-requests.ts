import type { Statement } from '../engine/engine.ts';
import { type Format, hasFieldColumns, LINE_COLUMN, rawColumns } from '../formats/format.ts';
import { mappingSql } from '../formats/mapping.ts';
import type { Column, ColumnType } from '../model/columns.ts';
import type { Period } from '../model/period.ts';
import { deduplicationSql } from './definition.ts';

/** The raw lines of a source as a relation of an engine. */
export interface RawRelation {
  /** Selects the format's raw relation. */
  reader: Statement;
  /** True if lines of other days are among them: a request then belongs to the day of its time. */
  contains_other_days: boolean;
}

/** Columns that Logtally adds; a raw field with the same name gets the prefix `raw_`. */
const OWN_COLUMNS = ['source', 'time', 'log_object'];

/**
 * The columns of an export of every request: the raw fields of its line, and the line itself unless the format is a plain
 * list of fields. Fields of a numeric kind are numbers; all other fields are text as logged. `-` is NULL.
 */
export function rawRequestColumns(format: Format): Column[] {
  const column = (name: string, type: ColumnType = 'varchar') => ({ name, type, title: name });
  return [
    column('source'),
    column('time', 'timestamp'),
    ...keptColumns(format).map((name) => column(shownName(name), typeOf(format, name))),
    column('log_object'),
  ];
}

function keptColumns(format: Format): string[] {
  const names = rawColumns(format);
  return hasFieldColumns(format) || names.includes(LINE_COLUMN) ? names : [...names, LINE_COLUMN];
}

function typeOf(format: Format, name: string): ColumnType {
  if (!hasFieldColumns(format)) return 'varchar';
  const kind = format.fields.find((field) => field.name === name)?.kind;
  return kind === 'status' ? 'integer' : kind === 'number' ? 'bigint' : 'varchar';
}

function shownName(raw_column: string): string {
  return OWN_COLUMNS.includes(raw_column) ? `raw_${raw_column}` : raw_column;
}

/**
 * Selects every request of a period once, with the raw fields of its line, in an order that depends on the rows alone. As in
 * the lake, the format decides which lines are requests, and lines of the same request are deduplicated.
 */
export function rawRequestsStatement(
  format: Format,
  source: string,
  { reader, contains_other_days }: RawRelation,
  { from, to }: Period,
): Statement {
  const kept = keptColumns(format);
  const names = kept.map((_, index) => `kept_${index}`);
  const days = contains_other_days ? ' AND CAST(CAST(time AS date) AS varchar) BETWEEN ? AND ?' : '';
  const requests = `SELECT time, request_id, log_object, ${names.join(', ')}
FROM (${mappingSql(format, `(${reader.sql})`, kept)}) WHERE line IS NULL${days}`;
  const shown = kept.map((name, index) => `${shownField(format, name, `kept_${index}`)} AS "${shownName(name)}"`);
  return {
    sql: `SELECT CAST(? AS varchar) AS source, time, ${shown.join(', ')}, log_object
FROM (${deduplicationSql(`(${requests})`, { columns: ['time', ...names, 'log_object'], line: ['time', ...names] })})
ORDER BY ${['time', ...names, 'log_object'].join(', ')}`,
    parameters: [source, ...reader.parameters, ...(contains_other_days ? [from, to] : [])],
  };
}

function shownField(format: Format, name: string, kept: string): string {
  const type = typeOf(format, name);
  return type === 'varchar' ? `nullif(${kept}, '-')` : `try_cast(nullif(${kept}, '-') AS ${type})`;
}
