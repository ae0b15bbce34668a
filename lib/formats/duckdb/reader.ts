import { sqlString } from '../../sql/sql-string.ts';
import { CONTENT_COLUMN, contentExpression, mayStartEnvelope, OBJECT_START } from '../envelope.ts';
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
import { duckdbPath } from '../json-path.ts';
import { splitReader } from './split-reader.ts';

/**
 * A DuckDB SELECT of the format's raw columns, `unparsed`, `line` and "$path" over a relation with the columns `line`
 * and `log_object`. If `unparsed` is not NULL, the line does not fit the format and its other columns have no meaning. The
 * result is the same as that of `trinoReader`, but each line is read once. `fileDay` is an SQL expression for the day of
 * the file "$path", YYYY-MM-DD.
 */
export function duckdbReader(format: Format, lines: string, fileDay = 'CAST(NULL AS VARCHAR)'): string {
  const { ignored, header, ...others } = format;
  if (header) {
    const keyed = `(SELECT *, log_object AS ${HEADER_KEY} FROM ${lines})`;
    return duckdbHeaderReader({ ...others, header }, keyed, headersOf(keyed));
  }
  const wanted = ignored
    ? `(SELECT * FROM ${lines} WHERE NOT regexp_matches(line, ${sqlString(`^(?:${ignored})`)}))`
    : lines;
  if (hasFieldColumns(format)) return splitReader(format, wanted);
  if (isWhole(format)) return `SELECT line, NULL AS ${UNPARSED_COLUMN}, log_object AS "$path" FROM ${wanted}`;
  const relation = withJson(
    format,
    format.patterns.reduce(withPattern, withContent(format, withFields(format, wanted))),
  );
  const columns = rawColumns(format).map((name) => `${columnExpression(format, name)} AS "${name}"`);
  if (format.yearless) columns.push(`${fileDay} AS ${FILE_DAY_COLUMN}`);
  return `SELECT ${columns.join(', ')}, CASE WHEN unfit THEN line END AS ${UNPARSED_COLUMN}, ${LINE_COLUMN}, "$path" FROM ${relation}`;
}

/**
 * The same for a format whose headers name its fields, over a relation that also has `header_key`, and a relation of the
 * headers by key.
 */
export function duckdbHeaderReader(format: Format & { header: HeaderFormat }, lines: string, headers: string): string {
  const { header: _header, ...others } = format;
  const data = `(SELECT line, log_object AS "$path", ${HEADER_KEY}, true AS unfit FROM ${lines} WHERE NOT prefix(line, '#'))`;
  if (Object.keys(format.json).length === 0) {
    return headerReader(format, `(SELECT *, line AS ${UNPARSED_COLUMN} FROM ${data})`, headers);
  }
  const columns = Object.keys(format.json).map((name) => `${columnExpression(others, name)} AS "${name}"`);
  const read = `(SELECT ${columns.join(', ')}, CASE WHEN unfit THEN line END AS ${UNPARSED_COLUMN}, line, "$path", ${HEADER_KEY} FROM ${withJson(others, withContent(others, data))})`;
  return headerReader(format, read, headers);
}

function isWhole({ fields, patterns, json }: Format): boolean {
  return fields.length === 0 && patterns.length === 0 && Object.keys(json).length === 0;
}

/** The lines with the columns of `fields`, and `unfit`: true until fields, a pattern or JSON fits the line. */
function withFields(format: Format, lines: string): string {
  if (format.fields.length === 0) return `(SELECT line, log_object AS "$path", true AS unfit FROM ${lines})`;
  const read = `(SELECT * REPLACE (CASE WHEN ${mayStartEnvelope(format)} THEN line ELSE ${UNPARSED_COLUMN} END AS ${UNPARSED_COLUMN}) FROM (${splitReader(format, lines)}))`;
  return `(SELECT *, ${UNPARSED_COLUMN} IS NOT NULL AS unfit FROM ${read})`;
}

/** Adds what the lines carry that nothing has fitted so far. */
function withContent(format: Format, relation: string): string {
  return `(SELECT *, CASE WHEN unfit THEN ${contentExpression(format)} END AS ${CONTENT_COLUMN} FROM ${relation})`;
}

