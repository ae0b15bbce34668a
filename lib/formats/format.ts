/** How a raw field is written in its line. */
export const FIELD_KINDS = [
  /** Anything without a space. */
  'token',
  /** A token, or an ARN with spaces, such as that of an Origin Access Identity. A quoted field must follow in the line. */
  'principal',
  /** `[day/Mon/year:hour:minute:second zone]`. */
  'bracketed_time',
  /** `-` (then the column is NULL) or text in double quotes, which may contain unescaped quotes. */
  'quoted',
  /** Text in double quotes without a quote inside; lines with escaped quotes are read by the format's patterns. */
  'plain_quoted',
  /** `-` or three digits. */
  'status',
  /** `-` or a whole number of at most 18 digits, which fits 64 bits. */
  'number',
  /** `-` or seconds with decimals, which distinguish it from the other numbers of a line. */
  'seconds',
  /** A token, or two tokens if the second ends in `=` (some S3 host ids). */
  'host_id',
  /** An address, with or without a port; the port is dropped. */
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
 * What may follow the last field of a line. `none`: nothing. `unquoted`: more fields; if the format has `plain_quoted`
 * fields and no `quoted` ones, without quotes. `any`: quoted fields too; a quote inside a field then needs a backslash.
 */
export const TRAILING_FIELDS = ['none', 'unquoted', 'any'] as const;

export type TrailingFields = (typeof TRAILING_FIELDS)[number];

/** What writes a log: object storage, a CDN, a load balancer, a web server, or a program that serves no HTTP requests. */
export const SOURCE_KINDS = ['storage', 'cdn', 'load-balancer', 'web', 'log'] as const;

export type SourceKind = (typeof SOURCE_KINDS)[number];

/** The path to a value in a JSON object: keys, and positions in arrays. */
export type JsonPath = readonly (string | number)[];

/** Where a value is in a JSON object; with `beside`, only in objects that have a value there, too. */
export interface JsonSource {
  path: JsonPath;
  beside?: JsonPath;
}

/** A field that a header line names, or several with a space between them, such as date and time. */
export interface HeaderColumn {
  names: string[];
  /** The column has a value only if the header has one of these names, or none of them: a unit may depend on the writer. */
  beside?: string[];
  not_beside?: string[];
}

/** A log whose `#Fields` lines name the fields of the lines after them. */
export interface HeaderFormat {
  /** Where each raw column is found; the first that has a value counts. */
  columns: Readonly<Record<string, readonly HeaderColumn[]>>;
  /** Names that only other logs have: lines below such a header do not fit. */
  foreign: readonly string[];
  /** Names for lines without a header; without them such lines do not fit. */
  default_names?: readonly string[];
  /** Fields in which a plus sign stands for a space. */
  plus_is_space: readonly string[];
}

/**
 * One log format. The Glue table, the readers of both engines and the mapping to `requests` are derived from it.
 * A line is read by the first of these that fits: `fields`, each of `patterns`, `json`, `header`. A format without any of
 * them keeps each line whole, in the column `line`.
 */
export interface Format {
  /** Name in the configuration; a built-in format is the file `sql/formats/<id>.sql`. */
  id: string;
  title: string;
  /** Decides which sections a report on these logs has. */
  kind: SourceKind;
  /** The fields of most lines, in order, separated by one space. */
  fields: readonly Field[];
  /** How many leading fields every line has; later fields may be missing, because logs gained fields over the years. */
  required_fields: number;
  /** What may follow the last field; see TRAILING_FIELDS. */
  trailing_fields: TrailingFields;
  /** Regular expressions for lines of other shapes. Each matches a whole line and names its groups after raw columns. */
  patterns: readonly string[];
  /** Columns that have the same value in all lines of a pattern, by the index of the pattern. */
  pattern_values: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Where values are in JSON, by raw column; the first place that has a value counts. */
  json: Readonly<Record<string, readonly JsonSource[]>>;
  /** If lines such as `#Fields: date time c-ip` name the fields of the lines after them. */
  header?: HeaderFormat;
  /** True if lines may be inside what carries them, such as syslog: patterns and JSON then read what it carries. */
  envelopes: boolean;
  /** True if times have no year: the reader then adds `file_day`, the day of a line's file, as YYYY-MM-DD. */
  yearless: boolean;
  /** Regular expression for the start of lines to skip, such as headers: they are neither requests nor rejects. */
  ignored?: string;
  /**
   * SELECT over `{{raw}}` that maps raw columns to those of `requests`, in Trino's SQL. A format without one names its raw
   * columns as sql/lake/generic-mapping.sql reads them.
   */
  mapping?: string;
}

/** Name of the raw column that holds a line that the format cannot read. */
export const UNPARSED_COLUMN = 'unparsed';

/** Name of the raw column that holds the day of the line's file. */
export const FILE_DAY_COLUMN = 'file_day';

/** Name of the raw column that holds the whole line. */
export const LINE_COLUMN = 'line';

/** Name of a pattern's group that holds a JSON object, which is then read by the paths of `json`. */
export const JSON_GROUP = 'json';

/** True if the raw table has a column per field, named as the log's own documentation names it; else it holds whole lines. */
export function hasFieldColumns({ fields, patterns, json, mapping, header }: Format): boolean {
  const hasOthers = patterns.length > 0 || Object.keys(json).length > 0 || header !== undefined;
  return mapping !== undefined && fields.length > 0 && !hasOthers;
}

/** Columns of the raw relation, without `unparsed`, `file_day` and the object's path. */
export function rawColumns(format: Format): string[] {
  const names = [
    ...format.fields.map(({ name }) => name),
    ...format.patterns.flatMap(groupNames).filter((name) => name !== JSON_GROUP),
    ...Object.values(format.pattern_values).flatMap((values) => Object.keys(values)),
    ...Object.keys(format.json),
    ...Object.keys(format.header?.columns ?? {}),
  ];
  return names.length === 0 ? [LINE_COLUMN] : [...new Set(names)];
}

/** Names of a pattern's groups, in order. */
export function groupNames(pattern: string): string[] {
  return [...pattern.matchAll(NAMED_GROUP)].map(([, name = '']) => name);
}

const NAMED_GROUP = /\(\?<([a-z][a-z0-9_]*)>/g;

/** The pattern with numbered instead of named groups, which every engine accepts. */
export function withoutNames(pattern: string): string {
  return pattern.replace(NAMED_GROUP, '(');
}
