import { type Field, type Format, UNPARSED_COLUMN } from '../format.ts';
import {
  isQuoted,
  type Stretch,
  stretchColumns,
  stretchConditions,
  stretchExpression,
  stretchesOf,
  stretchMoments,
} from './segment.ts';

/*
DuckDB reads a line faster by splitting than by matching: at the quotes, then each stretch between quoted fields at its
spaces. Splitting is right for a line with just the format's own quotes, and for one with more of them in the last quoted
field, which takes all it can. For the others one regular expression finds the same stretches. What each stretch may hold
is then checked, so that both ways accept exactly what the pattern accepts. Where no field is quoted the whole line is
one stretch.
*/

/**
 * A DuckDB SELECT of the format's fields, `unparsed`, `line` and "$path" over a relation with the columns `line` and
 * `log_object`. Where `unparsed` is not NULL, the line fits no pattern and its other columns mean nothing. What more than
 * one expression needs is a column of a relation below, since DuckDB copies what it takes out of a list, and within a CASE
 * or an AND works out again what it had already.
 */
export function fastReader(format: Format, lines: string): string {
  const stretches = stretchesOf(format);
  const quoted = format.fields.filter(isQuoted);
  const isPlain = quoted.every((field) => field.kind === 'plain_quoted');
  const parted = quoted.length === 0 ? wholeRelation(lines) : partsRelation(format, stretches, quoted, isPlain, lines);
  const found = isPlain ? parted : slowRelation(format, stretches, quoted, parted);
  const tokens = stretches.flatMap(({ fields }, index) =>
    fields.length > 0 ? [`string_split(stretch_${index}, ' ') AS tokens_${index}`] : [],
  );
  const moments = stretches.flatMap((stretch, index) => stretchMoments(stretch, index));
  const columns = new Map([
    ...stretches.flatMap((stretch, index) => stretchColumns(stretch, index)),
    ...quoted.map(({ name }, index): [string, string] => [name, `quoted_${index}`]),
  ]);
  const ordered = format.fields.map(({ name }) => `${columns.get(name)} AS "${name}"`);
  const valid = [
    isPlain ? 'is_simple' : `(is_simple OR ${isFound(stretches)})`,
    ...stretches.flatMap((stretch, index) => stretchConditions(format, stretch, index)),
  ];
  return `SELECT ${ordered.join(', ')},
  CASE WHEN ${valid.join(' AND ')} THEN NULL ELSE line END AS ${UNPARSED_COLUMN}, line, log_object AS "$path"
FROM (SELECT ${['*', ...moments].join(', ')} FROM (SELECT ${['*', ...tokens].join(', ')} FROM ${found}))`;
}

/** True where the regular expression found the parts: those of fields are not empty. */
function isFound([first]: readonly Stretch[]): string {
  return `found.p${first?.fields.length === 0 ? 1 : 0} <> ''`;
}

/** Each line as one stretch. */
function wholeRelation(lines: string): string {
  return `(SELECT line, log_object, 1 AS part_count, line AS stretch_0, true AS is_simple FROM ${lines})`;
}

/** Each line split at its quotes; `is_simple` where this is where its fields end. */
function partsRelation(
  format: Format,
  stretches: readonly Stretch[],
  quoted: readonly Field[],
  isPlain: boolean,
  lines: string,
): string {
  const parts = stretches.length + quoted.length;
  const columns = [
    ...stretches.map((stretch, index) => `${stretchPart(format, stretch, index)} AS stretch_${index}`),
    ...quoted.map(
      (_, index) =>
        `${index === quoted.length - 1 && !isPlain ? lastQuoted(parts) : `parts[${2 * index + 2}]`} AS quoted_${index}`,
    ),
  ];
  const simple = isPlain ? plainShape(format, stretches, quoted) : simpleShape(format, stretches, parts);
  // Within a CASE, DuckDB tries a condition only where those before it hold.
  return `(SELECT *, CASE WHEN ${simple} THEN true ELSE false END AS is_simple
  FROM (SELECT line, log_object, len(parts) AS part_count, ${columns.join(', ')}
    FROM (SELECT line, log_object, string_split(line, '"') AS parts FROM ${lines})))`;
}

