import { addDays, type Day } from '../model/period.ts';

const MOST_RANGES = 5;

/** Days as ranges, in order: `2026-10-01 to 2026-10-05, 2026-10-09`. Beyond five ranges, the first ones and a number. */
export function dayRanges(days: readonly Day[]): string {
  const ranges: { from: Day; to: Day }[] = [];
  for (const day of [...new Set(days)].sort()) {
    const last = ranges.at(-1);
    if (last && addDays(last.to, 1) === day) last.to = day;
    else ranges.push({ from: day, to: day });
  }
  const shown = ranges.slice(0, MOST_RANGES).map(({ from, to }) => (from === to ? from : `${from} to ${to}`));
  const last = ranges.at(-1);
  const more = ranges.length - shown.length;
  return more > 0 && last ? `${shown.join(', ')} and ${more} more up to ${last.to}` : shown.join(', ');
}
