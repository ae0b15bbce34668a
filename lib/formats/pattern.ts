import { type Field, type FieldKind, type Format, hasFieldColumns } from './format.ts';

const DAY = '(?:0[1-9]|[12][0-9]|3[01])/(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)/[0-9]{4}';
const CLOCK = '(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]';

/** `06/Feb/2019:00:00:38 +0000`, the time between the brackets. */
export const TIME_EXPRESSION = `${DAY}:${CLOCK} [+-][0-9]{4}`;

/** `Tue, 06 Oct 2026 00:00:38`, before the zone. */
export const HTTP_TIME_EXPRESSION = '[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8}';

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
  host_id: '([^ ]*(?: [^ ]*=)?)',
  address_port: '([^ ]*?)(?::[0-9]+)?',
  http_time: `(${HTTP_TIME_EXPRESSION}) GMT`,
};

/** Text in quotes that a backslash does not keep open. */
const CLOSED_QUOTED = '"((?:[^"]*[^"\\\\])?)"';

/** The last quoted field takes as much as it can, so that quotes inside a user agent stay inside. */
const LAST_QUOTED = '(?:-|"([\\s\\S]*)")';

/**
 * The pattern of a whole line of `fields`, without anchors: one group a field, a quoted field without its quotes, and no group for
 * a bare `-` in its place. Fields beyond the required ones are optional, and whatever comes after the last passes.
 */
export function linePattern(format: Format): string {
  const lastQuoted = format.fields.findLastIndex((field) => field.kind === 'quoted');
  const expression = (field: Field, index: number) => {
    if (format.more && field.kind === 'plain_quoted') return CLOSED_QUOTED;
    return index === lastQuoted ? LAST_QUOTED : EXPRESSIONS[field.kind];
  };
  const required = format.fields.slice(0, format.required_fields).map(expression).join(' ');
  const optional = format.fields
    .slice(format.required_fields)
    .map((field, index) => `(?: ${expression(field, index + format.required_fields)})?`)
    .join('');
  const fields = `${required}${optional}`;
  const rest = '(?: [\\s\\S]*)?';
  const kinds = format.fields.map(({ kind }) => kind);
  if (kinds.includes('quoted') || !kinds.includes('plain_quoted')) return `${fields}${rest}`;
  // Then every quote of the line is one around a field.
  return `${fields.replaceAll('[^ ]*', '[^ "]*')}${format.more ? rest : '(?: [^"]*)?'}`;
}

/** The pattern for Hive's RegexSerDe, which must match every line: one more group holds a line that fits nothing. */
export function serdePattern(format: Format): string {
  if (!hasFieldColumns(format)) return '([\\s\\S]*)';
  return `(?:${linePattern(format)})|([\\s\\S]*)`;
}
