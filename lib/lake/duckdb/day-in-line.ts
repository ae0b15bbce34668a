import { type Day, isDay } from '../../model/period.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The first date in a line that is written as in `[06/Oct/2026:00:00:38 +0000]` or `[06/Oct/2026]`, if it is one. */
export function dayInLine(line: string): Day | undefined {
  const [, day, month = '', year] = /\[([0-9]{2})\/([A-Z][a-z]{2})\/([0-9]{4})[:\]]/.exec(line) ?? [];
  const written = `${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, '0')}-${day}`;
  return isDay(written) ? written : undefined;
}
