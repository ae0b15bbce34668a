/** A part of a server's format string: text that is in every line, or a field. */
export type LogPart = { text: string } | LogField;

/** A field of a format string. */
export interface LogField {
  /** Raw column as sql/lake/generic-mapping.sql reads it; a field without one is ignored. */
  column?: string;
  /** If several fields fill a column, the one with the lowest preference does. Default 0. */
  preference?: number;
  /** Regular expression for the values. Without one, a value ends where the text after it begins. */
  shape?: string;
  /** A time in the notation of strftime, with `%f` for a fraction. Adjacent times are one time. */
  time?: string;
}

/** Regular expressions for values of known shapes. */
export const SHAPES = {
  status: '-|[0-9]{3}',
  number: '-|[0-9]+',
  seconds: '-|[0-9.]+',
  /** Values of several servers, as nginx lists them. */
  list: '(?:-|[^ ,"]+)(?:(?:, | : )(?:-|[^ ,"]+))*',
} as const;

/** What each conversion of strftime writes, and an example. */
const STRFTIME: Readonly<Record<string, [shape: string, example: string]>> = {
  d: ['[0-9]{2}', '06'],
  e: ['[ 0-9][0-9]', ' 6'],
  b: ['[A-Z][a-z]{2}', 'Oct'],
  h: ['[A-Z][a-z]{2}', 'Oct'],
  a: ['[A-Z][a-z]{2}', 'Tue'],
  m: ['[0-9]{2}', '10'],
  Y: ['[0-9]{4}', '2026'],
  H: ['[0-9]{2}', '00'],
  M: ['[0-9]{2}', '00'],
  S: ['[0-9]{2}', '38'],
  z: ['[+-][0-9]{2}:?[0-9]{2}', '+0000'],
  Z: ['(?:UTC|GMT|Z)', 'GMT'],
  s: ['[0-9]{10}', '1791244838'],
  f: ['[0-9]+', '125'],
  '%': ['%', '%'],
};

const SHORT_FORMS: Readonly<Record<string, string>> = { '%T': '%H:%M:%S', '%F': '%Y-%m-%d', '%R': '%H:%M', '%n': ' ' };

/** Times that sql/lake/generic-mapping.sql reads. */
const READABLE_TIMES: readonly RegExp[] = [
  /^\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d([.,]\d+)?( [+-]\d{4})?$/,
  /^\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d([.,]\d+)?( ?[+-]\d{4}|Z)?$/,
  /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/,
  /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/,
  /^\d{10}(\.\d+)?$/,
];

/** The regular expression for a time in the notation of strftime. An Error if it cannot be read as a time. */
export function timeShape(format: string): string {
  const long = format.replace(/%[TFRn]/g, (short) => SHORT_FORMS[short] ?? short);
  const parts = long.match(/%[-E]?.|[^%]+/gs) ?? [];
  const known = parts.map((part) => {
    if (!part.startsWith('%')) return [escaped(part), part] as const;
    const found = STRFTIME[part.slice(-1)];
    if (!found) throw new Error(`${part} of the time ${format} is not known; write ${READABLE_TIME}`);
    return found;
  });
  const example = known.map(([, text]) => text).join('');
  if (!READABLE_TIMES.some((readable) => readable.test(example))) {
    throw new Error(`the time ${format} cannot be read; write ${READABLE_TIME}`);
  }
  return known.map(([shape]) => shape).join('');
}

const READABLE_TIME = '%d/%b/%Y:%H:%M:%S %z, %Y-%m-%dT%H:%M:%S%z or %s';

/** Text as a regular expression. */
export function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
