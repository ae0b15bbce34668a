/** How a raw field is written in its line. */
export type FieldKind =
  /** Anything without a space. */
  | 'token'
  /** `[day/Mon/year:hour:minute:second zone]`. */
  | 'bracketed_time'
  /** `-` (then the column is NULL) or text in double quotes, which may itself hold unescaped quotes. */
  | 'quoted'
  /** `-` or three digits. */
  | 'status'
  /** `-` or a whole number that fits 64 bits. */
  | 'number'
  /** A token, or two of which the second ends in `=` (some S3 host ids). */
  | 'host_id';

export interface Field {
  /** Column of the raw table, named as the log's own documentation names it. */
  name: string;
  kind: FieldKind;
}

/** One access-log format. The Glue table, the DuckDB reader and the line parser are derived from it. */
export interface Format {
  /** Name in the configuration and of `sql/formats/<id>.sql`, the mapping to `requests`. */
  id: string;
  title: string;
  /** Fields in order, separated by one space. */
  fields: readonly Field[];
  /** How many leading fields every line has; later ones were added over the years and may be missing. */
  required_fields: number;
  /** Raw columns that together identify a request, to count a line delivered twice once. */
  identity: readonly string[];
}

/** Name of the raw column that holds a line which does not fit the pattern. */
export const UNPARSED_COLUMN = 'unparsed';
