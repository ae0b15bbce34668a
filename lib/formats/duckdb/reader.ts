import { sqlString } from '../../sql/sql-string.ts';
import {
  FILE_DAY_COLUMN,
  type Format,
  groupNames,
  hasFieldColumns,
  JSON_GROUP,
  type JsonPath,
  LINE_COLUMN,
  rawColumns,
  UNPARSED_COLUMN,
  withoutNames,
} from '../format.ts';
import { duckdbPath } from '../json-path.ts';
import { fastReader } from './split-reader.ts';

/** How a line or a part of it starts that is to be read as a JSON object. */
export const OBJECT_START = '^[ \\t]*[{]';

/**
 * A DuckDB SELECT of the format's raw columns, `unparsed`, `line` and "$path" over a relation with the columns `line`
 * and `log_object`. Where `unparsed` is not NULL the line fits nothing and its other columns mean nothing. It answers
 * as `trinoReader` does, but looks at each line once. `fileDay` is an expression for the day of the file "$path".
 */
export function duckdbReader(format: Format, lines: string, fileDay = 'CAST(NULL AS VARCHAR)'): string {
  const { ignored } = format;
  const wanted = ignored
    ? `(SELECT * FROM ${lines} WHERE NOT regexp_matches(line, ${sqlString(`^(?:${ignored})`)}))`
    : lines;
  if (hasFieldColumns(format)) return fastReader(format, wanted);
  if (isWhole(format)) return `SELECT line, NULL AS ${UNPARSED_COLUMN}, log_object AS "$path" FROM ${wanted}`;
  const relation = withJson(format, format.patterns.reduce(withPattern, withFields(format, wanted)));
  const columns = rawColumns(format).map((name) => `${columnExpression(format, name)} AS "${name}"`);
  if (format.yearless) columns.push(`${fileDay} AS ${FILE_DAY_COLUMN}`);
  return `SELECT ${columns.join(', ')}, CASE WHEN unfit THEN line END AS ${UNPARSED_COLUMN}, ${LINE_COLUMN}, "$path" FROM ${relation}`;
}

function isWhole({ fields, patterns, json }: Format): boolean {
  return fields.length === 0 && patterns.length === 0 && Object.keys(json).length === 0;
}

/** Each relation below has `unfit`: true as long as nothing fits the line. */
function withFields(format: Format, lines: string): string {
  if (format.fields.length === 0) return `(SELECT line, log_object AS "$path", true AS unfit FROM ${lines})`;
  return `(SELECT *, ${UNPARSED_COLUMN} IS NOT NULL AS unfit FROM (${fastReader(format, lines)}))`;
}

function withPattern(relation: string, pattern: string, index: number): string {
  const groups = ['whole', ...groupNames(pattern)].map(sqlString).join(', ');
  const extracted = `system.main.regexp_extract(line, ${sqlString(`^(${withoutNames(pattern)})$`)}, [${groups}])`;
  const found = `found_${index}`;
  return `(SELECT * REPLACE (unfit AND ${found}.whole = '' AS unfit)
  FROM (SELECT *, CASE WHEN unfit THEN ${extracted} END AS ${found} FROM ${relation}))`;
}

/** `body` is the JSON of a line, and `json_0`, `json_1` and so on are the texts at all paths, in the order of `pathsOf`. */
function withJson(format: Format, relation: string): string {
  const paths = pathsOf(format);
  if (Object.keys(format.json).length === 0) return relation;
  const bodies = format.patterns.flatMap((pattern, index) =>
    groupNames(pattern).includes(JSON_GROUP) ? [`nullif(found_${index}.${JSON_GROUP}, '')`] : [],
  );
  const body = `coalesce(${[...bodies, 'CASE WHEN unfit THEN line END'].join(', ')})`;
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

function pathsOf({ json }: Format) {
  return Object.values(json).flat();
}

function columnExpression(format: Format, name: string): string {
  const sources: string[] = [];
  // What stands in the JSON of a line is nearer to the request than what was put before it.
  const paths = pathsOf(format);
  for (const path of format.json[name] ?? []) sources.push(jsonScalar(path, paths.indexOf(path)));
  format.patterns.forEach((pattern, index) => {
    if (groupNames(pattern).includes(name)) sources.push(`nullif(found_${index}."${name}", '')`);
  });
  const found = sources.length === 0 ? 'CAST(NULL AS VARCHAR)' : `coalesce(${sources.join(', ')}, NULL)`;
  if (!format.fields.some((field) => field.name === name)) return found;
  return `CASE WHEN ${UNPARSED_COLUMN} IS NULL THEN nullif("${name}", '') ELSE ${found} END`;
}

/**
 * The text of a JSON string, number or boolean; NULL for null, objects and arrays, and for the empty string. Only a text
 * that looks like an object or an array is asked what it is.
 */
function jsonScalar(path: JsonPath, index: number): string {
  const text = `json_${index}`;
  return `CASE
    WHEN prefix(${text}, '{') OR prefix(${text}, '[') THEN CASE WHEN json_type(body, ${jsonPlace(path)}) = 'VARCHAR' THEN ${text} END
    WHEN ${text} <> '' THEN ${text} END`;
}