/** Adds the groups of a pattern as `found_<index>`, which is only looked for in lines that nothing has fitted so far. */
function withPattern(relation: string, pattern: string, index: number): string {
  const groups = ['whole', ...groupNames(pattern)].map(sqlString).join(', ');
  const extracted = `system.main.regexp_extract(${CONTENT_COLUMN}, ${sqlString(`^(${withoutNames(pattern)})$`)}, [${groups}])`;
  const found = `found_${index}`;
  return `(SELECT * REPLACE (unfit AND ${found}.whole = '' AS unfit)
  FROM (SELECT *, CASE WHEN unfit THEN ${extracted} END AS ${found} FROM ${relation}))`;
}

/** Adds `body`, the JSON text of a line, and `json_0`, `json_1` …, the values at its paths in the order of `pathsOf`. */
function withJson(format: Format, relation: string): string {
  const paths = pathsOf(format);
  if (Object.keys(format.json).length === 0) return relation;
  const bodies = format.patterns.flatMap((pattern, index) =>
    groupNames(pattern).includes(JSON_GROUP) ? [`nullif(found_${index}.${JSON_GROUP}, '')`] : [],
  );
  const body = `coalesce(${[...bodies, `CASE WHEN unfit THEN ${CONTENT_COLUMN} END`].join(', ')})`;
  const places = paths.map(jsonPlace).join(', ');
  const texts =
    paths.length === 0
      ? 'CAST([] AS VARCHAR[])'
      : `CASE WHEN is_object THEN json_extract_string(body, [${places}]) END`;
  return `(SELECT ${['*', ...paths.map((_, index) => `texts[${index + 1}] AS json_${index}`)].join(', ')}
  FROM (SELECT *, ${texts} AS texts
    FROM (SELECT * REPLACE (CASE WHEN body IS NULL THEN unfit ELSE NOT is_object END AS unfit)
      FROM (SELECT *, body IS NOT NULL AND regexp_matches(body, '${OBJECT_START}') AND json_parse(body) IS NOT NULL AS is_object
        FROM (SELECT *, ${body} AS body FROM ${relation})))))`;
}

function jsonPlace(path: JsonPath): string {
  return sqlString(duckdbPath(path));
}

/** Every path that the format looks at, once. */
function pathsOf({ json }: Format): JsonPath[] {
  const paths = Object.values(json).flatMap((sources) => sources.flatMap(({ path, beside }) => [path, beside ?? path]));
  return [...new Map(paths.map((path) => [duckdbPath(path), path])).values()];
}

function columnExpression(format: Format, name: string): string {
  const sources: string[] = [];
  // JSON comes first: it is written by the server itself, while a pattern may read a prefix added on the way.
  const places = pathsOf(format).map(duckdbPath);
  const scalar = (path: JsonPath) => jsonScalar(path, places.indexOf(duckdbPath(path)));
  for (const { path, beside } of format.json[name] ?? []) {
    sources.push(beside ? `CASE WHEN ${scalar(beside)} IS NOT NULL THEN ${scalar(path)} END` : scalar(path));
  }
  format.patterns.forEach((pattern, index) => {
    const value = format.pattern_values[index]?.[name];
    if (value !== undefined) sources.push(`CASE WHEN found_${index}.whole <> '' THEN ${sqlString(value)} END`);
    else if (groupNames(pattern).includes(name)) sources.push(`nullif(found_${index}."${name}", '')`);
  });
  const found = sources.length === 0 ? 'CAST(NULL AS VARCHAR)' : `coalesce(${sources.join(', ')}, NULL)`;
  if (!format.fields.some((field) => field.name === name)) return found;
  return `CASE WHEN ${UNPARSED_COLUMN} IS NULL THEN nullif("${name}", '') ELSE ${found} END`;
}

/**
 * The text of a JSON string, number or boolean; NULL for null, objects, arrays and the empty string. DuckDB computes the
 * JSON type only if the text looks like an object or an array.
 */
function jsonScalar(path: JsonPath, index: number): string {
  const text = `json_${index}`;
  return `CASE
    WHEN prefix(${text}, '{') OR prefix(${text}, '[') THEN CASE WHEN json_type(body, ${jsonPlace(path)}) = 'VARCHAR' THEN ${text} END
    WHEN ${text} <> '' THEN ${text} END`;
}
