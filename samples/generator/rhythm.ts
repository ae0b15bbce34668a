/** One hour of the sample, UTC. */
export interface Hour {
  /** YYYY-MM-DD */
  day: string;
  hour: number;
  /** 0 is Sunday. */
  weekday: number;
}

/** Share of a day's human traffic that falls on each hour, UTC: Europe's day. */
const HUMAN_HOURS = [
  1, 0.7, 0.5, 0.4, 0.5, 0.9, 1.8, 3.2, 4.8, 5.9, 6.2, 6, 5.5, 5.8, 6, 5.8, 5.4, 5.2, 5.6, 6.2, 6.4, 5.4, 3.6, 2,
];
const HUMAN_WEEK = [0.62, 1.05, 1.12, 1.14, 1.1, 1.02, 0.66];
const HUMAN_TOTAL = HUMAN_HOURS.reduce((sum, share) => sum + share, 0);

/** How busy people are in this hour; a whole day of them adds up to about 1, and October is livelier than September. */
export function people({ day, hour, weekday }: Hour): number {
  const growth = day >= '2026-10-01' ? 1.1 : 1;
  return ((HUMAN_HOURS[hour] ?? 0) / HUMAN_TOTAL) * (HUMAN_WEEK[weekday] ?? 1) * growth;
}

/** An even share of the hours from `first` up to `last`, on every day. */
export function between(first: number, last: number, { hour }: Hour): number {
  return hour >= first && hour < last ? 1 / (last - first) : 0;
}

/** The same on working days only. */
export function workingHours(first: number, last: number, hour: Hour): number {
  return hour.weekday >= 1 && hour.weekday <= 5 ? between(first, last, hour) : 0;
}

/** Every hour of the days from `from` to `to`, both YYYY-MM-DD and included. */
export function hoursOf(from: string, to: string): Hour[] {
  const first = Date.parse(`${from}T00:00:00Z`);
  const days = Math.round((Date.parse(`${to}T00:00:00Z`) - first) / 86_400_000) + 1;
  return Array.from({ length: days * 24 }, (_, index) => {
    const midnight = new Date(first + Math.floor(index / 24) * 86_400_000);
    return { day: midnight.toISOString().slice(0, 10), hour: index % 24, weekday: midnight.getUTCDay() };
  });
}
