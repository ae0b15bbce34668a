import * as z from 'zod';
import { type Config, reportOf } from '../lib/config/config.ts';
import { FREQUENCIES, periodOfRequest, today } from '../lib/model/period.ts';
import type { ReportRequest } from '../lib/report/ports.ts';

/** An event of the report function. An unknown key is refused, so that a typing error is not overlooked. */
const reportEvent = z.strictObject({
  /** Name of a report in the config; may be left out if there is only one. */
  report: z.string().optional(),
  frequency: z.enum(FREQUENCIES).optional(),
  /** First and last day. */
  date_range: z.tuple([z.string(), z.string()]).optional(),
  select_all: z.boolean().optional(),
  email: z.boolean().optional(),
  remove_meta: z.boolean().optional(),
  remove_original_logs: z.boolean().optional(),
  /** When the schedule was due, in UTC; only schedules set it. */
  scheduled_time: z.iso.datetime().optional(),
});
export type ReportEvent = z.infer<typeof reportEvent>;

/**
 * The report that an event asks for. A scheduled event means the period that was complete when it was due, however late
 * it arrives, and its report is mailed if the config says so. Any other event is mailed if it says so itself. An Error
 * names the key that is wrong.
 */
export function reportRequest(config: Config, event: unknown, now: Date): Omit<ReportRequest, 'started_at' | 'run_id'> {
  const checked = reportEvent.safeParse(event);
  if (!checked.success) throw new Error(`the event is not valid: ${z.prettifyError(checked.error)}`);
  const { scheduled_time, ...choice } = checked.data;
  const report = reportOf(config, choice.report);
  const due = scheduled_time === undefined ? now : new Date(scheduled_time);
  const email = choice.email ?? (scheduled_time !== undefined && report.email);
  return {
    report,
    period: periodOfRequest(choice, today(due, config.time_zone), report.frequency),
    select_all: choice.select_all ?? report.select_all,
    email,
    remove_meta: choice.remove_meta ?? report.remove_meta,
    remove_original_logs: choice.remove_original_logs ?? false,
    publish_empty: true,
    whole_input: false,
  };
}
