import { type Field, type FieldKind, type Format, UNPARSED_COLUMN } from './format.ts';
import { HTTP_TIME_EXPRESSION, TIME_EXPRESSION } from './pattern.ts';

/*
DuckDB reads a line faster by splitting than by matching: at the quotes, then each stretch between quoted fields at its
spaces. Splitting is right for a line with just the format's own quotes, and for one with more of them in the last quoted
field, which takes all it can. For the others one regular expression finds the same stretches. What each stretch may hold
is then checked, so that both ways accept exactly what the pattern accepts. Where no field is quoted the whole line is
one stretch.
*/

/** The unquoted fields between two quoted ones. */
interface Stretch {
  fields: readonly Field[];
  first: boolean;
  last: boolean;
}

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

function isQuoted({ kind }: Field): boolean {
  return kind === 'quoted' || kind === 'plain_quoted';
}

function stretchesOf(format: Format): Stretch[] {
  const groups: Field[][] = [[]];
  for (const field of format.fields) {
    if (isQuoted(field)) groups.push([]);
    else groups.at(-1)?.push(field);
  }
  return groups.map((fields, index) => ({ fields, first: index === 0, last: index === groups.length - 1 }));
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

/** What each kind may hold, without a group; a regular expression for RE2. */
const EXPRESSIONS: Record<Exclude<FieldKind, 'quoted' | 'plain_quoted'>, string> = {
  token: '[^ ]*',
  bracketed_time: `\\[${TIME_EXPRESSION}\\]`,
  status: '(?:-|[0-9]{3})',
  number: '(?:-|[0-9]{1,18})',
  seconds: '(?:-|[0-9]{1,9}[.][0-9]{1,9})',
  host_id: '[^ ]*(?: [^ ]*=)?',
  address_port: '[^ ]*',
  http_time: `${HTTP_TIME_EXPRESSION} GMT`,
};

/** How many tokens a time takes, and where its column starts and how long it is. */
const MOMENTS: Partial<Record<FieldKind, { tokens: number; start: number; length: number }>> = {
  bracketed_time: { tokens: 2, start: 2, length: 'DD/Mon/YYYY:hh:mm:ss +hhmm'.length },
  http_time: { tokens: 6, start: 1, length: 'Day, DD Mon YYYY hh:mm:ss'.length },
};

/** Other kinds that not every token is one of. */
const CHECKED: readonly FieldKind[] = ['status', 'number', 'seconds'];

function expressionOf({ kind }: Field): string {
  if (kind === 'quoted' || kind === 'plain_quoted') throw new Error('a quoted field is no part of a stretch');
  return EXPRESSIONS[kind];
}

function requiredOf(format: Format, fields: readonly Field[]): Field[] {
  return fields.filter((field) => format.fields.indexOf(field) < format.required_fields);
}

/** A stretch as a regular expression; what follows the last field the format knows passes. */
function stretchExpression(format: Format, { fields, first, last }: Stretch): string {
  const required = requiredOf(format, fields);
  const words = required.map(expressionOf).join(' ');
  if (!last) return `${first ? '' : ' '}${words}${words && ' '}`;
  const rest = format.rest === 'none' ? '' : '(?: [\\s\\S]*)?';
  const optional = fields
    .slice(required.length)
    .reduceRight((inner, field) => `(?: ${expressionOf(field)}${inner})?`, rest);
  return `${words && `${first ? '' : ' '}${words}`}${optional}`;
}

/** Conditions on a stretch's tokens; each is true or, for a line without parts, NULL. */
function stretchConditions(format: Format, stretch: Stretch, index: number): string[] {
  const { fields, first, last } = stretch;
  if (fields.length === 0) return [];
  const count = `len(tokens_${index})`;
  const { start, end } = tokenPositions(fields, first);
  const required = requiredOf(format, fields);
  const conditions = [last ? `${count} >= ${tokenPositions(required, first).end - 1}` : `${count} = ${end}`];
  if (last && format.rest === 'none') conditions.push(`${count} < ${end}`);
  // What follows the last field starts with a space, unless the line ends.
  if (last && format.rest === 'any') conditions.push(`(part_count = ${2 * index + 1} OR ${count} >= ${end})`);
  const columns = new Map(stretchColumns(stretch, index));
  // One after the other: an expression for the whole stretch takes a sixth of the time that the reader needs in all.
  for (const field of fields) {
    const { name, kind } = field;
    if (!MOMENTS[kind] && !CHECKED.includes(kind)) continue;
    const fits = `regexp_full_match(${MOMENTS[kind] ? `"moment_${name}"` : columns.get(name)}, '${expressionOf(field)}')`;
    conditions.push(required.includes(field) ? fits : `(${count} < ${start.get(name)} OR ${fits})`);
  }
  return conditions;
}

/** The times of a stretch, as they are written. */
function stretchMoments({ fields, first }: Stretch, index: number): string[] {
  const { start } = tokenPositions(fields, first);
  return fields.flatMap(({ name, kind }) => {
    const tokens = MOMENTS[kind]?.tokens;
    if (!tokens) return [];
    const texts = Array.from({ length: tokens }, (_, at) => `tokens_${index}[${(start.get(name) ?? 0) + at}]`);
    return [`concat_ws(' ', ${texts.join(', ')}) AS "moment_${name}"`];
  });
}

/** Where each field's first token stands, counted from 1; an unquoted stretch after a quote starts with an empty token. */
function tokenPositions(fields: readonly Field[], first: boolean): { start: Map<string, number>; end: number } {
  const start = new Map<string, number>();
  let next = first ? 1 : 2;
  for (const field of fields) {
    start.set(field.name, next);
    next += MOMENTS[field.kind]?.tokens ?? 1;
  }
  return { start, end: next };
}

/** Each field of a stretch and its expression. */
function stretchColumns({ fields, first }: Stretch, index: number): [string, string][] {
  const tokens = `tokens_${index}`;
  const { start } = tokenPositions(fields, first);
  const hostId = fields.find((field) => field.kind === 'host_id');
  const hostAt = hostId ? (start.get(hostId.name) ?? 0) : Number.POSITIVE_INFINITY;
  // A host id of two tokens moves what follows by one.
  const moved = `(CASE WHEN suffix(${tokens}[${hostAt + 1}], '=') THEN 1 ELSE 0 END)`;
  return fields.map(({ name, kind }) => {
    const at = start.get(name) ?? 0;
    const token = at > hostAt ? `${tokens}[${at} + ${moved}]` : `${tokens}[${at}]`;
    const moment = MOMENTS[kind];
    if (moment) return [name, `substr(nullif("moment_${name}", ''), ${moment.start}, ${moment.length})`];
    if (kind === 'address_port') return [name, `system.main.regexp_replace(${token}, ':[0-9]+$', '')`];
    if (kind !== 'host_id') return [name, token];
    const second = `${tokens}[${at + 1}]`;
    return [name, `CASE WHEN suffix(${second}, '=') THEN ${token} || ' ' || ${second} ELSE ${token} END`];
  });
}
