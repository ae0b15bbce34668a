import type { Format } from '../formats/format.ts';
import { FORMATS } from '../formats/formats.ts';
import { UsageError } from './usage-error.ts';

/** What --format says when the files themselves shall tell. */
export const AUTO = 'auto';

/** The format given to --format, built in or one of `own`. */
export function formatNamed(id: string, own: readonly Format[] = []): Format {
  const formats = [...FORMATS, ...own];
  const format = formats.find((candidate) => candidate.id === id);
  if (format) return format;
  const names = [AUTO, ...formats.map((known) => known.id)].join(', ');
  throw new UsageError(`--format: unknown format '${id}'; choose one of ${names}`);
}
