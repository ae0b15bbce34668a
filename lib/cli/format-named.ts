import type { Format } from '../formats/format.ts';
import { formatOf } from '../formats/formats.ts';
import { UsageError } from './usage-error.ts';

/** The format given to --format, once it is known to exist. */
export function formatNamed(format: string): Format {
  try {
    return formatOf(format);
  } catch (error) {
    throw new UsageError(`--format: ${(error as Error).message}`);
  }
}
