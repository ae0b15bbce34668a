import type { Frequency } from './period.ts';

/** When a report runs automatically. */
export interface Schedule {
  /** Full hour of the local day, 0 to 23. */
  hour: number;
  /** Days after the period's last day, at least 1. */
  delay_days: number;
}

/**
 * Logs are delivered on a best-effort basis, and almost all late lines arrive within two days: a weekly report waits two days,
 * other reports three. With the longest delay a report still runs within the next week, or on a day that every month has.
 */
export const DELAY_DAYS: Record<Frequency, { usual: number; longest: number }> = {
  weekly: { usual: 2, longest: 7 },
  monthly: { usual: 3, longest: 28 },
  quarterly: { usual: 3, longest: 28 },
};

/** Days of the week, Sunday first. */
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/**
 * The schedule as EventBridge Scheduler writes it, `cron(minute hour day-of-month month day-of-week year)`, in local time.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based
 */
export function scheduleCron(frequency: Frequency, { hour, delay_days }: Schedule): string {
  if (frequency === 'weekly') return `cron(0 ${hour} ? * ${WEEKDAYS[delay_days % 7]} *)`;
  const months = frequency === 'monthly' ? '*' : '1,4,7,10';
  return `cron(0 ${hour} ${delay_days} ${months} ? *)`;
}
