import { sqlString } from '../sql/sql-string.ts';
import { type Format, type HeaderColumn, type HeaderFormat, rawColumns, UNPARSED_COLUMN } from './format.ts';

/*
W3C extended logs, and CloudFront's, name their fields in a line `#Fields: date time c-ip …`, which holds for the lines
after it. The SQL here is Trino's and runs on both engines.
*/

/** SQL that is true for a line that names fields. */
const IS_HEADER = "strpos(line, '#Fields:') = 1";

/** What is between the names in a header. */
export const HEADER_SEPARATORS = String.raw`[ \t,;|\x00-\x1f]+`;

/** SQL for the names in a header, separated by one space instead of the header's separators. */
const HEADER_NAMES = `regexp_replace(regexp_replace(substr(line, 9), '${HEADER_SEPARATORS}', ' '), '^ | $', '')`;

/** SQL that is true for a line with quoted fields. */
const IS_QUOTED = "strpos(line, chr(9)) = 0 AND strpos(line, '\"') > 0 AND strpos(line, '{') <> 1";

/** Name of the column that identifies the header of a line. */
export const HEADER_KEY = 'header_key';

/** A SELECT of the headers in a relation with the columns `line` and `header_key`. */
export function headersOf(lines: string): string {
  return `SELECT DISTINCT ${HEADER_KEY}, ${HEADER_NAMES} AS header FROM ${lines} WHERE ${IS_HEADER}`;
}

/** Patterns for fields by name. A line with a field that is neither `-` nor matches its pattern has another header. */
export const CONTENT: Readonly<Record<string, string>> = {
  'c-ip': '^[0-9A-Fa-f.:]+$',
  'cs-method': '^[A-Za-z_-]+$',
  'sc-status': '^[0-9]{1,3}$',
  'sc-bytes': '^[0-9]+$',
  'cs-bytes': '^[0-9]+$',
  'time-taken': '^[0-9.]+$',
};

/** The same for lines without a header, whose fields are at the positions of `default_names`. */
export const DEFAULT_CONTENT: Readonly<Record<string, string>> = {
  date: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
  time: '^[0-9]{2}:[0-9]{2}:[0-9]{2}$',
  'x-edge-location': '^(?:-|[A-Z]{3,5}[0-9]*(?:-[A-Z0-9]+)?)$',
  'sc-bytes': '^(?:-|[0-9]+)$',
  'c-ip': '^(?:-|[0-9A-Fa-f.:]+)$',
  'cs-method': '^(?:-|[A-Za-z_-]+)$',
  'sc-status': '^(?:-|[0-9]{3})$',
};

/**
 * A SELECT of a format's raw columns, `unparsed`, `line` and "$path". `lines` is a relation of data lines with `line`,
 * `unparsed`, "$path", `header_key`, and, for lines that JSON fits, whose `unparsed` is NULL, the raw columns. `headers`
 * has the columns `header_key` and `header`. If a key has several headers, a line is read by the one with as many names as
 * it has fields, and by none if there are two: the SQL does not know the order of lines.
 */
export function headerReader(format: Format & { header: HeaderFormat }, lines: string, headers: string): string {
  const { header } = format;
  const names = fieldNames(header);
  const value = (name: string) => `value_${names.indexOf(name)}`;
  const has_json = Object.keys(format.json).length > 0;
  const columns = rawColumns(format).map((column) => {
    const texts = (header.columns[column] ?? []).map((found) => columnText(found, value, header));
    const named = texts.length === 1 ? texts[0] : `coalesce(${texts.join(', ')})`;
    const found = has_json ? `nullif("${column}", '-')` : undefined;
    if (texts.length === 0) return `${found} AS "${column}"`;
    return `${found ? `CASE WHEN ${UNPARSED_COLUMN} IS NULL THEN ${found} ELSE ${named} END` : named} AS "${column}"`;
  });
  const values = names.map((name, index) => {
    const field = `element_at(fields, ${position(header, name, index)})`;
    return `nullif(nullif(CASE WHEN is_quoted THEN replace(${field}, '"', '') ELSE ${field} END, '-'), '') AS value_${index}`;
  });
  const beside = conditionNames(header).map((_, index) => `beside_${index}`);
  return `SELECT ${columns.join(', ')},
  CASE WHEN ${UNPARSED_COLUMN} IS NOT NULL AND NOT coalesce(${fits(header, value)}, false) THEN line END AS ${UNPARSED_COLUMN}, line, "$path"
FROM (
  SELECT base.*, positions.${HEADER_KEY} AS positions_key, positions.is_usable, positions.header_count, ${[...beside.map((name) => `positions.${name}`), ...values].join(', ')}
  FROM (SELECT *, cardinality(fields) AS field_count FROM (SELECT *, ${fieldsExpression(has_json)} AS fields FROM (SELECT *, ${IS_QUOTED} AS is_quoted FROM ${lines}))) AS base
  LEFT JOIN (${positionsOf(header, headers)}) AS positions
    ON positions.${HEADER_KEY} = base.${HEADER_KEY}
    AND (positions.wanted_count IS NULL OR positions.wanted_count = base.field_count))`;
}

