import type { Format } from '../formats/format.ts';
import { FORMATS } from '../formats/formats.ts';
import { UsageError } from './usage-error.ts';

/** The value of --format that detects the format from the files. */
export const AUTO = 'auto';

/** The format if no file has a line to detect one from. */
export const DEFAULT_FORMAT = 's3-access';

/** The format that --format names, built in or one of `own`. A UsageError if there is none. */
export function formatNamed(id: string, own: readonly Format[] = []): Format {
  const formats = [...FORMATS, ...own];
  const format = formats.find((candidate) => candidate.id === id);
  if (format) return format;
  const names = [AUTO, ...formats.map((known) => known.id)].join(', ');
  throw new UsageError(`--format: unknown format '${id}'; choose one of ${names}`);
}
