import { type Field, type Format, UNPARSED_COLUMN } from '../format.ts';
import {
  isQuoted,
  type Segment,
  segmentColumns,
  segmentConditions,
  segmentExpression,
  segmentsOf,
  segmentTimestamps,
} from './segment.ts';

/*
DuckDB reads a line faster by splitting it than by matching a pattern: first at the quotes, then each segment between
quoted fields at its spaces. Splitting is correct for a line that has exactly the quotes of its format, and for a line with
more quotes inside its last quoted field, which is greedy. For all other lines, one regular expression finds the same
segments. The tokens of each segment are then checked, so that both ways accept exactly what the format's pattern accepts.
In a format without quoted fields the whole line is one segment.
*/

/**
 * A DuckDB SELECT of the format's fields, `unparsed`, `line` and "$path" over a relation with the columns `line` and
 * `log_object`. If `unparsed` is not NULL, the line does not fit the format and its other columns have no meaning. An
 * expression that is used more than once is a column of an inner relation, because DuckDB copies what it takes out of a
 * list, and within a CASE or an AND computes a repeated expression again.
 */
export function splitReader(format: Format, lines: string): string {
  const segments = segmentsOf(format);
  const quoted = format.fields.filter(isQuoted);
  const isPlain = quoted.every((field) => field.kind === 'plain_quoted');
  const split = quoted.length === 0 ? wholeRelation(lines) : partsRelation(format, segments, quoted, isPlain, lines);
  const found = isPlain ? split : withPatternFallback(format, segments, quoted, split);
  const tokens = segments.flatMap(({ fields }, index) =>
    fields.length > 0 ? [`string_split(segment_${index}, ' ') AS tokens_${index}`] : [],
  );
  const timestamps = segments.flatMap((segment, index) => segmentTimestamps(segment, index));
  const columns = new Map([
    ...segments.flatMap((segment, index) => segmentColumns(segment, index)),
    ...quoted.map(({ name }, index): [string, string] => [name, `quoted_${index}`]),
  ]);
  const ordered = format.fields.map(({ name }) => `${columns.get(name)} AS "${name}"`);
  const valid = [
    isPlain ? 'is_simple' : `(is_simple OR ${isFound(segments)})`,
    ...segments.flatMap((segment, index) => segmentConditions(format, segment, index)),
  ];
  return `SELECT ${ordered.join(', ')},
  CASE WHEN ${valid.join(' AND ')} THEN NULL ELSE line END AS ${UNPARSED_COLUMN}, line, log_object AS "$path"
FROM (SELECT ${['*', ...timestamps].join(', ')} FROM (SELECT ${['*', ...tokens].join(', ')} FROM ${found}))`;
}

/** True if the regular expression matched: a part with fields is then not empty. */
function isFound([first]: readonly Segment[]): string {
  return `found.p${first?.fields.length === 0 ? 1 : 0} <> ''`;
}

/** Each line as one segment. */
function wholeRelation(lines: string): string {
  return `(SELECT line, log_object, 1 AS part_count, line AS segment_0, true AS is_simple FROM ${lines})`;
}

/** Each line split at its quotes; `is_simple` is true if the quotes are the borders of its fields. */
function partsRelation(
  format: Format,
  segments: readonly Segment[],
  quoted: readonly Field[],
  isPlain: boolean,
  lines: string,
): string {
  const parts = segments.length + quoted.length;
  const columns = [
    ...segments.map((segment, index) => `${segmentPart(format, segment, index)} AS segment_${index}`),
    ...quoted.map(
      (_, index) =>
        `${index === quoted.length - 1 && !isPlain ? lastQuoted(parts) : `parts[${2 * index + 2}]`} AS quoted_${index}`,
    ),
  ];
  const simple = isPlain ? plainShape(format, segments, quoted) : simpleShape(format, segments, parts);
  // Within a CASE, DuckDB evaluates a condition only for rows that meet the conditions before it.
  return `(SELECT *, CASE WHEN ${simple} THEN true ELSE false END AS is_simple
  FROM (SELECT line, log_object, len(parts) AS part_count, ${columns.join(', ')}
    FROM (SELECT line, log_object, string_split(line, '"') AS parts FROM ${lines})))`;
}

