import { sqlString } from '../../sql/sql-string.ts';
import { CONTENT_COLUMN, contentExpression, mayStartEnvelope } from '../envelope.ts';
import {
  FILE_DAY_COLUMN,
  type Format,
  groupNames,
  type HeaderFormat,
  hasFieldColumns,
  JSON_GROUP,
  type JsonPath,
  LINE_COLUMN,
  rawColumns,
  UNPARSED_COLUMN,
  withoutNames,
} from '../format.ts';
import { HEADER_KEY, headerReader, headersOf } from '../header.ts';
import { trinoPath } from '../json-path.ts';
import { linePattern } from '../pattern.ts';

/** Columns of a source's raw table, all text: one per field and `unparsed`, or `line` for the whole line. */
export function rawTableColumns(format: Format): string[] {
  return hasFieldColumns(format) ? [...rawColumns(format), UNPARSED_COLUMN] : [LINE_COLUMN];
}

/**
 * A Trino SELECT of the format's raw columns, `unparsed`, `line` and "$path" over the part of a raw table that `where`
 * selects. `fileDay` is an SQL expression for the day of a line's file, YYYY-MM-DD. If the table has a column per field, its
 * RegexSerDe has parsed the lines already, and the result has no `line`.
 */
export function trinoReader(format: Format, table: string, where: string, fileDay: string): string {
  if (format.header) return trinoHeaderReader({ ...format, header: format.header }, table, where, fileDay);
  const columns = rawTableColumns(format).map((name) => `"${name}"`);
  const line = hasFieldColumns(format) ? UNPARSED_COLUMN : LINE_COLUMN;
  const skipped = [
    `${line} = ''`,
    ...(format.ignored ? [`regexp_like(${line}, ${sqlString(`^(?:${format.ignored})`)})`] : []),
  ];
  const wanted = ` AND (${line} IS NULL OR NOT (${skipped.join(' OR ')}))`;
  const day = format.yearless ? `, ${fileDay} AS ${FILE_DAY_COLUMN}` : '';
  const lines = `SELECT ${columns.join(', ')}${day}, "$path" FROM ${table} WHERE ${where}${wanted}`;
  if (hasFieldColumns(format)) return lines;
  const shapes = shapesOf(format);
  if (shapes.length === 0 && Object.keys(format.json).length === 0) {
    return `SELECT line, CAST(NULL AS varchar) AS ${UNPARSED_COLUMN}, "$path" FROM (${lines})`;
  }
  const selected = rawColumns(format).map((name) => `${columnExpression(format, shapes, name)} AS "${name}"`);
  if (format.yearless) selected.push(FILE_DAY_COLUMN);
  return `SELECT ${selected.join(', ')},
  CASE WHEN shape IS NULL OR (body IS NOT NULL AND NOT is_object) THEN line END AS ${UNPARSED_COLUMN}, line, "$path"
FROM (
  SELECT *, coalesce(regexp_like(body, '^\\s*\\{') AND try(json_parse(body)) IS NOT NULL, false) AS is_object
  FROM (SELECT *, ${bodyExpression(format, shapes)} AS body FROM (SELECT *, ${shapeExpression(format, shapes)} AS shape FROM (SELECT *, ${contentExpression(format)} AS ${CONTENT_COLUMN} FROM (${lines})))))`;
}

/**
 * The same for a format whose headers name its fields. Athena does not know the order of lines: the headers of an object hold
 * for all of its lines, each for those with as many fields as it has names.
 */
function trinoHeaderReader(
  format: Format & { header: HeaderFormat },
  table: string,
  where: string,
  fileDay: string,
): string {
  const { header, ignored: _headers, ...plain } = format;
  const json = Object.keys(format.json).length > 0;
  const base = trinoReader(plain, table, where, fileDay);
  const unparsed = json ? '' : `, line AS ${UNPARSED_COLUMN}`;
  const raw = `SELECT ${json ? '*' : 'line, "$path"'}${unparsed}, "$path" AS ${HEADER_KEY} FROM (${base})`;
  return `WITH raw AS (${raw})
${headerReader(format, "(SELECT * FROM raw WHERE strpos(line, '#') <> 1)", headersOf('raw'))}`;
}

interface Shape {
  /** What is matched: the whole line, or what it carries. */
  text: string;
  expression: string;
  groups: string[];
  values: Readonly<Record<string, string>>;
}

/** The regular expressions for a whole line, in the order in which they are tried. */
function shapesOf(format: Format): Shape[] {
  const shapes = format.patterns.map((pattern, index) => ({
    text: CONTENT_COLUMN,
    expression: `^(?:${withoutNames(pattern)})$`,
    groups: groupNames(pattern),
    values: format.pattern_values[index] ?? {},
  }));
  if (format.fields.length === 0) return shapes;
  return [
    {
      text: LINE_COLUMN,
      expression: `^(?:${linePattern(format)})$`,
      groups: format.fields.map(({ name }) => name),
      values: {},
    },
    ...shapes,
  ];
}

/** SQL for the index of the first shape that fits; for JSON the number of shapes; else NULL. */
function shapeExpression(format: Format, shapes: readonly Shape[]): string {
  const cases = shapes.map(
    ({ text, expression }, index) =>
      `WHEN ${text === LINE_COLUMN ? `NOT ${mayStartEnvelope(format)} AND ` : ''}regexp_like(${text}, ${sqlString(expression)}) THEN ${index}`,
  );
  if (Object.keys(format.json).length > 0) cases.push(`ELSE ${shapes.length}`);
  return shapes.length === 0 ? '0' : `CASE ${cases.join(' ')} END`;
}

/** SQL for the JSON object in a line: the group `json` of a shape, or the line itself. */
function bodyExpression(format: Format, shapes: readonly Shape[]): string {
  if (Object.keys(format.json).length === 0) return 'CAST(NULL AS varchar)';
  const cases = shapes.flatMap(({ text, expression, groups }, index) =>
    groups.includes(JSON_GROUP)
      ? [`WHEN ${index} THEN regexp_extract(${text}, ${sqlString(expression)}, ${groups.indexOf(JSON_GROUP) + 1})`]
      : [],
  );
  return `CASE shape ${[...cases, `WHEN ${shapes.length} THEN ${CONTENT_COLUMN}`].join(' ')} END`;
}

function columnExpression(format: Format, shapes: readonly Shape[], name: string): string {
  const cases = shapes.flatMap(({ text, expression, groups, values }, index) => {
    if (values[name] !== undefined) return [`WHEN ${index} THEN ${sqlString(values[name])}`];
    if (!groups.includes(name)) return [];
    return [
      `WHEN ${index} THEN nullif(regexp_extract(${text}, ${sqlString(expression)}, ${groups.indexOf(name) + 1}), '')`,
    ];
  });
  const sources = (format.json[name] ?? []).map(({ path, beside }) =>
    beside ? `CASE WHEN ${jsonScalar(beside)} IS NOT NULL THEN ${jsonScalar(path)} END` : jsonScalar(path),
  );
  if (cases.length > 0) sources.push(`CASE shape ${cases.join(' ')} END`);
  return sources.length === 1 ? (sources[0] ?? '') : `coalesce(${sources.join(', ')})`;
}

/** The text of a JSON string, number or boolean; NULL for null, objects, arrays and the empty string. */
function jsonScalar(path: JsonPath): string {
  return `CASE WHEN is_object THEN nullif(json_extract_scalar(body, ${sqlString(trinoPath(path))}), '') END`;
}