/** The same parts found by a regular expression, for lines with other quotes or with `-` for a quoted field. */
function slowRelation(format: Format, stretches: readonly Stretch[], quoted: readonly Field[], parted: string): string {
  const groups: string[] = [];
  stretches.forEach((stretch, index) => {
    groups.push(`(${stretchExpression(format, stretch)})`);
    if (!stretch.last) groups.push(index === stretches.length - 2 ? '(-|"[\\s\\S]*")' : '(-|"[\\s\\S]*?")');
  });
  const names = groups.map((_, index) => `'p${index}'`).join(', ');
  const columns = [
    ...stretches.map(
      (_, index) =>
        `CASE WHEN is_simple THEN stretch_${index} WHEN ${isFound(stretches)} THEN found.p${2 * index} END AS stretch_${index}`,
    ),
    ...quoted.map((_, index) => {
      const group = `found.p${2 * index + 1}`;
      return `CASE WHEN is_simple THEN quoted_${index} WHEN ${group} NOT IN ('-', '') THEN ${group}[2:-2] END AS quoted_${index}`;
    }),
  ];
  return `(SELECT * REPLACE (${columns.join(', ')})
  FROM (SELECT *, CASE WHEN NOT is_simple THEN system.main.regexp_extract(line, '^${groups.join('')}$', [${names}]) END AS found
    FROM ${parted}))`;
}

/** The part that holds a stretch; the last one is counted from the end, unless quotes may follow. */
function stretchPart({ rest }: Format, { last }: Stretch, index: number): string {
  return last && rest !== 'any' ? 'parts[-1]' : `parts[${2 * index + 1}]`;
}

/** The last quoted field with the quotes that it holds itself. */
function lastQuoted(parts: number): string {
  return `CASE WHEN len(parts) = ${parts} THEN parts[${parts - 1}] ELSE array_to_string(parts[${parts - 1}:-2], '"') END`;
}

/**
 * True for a line with just the format's quotes, whose stretches start and end where they must. Where quotes may follow, no
 * quoted field may end in a backslash, which would have kept it open.
 */
function plainShape(format: Format, stretches: readonly Stretch[], quoted: readonly Field[]): string {
  const parts = stretches.length + quoted.length;
  if (format.rest !== 'any') return [`part_count = ${parts}`, ...boundsOf(format, stretches)].join(' AND ');
  const closed = quoted.map((_, index) => `NOT suffix(quoted_${index}, '\\')`);
  return [`part_count >= ${parts}`, ...boundsOf(format, stretches), ...closed].join(' AND ');
}

function boundsOf(format: Format, stretches: readonly Stretch[]): string[] {
  return stretches.map(({ fields, first, last }, index) => {
    const stretch = `stretch_${index}`;
    if (!last && fields.length === 0) return `${stretch} = '${first ? '' : ' '}'`;
    if (last && fields.length === 0 && format.rest === 'none') return `${stretch} = ''`;
    if (last && format.rest === 'any') {
      return `(prefix(${stretch}, ' ') OR (${stretch} = '' AND part_count = ${2 * index + 1}))`;
    }
    if (last) return `(${stretch} = '' OR prefix(${stretch}, ' '))`;
    return first ? `suffix(${stretch}, ' ')` : `prefix(${stretch}, ' ') AND suffix(${stretch}, ' ')`;
  });
}

/** True for a line that may be split: with more quotes than the format's own, the stretches must fit in full. */
function simpleShape(format: Format, stretches: readonly Stretch[], parts: number): string {
  const fits = stretches.map(
    (stretch, index) => `regexp_full_match(stretch_${index}, '${stretchExpression(format, stretch)}')`,
  );
  return [
    `part_count >= ${parts}`,
    ...boundsOf(format, stretches),
    `(part_count = ${parts} OR ${fits.join(' AND ')})`,
  ].join(' AND ');
}
