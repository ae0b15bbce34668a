/** A day in UTC, YYYY-MM-DD. */
export type Day = string;

export const FREQUENCIES = ['weekly', 'monthly', 'quarterly'] as const;

export type Frequency = (typeof FREQUENCIES)[number];

/** A range of whole days in UTC; both ends are included. */
export interface Period {
  kind: Frequency | 'date_range';
  from: Day;
  to: Day;
}

/** A requested period: a frequency or two dates, never both. */
export interface PeriodRequest {
  frequency?: Frequency | undefined;
  date_range?: readonly [from: Day, to: Day] | undefined;
}

/** Milliseconds per day in UTC, which has no leap seconds here. */
export const DAY_MS = 86_400_000;

/** Ten years. A longer range is probably a mistyped year, and each of its days would be read. */
export const LONGEST_RANGE_DAYS = 3653;

/** True for a calendar date from the year 1000 to 2999, written YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (!/^[12]\d{3}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(text);
  return !Number.isNaN(time) && dayAt(time) === text;
}

/** The day `days` later, or earlier if `days` is negative. */
export function addDays(day: Day, days: number): Day {
  return dayAt(Date.parse(day) + days * DAY_MS);
}

/** The date in a time zone (IANA name). A RangeError if there is no such zone. */
export function today(now: Date, timeZone: string): Day {
  const format = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const part = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
  return `${part.year}-${part.month}-${part.day}`;
}

/**
 * The last complete period before `today`: the Monday-to-Sunday week, the calendar month, or the quarter that starts in
 * January, April, July or October. For a schedule, `today` is the day it was due, so that a late start makes no difference.
 */
export function periodOf(frequency: Frequency, today: Day): Period {
  const start = startOf(frequency, today);
  const to = addDays(start, -1);
  return { kind: frequency, from: startOf(frequency, to), to };
}

/** The period from one day to another, both included. A RangeError for an invalid date, a wrong order or a range that is too long. */
export function dateRange(from: string, to: string): Period {
  for (const day of [from, to]) {
    if (!isDay(day))
      throw new RangeError(`${JSON.stringify(day)} is not a date; write one of the calendar as YYYY-MM-DD`);
  }
  if (from > to)
    throw new RangeError(`the date range ${from} to ${to} ends before it starts; give the earlier date first`);
  const period: Period = { kind: 'date_range', from, to };
  if (lengthInDays(period) > LONGEST_RANGE_DAYS) {
    throw new RangeError(`the date range ${from} to ${to} is longer than ten years; give a shorter one`);
  }
  return period;
}

/** The period of a request, as of `today`. A RangeError if it has both a frequency and dates, or an invalid range. */
export function periodOfRequest(request: PeriodRequest, today: Day, usual: Frequency = 'monthly'): Period {
  const { frequency, date_range } = request;
  if (frequency && date_range) {
    throw new RangeError(
      `the frequency ${frequency} and the date range ${date_range.join(' to ')} exclude each other; give one of them`,
    );
  }
  return date_range ? dateRange(...date_range) : periodOf(frequency ?? usual, today);
}

/** The previous period: the week, month or quarter before, or as many days directly before a date range. */
export function periodBefore(period: Period): Period {
  if (period.kind !== 'date_range') return periodOf(period.kind, period.from);
  return { kind: 'date_range', from: addDays(period.from, -lengthInDays(period)), to: addDays(period.from, -1) };
}

/** Every day of the period, in order. */
export function daysOf(period: Period): Day[] {
  return Array.from({ length: lengthInDays(period) }, (_, index) => addDays(period.from, index));
}

/** How many days a period has. */
export function lengthInDays(period: Period): number {
  return (Date.parse(period.to) - Date.parse(period.from)) / DAY_MS + 1;
}

/** First day of the day's week, month or quarter. */
function startOf(frequency: Frequency, day: Day): Day {
  const date = new Date(day);
  if (frequency === 'weekly') return addDays(day, -((date.getUTCDay() + 6) % 7));
  const month = date.getUTCMonth();
  return dayAt(Date.UTC(date.getUTCFullYear(), frequency === 'monthly' ? month : month - (month % 3)));
}

function dayAt(time_ms: number): Day {
  return new Date(time_ms).toISOString().slice(0, 10);
}
