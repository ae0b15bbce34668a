import type { Format } from './format.ts';
import { s3Access } from './s3-access.ts';

/** Every built-in format. */
export const FORMATS: readonly Format[] = [s3Access];

/** The format of that id; an unknown id is refused with the ids that exist. */
export function formatOf(id: string): Format {
  const format = FORMATS.find((candidate) => candidate.id === id);
  if (!format) throw new Error(`unknown format '${id}'; choose one of ${FORMATS.map((known) => known.id).join(', ')}`);
  return format;
}
