import type { Format } from '../formats/format.ts';
import { FORMATS } from '../formats/formats.ts';
import { isLogFormat } from '../formats/log-format.ts';
import { customFormatSchema, formatFrom } from '../formats/parse-format.ts';
import { UsageError } from './usage-error.ts';

/** The value of --format that detects the format from the files. */
export const AUTO = 'auto';

/** The format if no file has a line to detect one from. */
export const DEFAULT_FORMAT = 's3-access';

/** The name of a format that --format describes by a format string. */
const DESCRIBED = 'log';

/**
 * The format of --format: a built-in one or one of `own` by name, or one described by a server's format string. Throws a
 * UsageError if there is no such format.
 */
export function formatNamed(id: string, own: readonly Format[] = []): Format {
  if (isLogFormat(id)) return describedFormat(id);
  const formats = [...FORMATS, ...own];
  const format = formats.find((candidate) => candidate.id === id);
  if (format) return format;
  const names = [AUTO, ...formats.map((known) => known.id)].join(', ');
  throw new UsageError(`--format: unknown format '${id}'; choose one of ${names}`);
}

function describedFormat(log_format: string): Format {
  const { success, data, error } = customFormatSchema.safeParse({ log_format });
  if (success) return formatFrom(DESCRIBED, data);
  throw new UsageError(`--format: it ${error.issues[0]?.message}`);
}
