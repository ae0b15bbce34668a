import { dateRange, type Period } from '../model/period.ts';
import { UsageError } from './usage-error.ts';

/** The days of `--date-range`; undefined if the option is not given. A UsageError unless it has two dates. */
export function dateRangeOption(days: readonly string[] | undefined): Period | undefined {
  if (days === undefined) return undefined;
  const [from, to, ...more] = days;
  if (from === undefined || to === undefined || more.length > 0) {
    throw new UsageError(
      '--date-range takes two dates, the first and the last day: --date-range 2026-10-01 2026-10-31',
    );
  }
  return dateRange(from, to);
}
