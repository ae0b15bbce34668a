import type { Period } from '../model/period.ts';

const DAYS = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** A period's name: `October 2026`, `Q3 2026`, `5–11 October 2026`. */
export function periodName({ kind, from, to }: Period): string {
  const start = new Date(from);
  if (kind === 'monthly') return MONTH.format(start);
  if (kind === 'quarterly') return `Q${Math.floor(start.getUTCMonth() / 3) + 1} ${start.getUTCFullYear()}`;
  // ICU puts thin spaces around the dash. Plain text has normal spaces, and none between two days of one month.
  return DAYS.formatRange(start, new Date(to))
    .replaceAll('\u2009', ' ')
    .replace(/^(\d+) – (?=\d)/, '$1–');
}

/** First and last day: `2026-10-01 to 2026-10-31`. */
export function periodDays({ from, to }: Period): string {
  return from === to ? from : `${from} to ${to}`;
}
