/** How a raw field is written in its line. */
export const FIELD_KINDS = [
  /** Anything without a space. */
  'token',
  /** `[day/Mon/year:hour:minute:second zone]`. */
  'bracketed_time',
  /** `-` (then the column is NULL) or text in double quotes, which may itself hold unescaped quotes. */
  'quoted',
  /** Text in double quotes without a quote in it; lines with escaped ones are read by the format's patterns. */
  'plain_quoted',
  /** `-` or three digits. */
  'status',
  /** `-` or a whole number that fits 64 bits. */
  'number',
  /** `-` or seconds with decimals, which no other number has. */
  'seconds',
  /** A token, or two of which the second ends in `=` (some S3 host ids). */
  'host_id',
  /** An address, and its port, which is left out. */
  'address_port',
  /** `Tue, 06 Oct 2026 00:00:38 GMT`. */
  'http_time',
] as const;

export type FieldKind = (typeof FIELD_KINDS)[number];

export interface Field {
  /** Column of the raw table, named as the log's own documentation names it. */
  name: string;
  kind: FieldKind;
}

/**
 * What may follow the last field: nothing; further fields, without quotes where those of the format hold none; or quoted
 * fields, too, and then a quote within a field has a backslash before it.
 */
export const RESTS = ['none', 'unquoted', 'any'] as const;

export type Rest = (typeof RESTS)[number];

/** What writes a log: object storage, a CDN, a load balancer, a web server, or a program that answers no HTTP requests. */
export const SOURCE_KINDS = ['storage', 'cdn', 'load-balancer', 'web', 'log'] as const;

export type SourceKind = (typeof SOURCE_KINDS)[number];

/** Where a value stands in a JSON object: keys, and positions in arrays. */
export type JsonPath = readonly (string | number)[];

/**
 * One access-log format. The Glue table, the reader on either engine and the mapping to `requests` are derived from it.
 * A line is read by the first of these that fits: `fields`, each of `patterns`, `json`. With none of them a line stays
 * whole, in the column `line`.
 */
export interface Format {
  /** Name in the configuration; of a built-in format `sql/formats/<id>.sql`. */
  id: string;
  title: string;
  /** Decides which sections a report of such logs has. */
  kind: SourceKind;
  /** Fields in order, separated by one space: what most lines look like. */
  fields: readonly Field[];
  /** How many leading fields every line has; later ones were added over the years and may be missing. */
  required_fields: number;
  /** What may follow the last field. */
  rest: Rest;
  /** Other shapes of a line: expressions for the whole line, with named groups. */
  patterns: readonly string[];
  /** Raw columns of a JSON object and where their values may stand; the first that is there counts. */
  json: Readonly<Record<string, readonly JsonPath[]>>;
  /** True when times have no year: the reader then adds `file_day`, the day of a line's file, as YYYY-MM-DD. */
  yearless: boolean;
  /** Expression for the start of lines that are neither requests nor rejects, such as headers. */
  ignored?: string;
  /**
   * SELECT over `{{raw}}` that maps raw columns to those of `requests`, in Trino's SQL. Without one the raw columns carry
   * the names of sql/lake/named.sql.
   */
  mapping?: string;
}

/** Name of the raw column that holds a line which fits nothing. */
export const UNPARSED_COLUMN = 'unparsed';

/** Name of the raw column that holds the day of the line's file. */
export const FILE_DAY_COLUMN = 'file_day';

/** Name of the raw column that holds the whole line. */
export const LINE_COLUMN = 'line';

/** Group of a pattern that holds a JSON object, to be read as `json` says. */
export const JSON_GROUP = 'json';

/**
 * True where the raw table has a column for each field, named as the log's own documentation names it; else it holds
 * whole lines.
 */
export function hasFieldColumns({ fields, patterns, json, mapping }: Format): boolean {
  return mapping !== undefined && fields.length > 0 && patterns.length === 0 && Object.keys(json).length === 0;
}

/** Columns of the raw relation, without the technical ones. */
export function rawColumns(format: Format): string[] {
  const names = [
    ...format.fields.map(({ name }) => name),
    ...format.patterns.flatMap(groupNames).filter((name) => name !== JSON_GROUP),
    ...Object.keys(format.json),
  ];
  return names.length === 0 ? [LINE_COLUMN] : [...new Set(names)];
}

/** Names of the groups of a pattern, in their order. */
export function groupNames(pattern: string): string[] {
  return [...pattern.matchAll(NAMED_GROUP)].map(([, name = '']) => name);
}

const NAMED_GROUP = /\(\?<([a-z][a-z0-9_]*)>/g;

/** The pattern with its groups numbered instead of named, as every engine takes it. */
export function withoutNames(pattern: string): string {
  return pattern.replace(NAMED_GROUP, '(');
}
