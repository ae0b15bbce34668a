import { type Day, FREQUENCIES, isDay, type PeriodRequest } from '../model/period.ts';
import { dateRangeOption } from './date-range-option.ts';
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
  quiet?: boolean;
  open?: boolean;
}

/** The options with the paths of the command line, which are the same as those of --input. */
export function withPaths<Options extends ReportOptions>(paths: readonly string[], options: Options): Options {
  return paths.length === 0 ? options : { ...options, input: [...paths, ...(options.input ?? [])] };
}

const OUTPUTS = ['text', 'json'] as const;

/** How a run ends: with a summary for people or one JSON object. */
export type Output = (typeof OUTPUTS)[number];

/** Throws a UsageError or RangeError for options that no file is needed to refuse, before the rest of the program is loaded. */
export function checkOptions(options: ReportOptions): void {
  periodOption(options);
  outputOption(options);
  removeOriginalsOption(options);
}

/** The period that the options ask for, and the day to count back from, if they name one. */
export interface AskedPeriod extends PeriodRequest {
  today: Day | undefined;
}

/**
 * Undefined if the options name logs and no period, which means the days that the logs hold. A UsageError or RangeError for
 * a wrong date or frequency, or if there are both.
 */
export function periodOption({ input, frequency, dateRange, today }: ReportOptions): AskedPeriod | undefined {
  const known = FREQUENCIES.find((one) => one === frequency);
  if (frequency !== undefined && !known) {
    throw new UsageError(`--frequency ${frequency}: choose one of ${FREQUENCIES.join(', ')}`);
  }
  if (today !== undefined && !isDay(today)) {
    throw new UsageError(`--today ${today} is not a date; write one of the calendar as YYYY-MM-DD`);
  }
  const range = dateRangeOption(dateRange);
  if (known && range) throw new UsageError('--frequency and --date-range exclude each other; give one of them');
  if (input !== undefined && !known && !range && today === undefined) return undefined;
  return { frequency: known, date_range: range && [range.from, range.to], today };
}

export function outputOption({ output, json }: ReportOptions): Output {
  if (json && output !== undefined && output !== 'json') {
    throw new UsageError(`--json and --output ${output} exclude each other; give one of them`);
  }
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
