import { resolve } from 'node:path';
import { type Config, type Report, reportOf } from '../config/config.ts';
import type { Format } from '../formats/format.ts';
import { UNRECOGNISED } from '../formats/formats.ts';
import { type Period, periodOfRequest, today } from '../model/period.ts';
import type { ChosenLogs } from '../report/ports.ts';
import type { Source } from '../sources/source.ts';
import { adHocConfig, adHocLake, inputsId, withFormats } from './ad-hoc-config.ts';
import { configFile, ownFormats } from './config-file.ts';
import { AUTO, DEFAULT_FORMAT, formatNamed } from './format-named.ts';
import {
  type Output,
  outputOption,
  periodOption,
  type ReportOptions,
  removeOriginalsOption,
} from './report-options.ts';
import { UsageError } from './usage-error.ts';

/** Everything a run needs to know, every choice made. */
export interface ReportSetup {
  config: Config;
  report: Report;
  /** Undefined for the days that the files of the command line hold. */
  period: Period | undefined;
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
  /** Set if the command line chose the logs. */
  chosen_logs: ChosenLogs | undefined;
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
 * Decides what a run does from its options, the configuration and the formats of --input. Before these are detected, it
 * presumes one, so that everything else is checked before a log is opened. Throws a UsageError, ConfigError or RangeError.
 */
export function reportSetup(
  options: ReportOptions,
  now: Date,
  formats: readonly Format[] = presumedFormats(options),
): ReportSetup {
  const remove_original_logs = removeOriginalsOption(options);
  const output = outputOption(options);
  const asked = periodOption(options);
  const config = configOf(options, formats);
  const report = chosenReport(config, options);
  const inputs = inputsOf(config, report, options);
  const out = resolve(options.out ?? config.out);
  return {
    config,
    report,
    period: asked && periodOfRequest(asked, asked.today ?? today(now, config.time_zone), report.frequency),
    select_all: options.selectAll ?? report.select_all,
    email: options.email ?? false,
    remove_meta: options.removeMeta ?? report.remove_meta,
    remove_original_logs,
    dry_run: options.dryRun ?? false,
    out,
    lake_folder: isAdHoc(options) ? adHocLake(out, inputs, options.format) : config.lake.folder,
    inputs,
    chosen_logs: isChosen(config, report, options)
      ? { id: inputsId(inputs, options.format), may_take_name: isAdHoc(options) }
      : undefined,
    hasInput: options.input !== undefined,
    output,
  };
}

/** True if the command line chooses other logs than those of the report in the configuration. */
function isChosen(config: Config, { sources }: Report, options: ReportOptions): boolean {
  return options.input !== undefined || sources.join(' ') !== reportNamed(config, options.report).sources.join(' ');
}

/** True if the command line names logs and no configuration. */
function isAdHoc({ input, config }: ReportOptions): boolean {
  return input !== undefined && config === undefined;
}

/** The format given to --format; without one that of the sources, or any for logs that have no source yet. */
function presumedFormats(options: ReportOptions): Format[] {
  const { format = AUTO, config } = options;
  if (format !== AUTO) return [formatNamed(format, ownFormats(config))];
  return isAdHoc(options) ? [formatNamed(DEFAULT_FORMAT)] : [];
}

/** The configuration, its sources in the format of --input if that is known. */
function configOf(options: ReportOptions, formats: readonly Format[]): Config {
  if (isAdHoc(options)) return adHocConfig(options, formats);
  const config = configFile(options.config, ', or name the logs: logtally report PATH');
  const [format, ...others] = formats.filter(({ id }) => id !== UNRECOGNISED);
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
