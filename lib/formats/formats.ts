import { listSql, readSql } from '../sql/sql-files.ts';
import type { Format, SourceKind } from './format.ts';
import { formatFrom, formatSchema, parseFormat } from './parse-format.ts';

/** The built-in formats, one per file in sql/formats. */
export const FORMATS: readonly Format[] = listSql('formats').map((name) =>
  parseFormat(name, readSql(`formats/${name}`)),
);

/** The built-in format with this id. An Error for an unknown id lists the known ones. */
export function formatOf(id: string): Format {
  const format = FORMATS.find((candidate) => candidate.id === id);
  if (!format) throw new Error(`unknown format '${id}'; choose one of ${FORMATS.map((known) => known.id).join(', ')}`);
  return format;
}

/** The format of files whose lines fit none: it rejects every line. */
export function unrecognisedFormat(kind: SourceKind): Format {
  const described = { title: 'Lines of no known format', kind, patterns: ['(?<time>[^\\s\\S])'] };
  return formatFrom(UNRECOGNISED, formatSchema.parse(described));
}

/** Name of the format and source of files whose lines fit no format. */
export const UNRECOGNISED = 'unrecognised';
