import { type Field, type FieldKind, type Format, hasFieldColumns } from './format.ts';

const DAY = '(?:0[1-9]|[12][0-9]|3[01])/(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)/[0-9]{4}';
const CLOCK = '(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]';

/** `06/Feb/2019:00:00:38 +0000`, the time between the brackets. */
const TIME_EXPRESSION = `${DAY}:${CLOCK} [+-][0-9]{4}`;

/** `Tue, 06 Oct 2026 00:00:38`, before the zone. */
const HTTP_TIME_EXPRESSION = '[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8}';

/**
 * Each kind as a regular expression that Java (Athena), RE2 (DuckDB) and JavaScript read alike: no look-around, no
 * back reference, and `[\s\S]` for any character, because Java's dot stops at U+2028. A number has at most 18 digits,
 * so that it always fits 64 bits.
 */
const EXPRESSIONS: Record<FieldKind, string> = {
  token: '([^ ]*)',
  bracketed_time: `\\[(${TIME_EXPRESSION})\\]`,
  quoted: '(?:-|"([\\s\\S]*?)")',
  plain_quoted: '"([^"]*)"',
  status: '(-|[0-9]{3})',
  number: '(-|[0-9]{1,18})',
  seconds: '(-|[0-9]{1,9}[.][0-9]{1,9})',
  host_id: '([^ ]*(?: [^ ]*=)?)',
  address_port: '([^ ]*?)(?::[0-9]+)?',
  http_time: `(${HTTP_TIME_EXPRESSION}) GMT`,
};

/** What a field of a kind may hold, without a group. */
export function kindExpression(kind: FieldKind): string {
  return EXPRESSIONS[kind].replace(/\((?!\?)/g, '(?:');
}

/** The end of a line: fields of which the last ones may be missing, and `rest` behind the last. */
export function missableFields(expressions: readonly string[], rest: string): string {
  return expressions.reduceRight((inner, expression) => `(?: ${expression}${inner})?`, rest);
}

/** Text in quotes that a backslash does not keep open. */
const CLOSED_QUOTED = '"((?:[^"]*[^"\\\\])?)"';

/** The last quoted field takes as much as it can, so that quotes inside a user agent stay inside. */
const LAST_QUOTED = '(?:-|"([\\s\\S]*)")';

/**
 * The pattern of a whole line of `fields`, without anchors: one group a field, a quoted field without its quotes, and no group for
 * a bare `-` in its place. Of the fields beyond the required ones some may be missing at the end of the line.
 */
export function linePattern(format: Format): string {
  const lastQuoted = format.fields.findLastIndex((field) => field.kind === 'quoted');
  const expression = (field: Field, index: number) => {
    if (format.rest === 'any' && field.kind === 'plain_quoted') return CLOSED_QUOTED;
    return index === lastQuoted ? LAST_QUOTED : EXPRESSIONS[field.kind];
  };
  const kinds = format.fields.map(({ kind }) => kind);
  // With plain quotes alone every quote of the line is one around a field.
  const plain = kinds.includes('plain_quoted') && !kinds.includes('quoted');
  const rest = { none: '', unquoted: plain ? '(?: [^"]*)?' : '(?: [\\s\\S]*)?', any: '(?: [\\s\\S]*)?' }[format.rest];
  const expressions = format.fields.map(expression);
  const required = expressions.slice(0, format.required_fields).join(' ');
  const optional = missableFields(expressions.slice(format.required_fields), rest);
  return plain ? `${required}${optional}`.replaceAll('[^ ]*', '[^ "]*') : `${required}${optional}`;
}

/** The pattern for Hive's RegexSerDe, which must match every line: one more group holds a line that fits nothing. */
export function serdePattern(format: Format): string {
  if (!hasFieldColumns(format)) return '([\\s\\S]*)';
  return `(?:${linePattern(format)})|([\\s\\S]*)`;
}
