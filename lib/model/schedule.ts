import type { Frequency } from './period.ts';

/** When a report runs by itself. */
export interface Schedule {
  /** Full hour of the local day, 0 to 23. */
  hour: number;
  /** Days after the period's last day, at least 1. */
  delay_days: number;
}

/**
 * Log delivery is best effort, and almost every late line comes within two days: a weekly report waits two days, the
 * rarer ones three. The longest delay keeps the run in the week, or in every month's days, that follow the period.
 */
export const DELAY_DAYS: Record<Frequency, { usual: number; longest: number }> = {
  weekly: { usual: 2, longest: 7 },
  monthly: { usual: 3, longest: 28 },
  quarterly: { usual: 3, longest: 28 },
};

/** Day of the week so many days after a Sunday. */
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
