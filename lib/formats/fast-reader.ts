import { type Field, type FieldKind, type Format, UNPARSED_COLUMN } from './format.ts';
import { HTTP_TIME_EXPRESSION, TIME_EXPRESSION } from './pattern.ts';

/*
DuckDB reads a line faster by splitting than by matching: at the quotes, then each stretch between quoted fields at its
spaces. Splitting is right for a line with just the format's own quotes, and for one with more of them in the last quoted
field, which takes all it can. For the others one regular expression finds the same stretches. What each stretch may hold
is then checked, so that both ways accept exactly what the pattern accepts.
*/

/** The unquoted fields between two quoted ones. */
interface Stretch {
  fields: readonly Field[];
  first: boolean;
  last: boolean;
}

/**
 * A DuckDB SELECT of the format's fields, `unparsed`, `line` and "$path" over a relation with the columns `line` and
 * `log_object`. Where `unparsed` is not NULL, the line fits no pattern and its other columns mean nothing.
 */
export function fastReader(format: Format, lines: string): string {
  const stretches = stretchesOf(format);
  const quoted = format.fields.filter(isQuoted);
  const isPlain = quoted.every((field) => field.kind === 'plain_quoted');
  const parts = stretches.length + quoted.length;
  const splits = stretches.map(
    (stretch, index) => `string_split(${stretchPart(format, stretch, index)}, ' ') AS tokens_${index}`,
  );
  const columns = [
    ...stretches.flatMap((stretch, index) => stretchColumns(stretch, index)),
    ...quoted.map(
      (field, index) =>
        `${index === quoted.length - 1 && !isPlain ? lastQuoted(parts) : `parts[${2 * index + 2}]`} AS "${field.name}"`,
    ),
  ];
  const named = new Map(columns.map((column) => [column.slice(column.lastIndexOf('"', column.length - 2)), column]));
  const ordered = format.fields.map((field) => named.get(`"${field.name}"`));
  const shape = isPlain ? plainShape(format, stretches, parts) : simpleShape(format, stretches, parts);
  const conditions = stretches.flatMap((stretch, index) => stretchConditions(format, stretch, index));
  const valid = [...(isPlain ? [shape] : []), ...conditions].join(' AND ');
  const found = isPlain ? 'parts' : `CASE WHEN ${shape} THEN parts ELSE ${slowParts(format, stretches)} END`;
  return `SELECT ${ordered.join(', ')},
  CASE WHEN ${valid} THEN NULL ELSE line END AS ${UNPARSED_COLUMN}, line, log_object AS "$path"
FROM (SELECT line, log_object, parts, ${splits.join(', ')} FROM (
  SELECT line, log_object, ${found} AS parts
  FROM (SELECT line, log_object, string_split(line, '"') AS parts FROM ${lines})))`;
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

/** The part that holds a stretch; the last one is counted from the end, unless more may follow. */
function stretchPart({ more }: Format, { last }: Pick<Stretch, 'last'>, index: number): string {
  return last && !more ? 'parts[-1]' : `parts[${2 * index + 1}]`;
}

/** The last quoted field with the quotes that it holds itself. */
function lastQuoted(parts: number): string {
  return `CASE WHEN len(parts) = ${parts} THEN parts[${parts - 1}] ELSE array_to_string(parts[${parts - 1}:-2], '"') END`;
}

/**
 * True for a line with just the format's quotes, whose stretches start and end where they must. Where more may follow, no
 * quoted field may end in a backslash, which would have kept it open.
 */
function plainShape(format: Format, stretches: readonly Stretch[], parts: number): string {
  if (!format.more) return [`len(parts) = ${parts}`, ...boundsOf(format, stretches)].join(' AND ');
  const closed = stretches.slice(1).map((_, index) => `NOT suffix(parts[${2 * index + 2}], '\\')`);
  return [`len(parts) >= ${parts}`, ...boundsOf(format, stretches), ...closed].join(' AND ');
}

function boundsOf(format: Format, stretches: readonly Stretch[]): string[] {
  return stretches.map(({ fields, first, last }, index) => {
    const part = stretchPart(format, { last }, index);
    if (!first && !last && fields.length === 0) return `${part} = ' '`;
    if (last && format.more) return `(${part}[1] = ' ' OR (${part} = '' AND len(parts) = ${2 * index + 1}))`;
    if (last) return `(${part} = '' OR ${part}[1] = ' ')`;
    return first ? `suffix(${part}, ' ')` : `${part}[1] = ' ' AND suffix(${part}, ' ')`;
  });
}

/** True for a line that may be split: with more quotes than the format's own, the stretches must fit in full. */
function simpleShape(format: Format, stretches: readonly Stretch[], parts: number): string {
  const fits = stretches
    .filter(({ last }) => !last)
    .map((stretch, index) => `regexp_full_match(parts[${2 * index + 1}], '${stretchExpression(format, stretch)}')`);
  return [
    `len(parts) >= ${parts}`,
    ...boundsOf(format, stretches),
    `(len(parts) = ${parts} OR ${fits.join(' AND ')})`,
  ].join(' AND ');
}

/** What each kind may hold, without a group; a regular expression for RE2. */
const EXPRESSIONS: Record<Exclude<FieldKind, 'quoted' | 'plain_quoted'>, string> = {
  token: '[^ ]*',
  bracketed_time: `\\[${TIME_EXPRESSION}\\]`,
  status: '(?:-|[0-9]{3})',
  number: '(?:-|[0-9]{1,18})',
  host_id: '[^ ]*(?: [^ ]*=)?',
  address_port: '[^ ]*',
  http_time: `${HTTP_TIME_EXPRESSION} GMT`,
};

/** How many tokens a field takes, where it is not one. */
const TOKENS: Partial<Record<FieldKind, number>> = { bracketed_time: 2, http_time: 6 };
/** Kinds that the expression for their stretch checks. */
const CHECKED: readonly FieldKind[] = ['status', 'number', 'http_time'];

function expressionOf({ kind }: Field): string {
  if (kind === 'quoted' || kind === 'plain_quoted') throw new Error('a quoted field is no part of a stretch');
  return EXPRESSIONS[kind];
}

/** A stretch as a regular expression; what follows the last field the format knows passes. */
function stretchExpression(format: Format, { fields, first, last }: Stretch): string {
  const required = fields.filter((field) => format.fields.indexOf(field) < format.required_fields);
  const words = required.map(expressionOf).join(' ');
  if (!last) return `${first ? '' : ' '}${words}${words && ' '}`;
  const optional = fields.filter((field) => !required.includes(field)).map((field) => `(?: ${expressionOf(field)})?`);
  return `${words && ` ${words}`}${optional.join('')}(?: [\\s\\S]*)?`;
}

/** The same parts found by a regular expression, for lines with other quotes or with `-` for a quoted field. */
function slowParts(format: Format, stretches: readonly Stretch[]): string {
  const groups: string[] = [];
  stretches.forEach((stretch, index) => {
    groups.push(`(${stretchExpression(format, stretch)})`);
    if (!stretch.last) groups.push(index === stretches.length - 2 ? '(-|"[\\s\\S]*")' : '(-|"[\\s\\S]*?")');
  });
  const names = groups.map((_, index) => `'p${index}'`);
  const picked = groups.map((_, index) =>
    index % 2 === 0 ? `found.p${index}` : `CASE WHEN found.p${index} <> '-' THEN found.p${index}[2:-2] END`,
  );
  const found = `system.main.regexp_extract(line, '^${groups.join('')}$', [${names.join(', ')}])`;
  return `list_transform([${found}], lambda found: CASE WHEN found.p0 <> '' THEN [${picked.join(', ')}] END)[1]`;
}

/** Conditions on a stretch's tokens; each is true or, for a line without parts, NULL. */
function stretchConditions(format: Format, { fields, first, last }: Stretch, index: number): string[] {
  if (fields.length === 0) return [];
  const conditions: string[] = [];
  const positions = tokenPositions(fields, first);
  const tokens = `tokens_${index}`;
  if (!last) conditions.push(`len(${tokens}) = ${positions.end}`);
  for (const field of fields) {
    const at = positions.start.get(field.name) ?? 0;
    if (field.kind !== 'bracketed_time') continue;
    const [moment, zone] = expressionOf(field).split(' ');
    conditions.push(
      `regexp_full_match(${tokens}[${at}], '${moment}')`,
      `(${tokens}[${at + 1}] = '+0000]' OR regexp_full_match(${tokens}[${at + 1}], '${zone}'))`,
    );
  }
  if (fields.some(({ kind }) => CHECKED.includes(kind))) {
    const expression = fields.map(expressionOf).join(' ');
    conditions.push(
      `regexp_full_match(${stretchPart(format, { last }, index)}, '${first ? '' : ' '}${expression}${last ? '' : ' '}')`,
    );
  }
  if (last) conditions.push(`len(${tokens}) > 0`);
  return conditions;
}

/** Where each field's first token stands, counted from 1; an unquoted stretch after a quote starts with an empty token. */
function tokenPositions(fields: readonly Field[], first: boolean): { start: Map<string, number>; end: number } {
  const start = new Map<string, number>();
  let next = first ? 1 : 2;
  for (const field of fields) {
    start.set(field.name, next);
    next += TOKENS[field.kind] ?? 1;
  }
  return { start, end: next };
}

function stretchColumns({ fields, first }: Stretch, index: number): string[] {
  const tokens = `tokens_${index}`;
  const { start } = tokenPositions(fields, first);
  const hostId = fields.find((field) => field.kind === 'host_id');
  const hostAt = hostId ? (start.get(hostId.name) ?? 0) : Number.POSITIVE_INFINITY;
  // A host id of two tokens moves what follows by one.
  const moved = `(CASE WHEN suffix(${tokens}[${hostAt + 1}], '=') THEN 1 ELSE 0 END)`;
  return fields.map((field) => {
    const at = start.get(field.name) ?? 0;
    const name = ` AS "${field.name}"`;
    if (field.kind === 'bracketed_time') {
      return `substr(${tokens}[${at}], 2) || ' ' || substr(${tokens}[${at + 1}], 1, 5)${name}`;
    }
    if (field.kind === 'host_id') {
      return `CASE WHEN suffix(${tokens}[${at + 1}], '=') THEN ${tokens}[${at}] || ' ' || ${tokens}[${at + 1}] ELSE ${tokens}[${at}] END${name}`;
    }
    if (field.kind === 'http_time') {
      return `array_to_string(${tokens}[${at}:${at + 4}], ' ')${name}`;
    }
    if (field.kind === 'address_port') return `system.main.regexp_replace(${tokens}[${at}], ':[0-9]+$', '')${name}`;
    return at > hostAt ? `${tokens}[${at} + ${moved}]${name}` : `${tokens}[${at}]${name}`;
  });
}
