import { resolve } from 'node:path';
import { type Config, type Report, reportOf } from '../config/config.ts';
import type { Format } from '../formats/format.ts';
import { type Period, periodOfRequest, today } from '../model/period.ts';
import type { Source } from '../sources/source.ts';
import { adHocConfig, adHocLake, withFormats } from './ad-hoc-config.ts';
import { configFile, ownFormats } from './config-file.ts';
import { dateRangeOption } from './date-range-option.ts';
import type { FormatFiles } from './detect-formats.ts';
import { AUTO, formatNamed } from './format-named.ts';
import {
  frequencyOption,
  type Output,
  outputOption,
  type ReportOptions,
  removeOriginalsOption,
  todayOption,
} from './report-options.ts';
import { UsageError } from './usage-error.ts';

/** Everything a run needs to know, every choice made. */
export interface ReportSetup {
  config: Config;
  report: Report;
  period: Period;
  select_all: boolean;
  email: boolean;
  remove_meta: boolean;
  remove_original_logs: boolean;
  dry_run: boolean;
  /** Where editions go. */
  out: string;
  lake_folder: string;
  /** Paths to read, by source. */
  inputs: Map<string, string[]>;
  /** True if the command line names the logs. */
  hasInput: boolean;
  output: Output;
}

/** True if the format of --input is to be detected from the files. */
export function detectsFormats({ input, config, format }: ReportOptions): boolean {
  if (format === AUTO && input === undefined) {
    throw new UsageError('--format auto is for --input; sources of a configuration have their format there');
  }
  return input !== undefined && (format ?? (config === undefined ? AUTO : '')) === AUTO;
}

/**
 * Decides what a run does from its options, the configuration and the detected formats of --input. Throws a UsageError,
 * ConfigError or RangeError.
 */
export function reportSetup(options: ReportOptions, now: Date, detected?: readonly FormatFiles[]): ReportSetup {
  const remove_original_logs = removeOriginalsOption(options);
  const output = outputOption(options);
  const range = dateRangeOption(options.dateRange);
  const date_range = range && ([range.from, range.to] as const);
  const choice = { frequency: frequencyOption(options), date_range };
  const day = todayOption(options);
  const config = configOf(options, detected?.map(({ format }) => format) ?? namedFormats(options));
  const report = chosenReport(config, options);
  const inputs = inputsOf(config, report, options);
  const out = resolve(options.out ?? config.out);
  return {
    config,
    report,
    period: periodOfRequest(choice, day ?? today(now, config.time_zone), report.frequency),
    select_all: options.selectAll ?? report.select_all,
    email: options.email ?? false,
    remove_meta: options.removeMeta ?? report.remove_meta,
    remove_original_logs,
    dry_run: options.dryRun ?? false,
    out,
    lake_folder: isAdHoc(options) ? adHocLake(out, inputs, options.format) : config.lake.folder,
    inputs,
    hasInput: options.input !== undefined,
    output,
  };
}

/** True if the command line names logs and no configuration. */
function isAdHoc({ input, config }: ReportOptions): boolean {
  return input !== undefined && config === undefined;
}

/** The format given to --format, if there is one. */
function namedFormats({ format, config }: ReportOptions): Format[] {
  return format === undefined ? [] : [formatNamed(format, ownFormats(config))];
}

/** The configuration, its sources in the format of --input if that is known. */
function configOf(options: ReportOptions, formats: readonly Format[]): Config {
  if (isAdHoc(options)) return adHocConfig(options, formats);
  const config = configFile(options.config, ', or the logs with --input PATH');
  const [format, ...others] = formats;
  if (others.length > 0) {
    const ids = formats.map(({ id }) => id).join(', ');
    throw new UsageError(
      `--input holds ${ids}, but a source has one format; name the files of one, or leave out --config`,
    );
  }
  return format ? withFormats(config, new Map(Object.keys(config.sources).map((name) => [name, format]))) : config;
}

/** The report, with only the source that --source names. */
function chosenReport(config: Config, options: ReportOptions): Report {
  const report = reportNamed(config, options.report);
  if (options.source === undefined || isAdHoc(options)) return report;
  return { ...report, sources: [sourceOf(config, options.source).name] };
}

function reportNamed(config: Config, name: string | undefined): Report {
  try {
    return reportOf(config, name);
  } catch (error) {
    throw new UsageError(`--report: ${(error as Error).message}`);
  }
}

/** The paths to read, by source: those of --input, else the folders of the configuration. */
function inputsOf(config: Config, { sources }: Report, options: ReportOptions): Map<string, string[]> {
  const { input } = options;
  if (input !== undefined && !isAdHoc(options) && sources.length > 1) {
    throw new UsageError(`--input is for one source; name it with --source ${sources.join(' or --source ')}`);
  }
  return new Map(sources.map((name) => [name, input ?? [folderOf(config, name)]]));
}

function folderOf(config: Config, name: string): string {
  const { folder } = sourceOf(config, name);
  if (folder) return folder;
  throw new UsageError(
    `source ${name} has no folder on this machine; add sources.${name}.folder to ${config.path} or give --input PATH`,
  );
}

function sourceOf(config: Config, name: string): Source {
  const source = Object.hasOwn(config.sources, name) ? config.sources[name] : undefined;
  if (!source) throw new UsageError(`--source ${name}: ${config.path} has ${Object.keys(config.sources).join(', ')}`);
  return source;
}
