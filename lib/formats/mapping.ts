import { REQUEST_COLUMNS } from '../model/request-columns.ts';
import { readSql } from '../sql/sql-files.ts';
import {
  FILE_DAY_COLUMN,
  type FieldKind,
  type Format,
  hasFieldColumns,
  LINE_COLUMN,
  rawColumns,
  UNPARSED_COLUMN,
} from './format.ts';
import { GENERIC_COLUMNS } from './generic-columns.ts';
import { PRIVATE_ADDRESS } from './private-address.ts';

/** Columns of `requests` that other rows of the same day decide. */
const ADDED_COLUMNS: readonly string[] = ['download', 'copies'];

/** The columns of `requests` that a format's mapping selects. */
export const MAPPED_COLUMNS = REQUEST_COLUMNS.map(({ name }) => name).filter((name) => !ADDED_COLUMNS.includes(name));

/**
 * A SELECT in Trino's SQL that turns a format's raw relation into the columns of `requests`, `reason` and `line`. Also
 * selected are the raw columns in `kept`, as `kept_0`, `kept_1` and so on.
 */
export function mappingSql(format: Format, raw: string, kept: readonly string[] = []): string {
  const others = format.mapping ? [] : kept.filter((name) => !GENERIC.has(name));
  const [mapping, relation] = format.mapping
    ? [format.mapping, raw]
    : [genericMapping(), genericRelation(format, raw, others)];
  const columns = kept.map((name, index) => `,\n  "${others.includes(name) ? `raw_${name}` : name}" AS kept_${index}`);
  const mapped = mapping
    .replace('{{raw}}', () => relation)
    .replace('{{line}}', () => rejectedLine(format))
    .replace('{{kept}}', () => columns.join(''));
  return readSql('lake/record-kind.sql').replace('{{mapped}}', () => `(\n${mapped}\n)`);
}

/** SQL for the text of a rejected line. If the raw table has a column per field, its fields up to the first quoted one. */
function rejectedLine(format: Format): string {
  if (!hasFieldColumns(format)) return LINE_COLUMN;
  const quoted = format.fields.findIndex(({ kind }) => kind.endsWith('quoted'));
  const written = format.fields.slice(0, quoted + 1 || undefined).map(({ name, kind }) => {
    const [open, close] = DELIMITERS[kind] ?? [];
    return open ? `'${open}' || "${name}" || '${close}'` : `"${name}"`;
  });
  return `concat_ws(' ', ${written.join(', ')})`;
}

const DELIMITERS: Partial<Record<FieldKind, [string, string]>> = {
  bracketed_time: ['[', ']'],
  quoted: ['"', '"'],
  plain_quoted: ['"', '"'],
};

function genericMapping(): string {
  return readSql('lake/generic-mapping.sql').replaceAll('{{private_address}}', () => PRIVATE_ADDRESS);
}

const GENERIC: ReadonlySet<string> = new Set([...GENERIC_COLUMNS, LINE_COLUMN]);

/**
 * The raw relation with every column that sql/lake/generic-mapping.sql reads; a column that the format lacks is NULL. The
 * columns in `others` get the prefix `raw_`, so that they cannot collide with a column of the mapping.
 */
function genericRelation(format: Format, raw: string, others: readonly string[]): string {
  const present = new Set([...rawColumns(format), ...(format.yearless ? [FILE_DAY_COLUMN] : [])]);
  const columns = [
    ...GENERIC_COLUMNS.map((name) => `${present.has(name) ? `"${name}"` : 'CAST(NULL AS varchar)'} AS ${name}`),
    ...others.map((name) => `"${name}" AS "raw_${name}"`),
  ];
  return `(SELECT ${columns.join(', ')}, ${UNPARSED_COLUMN}, line, "$path" FROM ${raw} AS raw)`;
}