/** The same parts by a regular expression, for lines with other quotes or with a bare `-` for a quoted field. */
function withPatternFallback(
  format: Format,
  segments: readonly Segment[],
  quoted: readonly Field[],
  split: string,
): string {
  const groups: string[] = [];
  segments.forEach((segment, index) => {
    groups.push(`(${segmentExpression(format, segment)})`);
    if (!segment.last) groups.push(index === segments.length - 2 ? '(-|"[\\s\\S]*")' : '(-|"[\\s\\S]*?")');
  });
  const names = groups.map((_, index) => `'p${index}'`).join(', ');
  const columns = [
    ...segments.map(
      (_, index) =>
        `CASE WHEN is_simple THEN segment_${index} WHEN ${isFound(segments)} THEN found.p${2 * index} END AS segment_${index}`,
    ),
    ...quoted.map((_, index) => {
      const group = `found.p${2 * index + 1}`;
      return `CASE WHEN is_simple THEN quoted_${index} WHEN ${group} NOT IN ('-', '') THEN ${group}[2:-2] END AS quoted_${index}`;
    }),
  ];
  return `(SELECT * REPLACE (${columns.join(', ')})
  FROM (SELECT *, CASE WHEN NOT is_simple THEN system.main.regexp_extract(line, '^${groups.join('')}$', [${names}]) END AS found
    FROM ${split}))`;
}

/** The part that is a segment; the last one is counted from the end, unless quoted fields may follow. */
function segmentPart({ trailing_fields }: Format, { last }: Segment, index: number): string {
  return last && trailing_fields !== 'any' ? 'parts[-1]' : `parts[${2 * index + 1}]`;
}

/** The last quoted field, with the quotes inside it. */
function lastQuoted(parts: number): string {
  return `CASE WHEN len(parts) = ${parts} THEN parts[${parts - 1}] ELSE array_to_string(parts[${parts - 1}:-2], '"') END`;
}

/**
 * True for a line with exactly the format's quotes, whose segments start and end with the spaces they need. If quoted
 * fields may follow, no quoted field may end in a backslash, which would escape its closing quote.
 */
function plainShape(format: Format, segments: readonly Segment[], quoted: readonly Field[]): string {
  const parts = segments.length + quoted.length;
  if (format.trailing_fields !== 'any') return [`part_count = ${parts}`, ...boundsOf(format, segments)].join(' AND ');
  const closed = quoted.map((_, index) => `NOT suffix(quoted_${index}, '\\')`);
  return [`part_count >= ${parts}`, ...boundsOf(format, segments), ...closed].join(' AND ');
}

/** For each segment, the condition that spaces separate it from the quoted fields around it. */
function boundsOf(format: Format, segments: readonly Segment[]): string[] {
  return segments.map(({ fields, first, last }, index) => {
    const segment = `segment_${index}`;
    if (!last && fields.length === 0) return `${segment} = '${first ? '' : ' '}'`;
    if (last && fields.length === 0 && format.trailing_fields === 'none') return `${segment} = ''`;
    if (last && format.trailing_fields === 'any') {
      return `(prefix(${segment}, ' ') OR (${segment} = '' AND part_count = ${2 * index + 1}))`;
    }
    if (last) return `(${segment} = '' OR prefix(${segment}, ' '))`;
    return first ? `suffix(${segment}, ' ')` : `prefix(${segment}, ' ') AND suffix(${segment}, ' ')`;
  });
}

/** True for a line that may be split. In a line with more quotes than the format has, each segment must match in full. */
function simpleShape(format: Format, segments: readonly Segment[], parts: number): string {
  const fits = segments.map(
    (segment, index) => `regexp_full_match(segment_${index}, '${segmentExpression(format, segment)}')`,
  );
  return [
    `part_count >= ${parts}`,
    ...boundsOf(format, segments),
    `(part_count = ${parts} OR ${fits.join(' AND ')})`,
  ].join(' AND ');
}
