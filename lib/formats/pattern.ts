import { type Field, type FieldKind, type Format, hasFieldColumns } from './format.ts';

const DAY = '(?:0[1-9]|[12][0-9]|3[01])/(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)/[0-9]{4}';
const CLOCK = '(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]';

/** `06/Feb/2019:00:00:38 +0000`, the time between the brackets. */
const TIME_EXPRESSION = `${DAY}:${CLOCK} [+-][0-9]{4}`;

/** `Tue, 06 Oct 2026 00:00:38`, before the zone. */
const HTTP_TIME_EXPRESSION = '[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8}';

/**
 * A regular expression per kind, which means the same in Java (Athena) and for the parser: no look-around, no
 * back-reference, and `[\s\S]` for any character, because Java's dot does not match U+2028. A number has at most 18 digits,
 * so that it always fits 64 bits.
 */
const EXPRESSIONS: Record<FieldKind, string> = {
  token: '([^ ]*)',
  principal: '([^ ]*|arn:[^ "]*(?: [^ "]+){1,8}?)',
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

/** The regular expression of a kind, without capturing groups. */
export function kindExpression(kind: FieldKind): string {
  return EXPRESSIONS[kind].replace(/\((?!\?)/g, '(?:');
}

/** The end of a line: fields that may be missing, from the last one backwards, and `trailing` after the last. */
function optionalFields(expressions: readonly string[], trailing: string): string {
  return expressions.reduceRight((inner, expression) => `(?: ${expression}${inner})?`, trailing);
}

/** Text in quotes whose closing quote is not escaped by a backslash. */
const CLOSED_QUOTED = '"((?:[^"]*[^"\\\\])?)"';

/** The last quoted field is greedy, so that quotes inside a user agent belong to it. */
const LAST_QUOTED = '(?:-|"([\\s\\S]*)")';

/**
 * The regular expression for a whole line of `fields`, without anchors. It has one group per field; the group of a quoted
 * field excludes the quotes and does not match if the field is a bare `-`. Fields after the required ones may be missing.
 */
export function linePattern(format: Format): string {
  const lastQuoted = format.fields.findLastIndex((field) => field.kind === 'quoted');
  const expression = (field: Field, index: number) => {
    if (format.trailing_fields === 'any' && field.kind === 'plain_quoted') return CLOSED_QUOTED;
    return index === lastQuoted ? LAST_QUOTED : EXPRESSIONS[field.kind];
  };
  const kinds = format.fields.map(({ kind }) => kind);
  // If all quoted fields are plain, every quote of the line opens or closes a field.
  const plain = kinds.includes('plain_quoted') && !kinds.includes('quoted');
  const anything = '(?: [\\s\\S]*)?';
  const trailing = { none: '', unquoted: plain ? '(?: [^"]*)?' : anything, any: anything }[format.trailing_fields];
  const expressions = format.fields.map(expression);
  const required = expressions.slice(0, format.required_fields).join(' ');
  const optional = optionalFields(expressions.slice(format.required_fields), trailing);
  return plain ? `${required}${optional}`.replaceAll('[^ ]*', '[^ "]*') : `${required}${optional}`;
}

/** The pattern for Hive's RegexSerDe. It matches every line: its last group holds a line that the format cannot read. */
export function serdePattern(format: Format): string {
  if (!hasFieldColumns(format)) return '([\\s\\S]*)';
  return `(?:${linePattern(format)})|([\\s\\S]*)`;
}
