import { listSql, readSql } from '../sql/sql-files.ts';
import type { Format } from './format.ts';
import { parseFormat } from './parse-format.ts';

/** Every built-in format: a file of sql/formats each. */
export const FORMATS: readonly Format[] = listSql('formats').map((name) =>
  parseFormat(name, readSql(`formats/${name}`)),
);

/** The built-in format of that id; an unknown id is refused with the ids that exist. */
export function formatOf(id: string): Format {
  const format = FORMATS.find((candidate) => candidate.id === id);
  if (!format) throw new Error(`unknown format '${id}'; choose one of ${FORMATS.map((known) => known.id).join(', ')}`);
  return format;
}
