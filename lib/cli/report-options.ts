import { FREQUENCIES, type Frequency, isDay } from '../model/period.ts';
import { UsageError } from './usage-error.ts';

/** The options of `logtally report`, as the command line gives them. */
export interface ReportOptions {
  config?: string;
  input?: string[];
  format?: string;
  source?: string;
  report?: string;
  frequency?: string;
  dateRange?: string[];
  today?: string;
  out?: string;
  selectAll?: boolean;
  email?: boolean;
  removeMeta?: boolean;
  removeOriginalLogs?: boolean;
  dryRun?: boolean;
  verbose?: boolean;
  output?: string;
  json?: boolean;
  open?: boolean;
}

const OUTPUTS = ['text', 'json'] as const;

/** How a run ends: with a summary for people or one JSON object. */
export type Output = (typeof OUTPUTS)[number];

export function frequencyOption({ frequency }: ReportOptions): Frequency | undefined {
  const known = FREQUENCIES.find((one) => one === frequency);
  if (frequency !== undefined && !known) {
    throw new UsageError(`--frequency ${frequency}: choose one of ${FREQUENCIES.join(', ')}`);
  }
  return known;
}

export function todayOption({ today }: ReportOptions): string | undefined {
  if (today !== undefined && !isDay(today)) {
    throw new UsageError(`--today ${today} is not a date; write one of the calendar as YYYY-MM-DD`);
  }
  return today;
}

export function outputOption({ output, json }: ReportOptions): Output {
  const known = OUTPUTS.find((one) => one === (output ?? (json ? 'json' : 'text')));
  if (!known) throw new UsageError(`--output ${output}: choose ${OUTPUTS.join(' or ')}`);
  return known;
}

/** Whether to delete original logs. A UsageError if the other options do not allow it. */
export function removeOriginalsOption({ input, removeOriginalLogs = false, dryRun }: ReportOptions): boolean {
  if (dryRun && !removeOriginalLogs) {
    throw new UsageError('--dry-run lists what --remove-original-logs would remove; give both');
  }
  if (removeOriginalLogs && input !== undefined) {
    throw new UsageError('--remove-original-logs is for a source with a folder in the config, not for --input');
  }
  return removeOriginalLogs;
}
