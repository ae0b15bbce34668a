import type { Unreadable } from '../sources/input.ts';
import { visibleText } from '../text/visible-text.ts';

/** A note on a file that was skipped or read in part. */
export function unreadableNote({ log_object, reason }: Unreadable): string {
  return `${visibleText(log_object)}: ${visibleText(reason)}`;
}
