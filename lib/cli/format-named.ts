import { formatOf } from '../formats/formats.ts';
import { UsageError } from './usage-error.ts';

/** The id given to --format, once it is known to exist. */
export function formatNamed(format: string): string {
  try {
    return formatOf(format).id;
  } catch (error) {
    throw new UsageError(`--format: ${(error as Error).message}`);
  }
}
