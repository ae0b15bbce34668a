import { listSql, readSql } from '../sql/sql-files.ts';
import type { Format } from './format.ts';
import { parseFormat } from './parse-format.ts';

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
