import * as z from 'zod';
import { type Config, type Report, reportOf } from '../lib/config/config.ts';
import { FREQUENCIES, type Period, periodOfRequest, today } from '../lib/model/period.ts';

/** What the report function may be asked for. A key it does not know is refused, so that a slip is not overlooked. */
const reportEvent = z.strictObject({
  /** Name of a report in the config; may be left out when there is one. */
  report: z.string().optional(),
  frequency: z.enum(FREQUENCIES).optional(),
  /** First and last day. */
  date_range: z.tuple([z.string(), z.string()]).optional(),
  select_all: z.boolean().optional(),
  email: z.boolean().optional(),
  remove_meta: z.boolean().optional(),
  remove_original_logs: z.boolean().optional(),
  /** When the schedule was due, in UTC; only schedules say so. */
  scheduled_time: z.iso.datetime().optional(),
});
export type ReportEvent = z.infer<typeof reportEvent>;

/** What is to be done, every choice made. */
export interface ReportRequest {
  report: Report;
  period: Period;
  select_all: boolean;
  email: boolean;
  remove_meta: boolean;
  remove_original_logs: boolean;
}

/**
 * What an event asks for. A scheduled one means the period that was complete when it was due, however late it comes,
 * and is mailed as the config says; one sent by hand is mailed when it says so. Throws naming the key that is wrong.
 */
export function reportRequest(config: Config, event: unknown, now: Date): ReportRequest {
  const checked = reportEvent.safeParse(event);
  if (!checked.success) throw new Error(`the event cannot be used: ${z.prettifyError(checked.error)}`);
  const { scheduled_time, ...asked } = checked.data;
  const report = reportOf(config, asked.report);
  const due = scheduled_time === undefined ? now : new Date(scheduled_time);
  const email = asked.email ?? (scheduled_time !== undefined && report.email);
  return {
    report,
    period: periodOfRequest(asked, today(due, config.time_zone), report.frequency),
    select_all: asked.select_all ?? report.select_all,
    email,
    remove_meta: asked.remove_meta ?? report.remove_meta,
    remove_original_logs: asked.remove_original_logs ?? false,
  };
}