/** All names that columns look for. */
function fieldNames(header: HeaderFormat): string[] {
  const named = Object.values(header.columns).flatMap((columns) => columns.flatMap(({ names }) => names));
  return [...new Set(named)];
}

/** The lists of names whose presence in the header decides about a column. */
function conditionNames(header: HeaderFormat): string[][] {
  const lists = Object.values(header.columns).flatMap((columns) =>
    columns.flatMap(({ beside, not_beside }) => [beside, not_beside].flatMap((list) => (list ? [list.join(' ')] : []))),
  );
  return [...new Set(lists)].map((list) => list.split(' '));
}

function columnText(
  { names, beside, not_beside }: HeaderColumn,
  value: (name: string) => string,
  header: HeaderFormat,
): string {
  const text = names.map(value).join(" || ' ' || ");
  const condition = (list: readonly string[]) =>
    `beside_${conditionNames(header).findIndex((known) => known.join(' ') === list.join(' '))}`;
  const plain = names.some((name) => header.plus_is_space.includes(name)) ? `replace(${text}, '+', ' ')` : text;
  if (beside) return `CASE WHEN ${condition(beside)} THEN ${plain} END`;
  if (not_beside) return `CASE WHEN NOT ${condition(not_beside)} THEN ${plain} END`;
  return plain;
}

/** SQL for the place of a field, counted from 1: as the header says, else as `default_names` does. */
function position({ default_names = [] }: HeaderFormat, name: string, index: number): string {
  const place = default_names.indexOf(name) + 1;
  return place === 0
    ? `position_${index}`
    : `CASE WHEN positions.${HEADER_KEY} IS NULL THEN ${place} ELSE position_${index} END`;
}

/** A row per header: where it names each field, and the number of fields if another header has the same key. */
function positionsOf(header: HeaderFormat, headers: string): string {
  const positions = fieldNames(header).map(
    (name, index) => `nullif(array_position(names, ${sqlString(name)}), 0) AS position_${index}`,
  );
  const anyOf = (names: readonly string[]) =>
    names.map((name) => `coalesce(array_position(names, ${sqlString(name)}), 0)`).join(' + ');
  const conditions = conditionNames(header).map((names, index) => `${anyOf(names)} > 0 AS beside_${index}`);
  const usable = ['as_long = 1', ...(header.foreign.length > 0 ? [`${anyOf(header.foreign)} = 0`] : [])];
  return `SELECT ${HEADER_KEY}, header_count, CASE WHEN of_key > 1 THEN header_count END AS wanted_count,
    ${usable.join(' AND ')} AS is_usable, ${[...conditions, ...positions].join(', ')}
  FROM (
    SELECT *, count(*) OVER (PARTITION BY ${HEADER_KEY}) AS of_key,
      count(*) OVER (PARTITION BY ${HEADER_KEY}, header_count) AS as_long,
      row_number() OVER (PARTITION BY ${HEADER_KEY}, header_count ORDER BY header) AS number
    FROM (SELECT *, split(header, ' ') AS names, cardinality(split(header, ' ')) AS header_count FROM (${headers})))
  WHERE number = 1`;
}

/** SQL for the fields of a line, separated by tabs, or by the first other separator in it; those with spaces may be quoted. */
function fieldsExpression(has_json: boolean): string {
  return `CASE
      ${has_json ? `WHEN ${UNPARSED_COLUMN} IS NULL THEN NULL` : ''}
      WHEN strpos(line, chr(9)) > 0 THEN split(line, chr(9))
      WHEN is_quoted THEN regexp_extract_all(line, '"[^"]*"|[^ "]+')
      WHEN strpos(line, ' ') > 0 THEN split(regexp_replace(line, ' +', ' '), ' ')
      ELSE split(line, regexp_extract(line, '[,;|]')) END`;
}

/** SQL that is true for a line that its header, or without one `default_names`, describes. */
function fits(header: HeaderFormat, value: (name: string) => string): string {
  const known = fieldNames(header).filter((name) => CONTENT[name]);
  const checks = known.map(
    (name) => `(${value(name)} IS NULL OR regexp_like(${value(name)}, ${sqlString(CONTENT[name] ?? '')}))`,
  );
  const named = ['is_usable', 'field_count > 1', 'field_count <= header_count', ...checks].join(' AND ');
  if (!header.default_names) return `positions_key IS NOT NULL AND ${named}`;
  const { default_names } = header;
  const expected = Object.entries(DEFAULT_CONTENT).flatMap(([name, pattern]) => {
    const place = default_names.indexOf(name) + 1;
    return place === 0 ? [] : [`regexp_like(element_at(fields, ${place}), ${sqlString(pattern)})`];
  });
  const unnamed = ['field_count > 1', `field_count <= ${default_names.length}`, ...expected].join(' AND ');
  return `CASE WHEN positions_key IS NULL THEN ${unnamed} ELSE ${named} END`;
}
