import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Config, parseConfig, type Report, reportOf } from '../config/config.ts';
import type { Format } from '../formats/format.ts';
import { FREQUENCIES, type Frequency, isDay, type Period, periodOfRequest, today } from '../model/period.ts';
import { loadSections } from '../sections/catalogue.ts';
import { DEFAULT_LAYOUTS } from '../sources/layout.ts';
import type { Source } from '../sources/source.ts';
import { configFile, DEFAULT_CONFIG, ownFormats } from './config-file.ts';
import type { FormatFiles } from './detect-formats.ts';
import { AUTO, formatNamed } from './format-named.ts';
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

/** Everything a run needs to know, every choice made. */
export interface ReportSetup {
  config: Config;
  report: Report;
  period: Period;
  /** Where editions go. */
  out: string;
  lake_folder: string;
  /** Paths to read, by source. */
  inputs: Map<string, string[]>;
  /** True when the input was named on the command line. */
  exact: boolean;
  /** How the run ends: with a view for people or one JSON object. */
  output: (typeof OUTPUTS)[number];
}

const OUT = 'logtally-out';
const OUTPUTS = ['text', 'json'] as const;

/** True when the format of --input is to be told from the files. */
export function detectsFormats({ input, config, format }: ReportOptions): boolean {
  if (format === AUTO && input === undefined) {
    throw new UsageError('--format auto is for --input; sources of a configuration have their format there');
  }
  return input !== undefined && (format ?? (config === undefined ? AUTO : '')) === AUTO;
}

/**
 * Settles what a run does from its options, the config file and what was found of the format of --input. Throws a
 * UsageError, ConfigError or RangeError.
 */
export function reportSetup(options: ReportOptions, now: Date, detected?: readonly FormatFiles[]): ReportSetup {
  if (options.dateRange && options.dateRange.length !== 2) {
    throw new UsageError(
      '--date-range takes two dates, the first and the last day: --date-range 2026-10-01 2026-10-31',
    );
  }
  if (options.frequency && !FREQUENCIES.includes(options.frequency as Frequency)) {
    throw new UsageError(`--frequency ${options.frequency}: choose one of ${FREQUENCIES.join(', ')}`);
  }
  if (options.today !== undefined && !isDay(options.today)) {
    throw new UsageError(`--today ${options.today} is not a date; write one of the calendar as YYYY-MM-DD`);
  }
  const output = OUTPUTS.find((known) => known === (options.output ?? (options.json ? 'json' : 'text')));
  if (!output) throw new UsageError(`--output ${options.output}: choose ${OUTPUTS.join(' or ')}`);
  if (options.dryRun && !options.removeOriginalLogs) {
    throw new UsageError('--dry-run lists what --remove-original-logs would remove; give both');
  }
  const exact = options.input !== undefined;
  const isAdHoc = exact && options.config === undefined;
  const formats = detected?.map(({ format }) => format) ?? formatsNamed(options);
  const config = isAdHoc ? adHocConfig(options, formats) : configOf(options, formats);
  const report = reportNamed(config, options.report);
  const isOneSource = options.source !== undefined && !isAdHoc;
  const sources = isOneSource ? [sourceOf(config, options.source ?? '').name] : report.sources;
  const out = resolve(options.out ?? config.out);
  if (exact && !isAdHoc && sources.length > 1) {
    throw new UsageError(`--input is for one source; name it with --source ${sources.join(' or --source ')}`);
  }
  const inputs = new Map(sources.map((name) => [name, options.input ?? folderOf(config, name)]));
  const date_range = options.dateRange as [string, string] | undefined;
  const day = options.today ?? today(now, config.time_zone);
  return {
    config,
    report: { ...report, sources },
    period: periodOfRequest({ frequency: options.frequency as Frequency, date_range }, day, report.frequency),
    out,
    lake_folder: isAdHoc ? adHocLake(out, inputs, options.format) : config.lake.folder,
    inputs,
    exact,
    output,
  };
}

/** The format given to --format, if one is. */
function formatsNamed({ format, config }: ReportOptions): Format[] {
  return format === undefined ? [] : [formatNamed(format, ownFormats(config))];
}

/** The configuration for logs that were named on the command line: a source, or one for each format that they are in. */
function adHocConfig({ source, report, out }: ReportOptions, formats: readonly Format[]): Config {
  const nameOf = ({ id }: Format) => (source === undefined ? id : `${source}-${id}`);
  const [only, ...others] = formats;
  const sources: [string, Format][] =
    only && others.length === 0 ? [[source ?? 'logs', only]] : formats.map((format) => [nameOf(format), format]);
  const text = JSON.stringify({
    sources: Object.fromEntries(sources.map(([name]) => [name, {}])),
    reports: { [report ?? 'report']: { title: 'Access logs' } },
    out: resolve(out ?? OUT),
  });
  const section_ids = loadSections().map(({ id }) => id);
  return withFormats(parseConfig(text, resolve('the command line'), { section_ids }), new Map(sources));
}

function configOf({ config }: ReportOptions, formats: readonly Format[]): Config {
  const path = config ?? DEFAULT_CONFIG;
  if (config === undefined && !existsSync(path)) {
    throw new UsageError(`there is no ${DEFAULT_CONFIG} here; name one with --config, or the logs with --input PATH`);
  }
  const loaded = configFile(path);
  const [format, ...others] = formats;
  if (others.length > 0) {
    const ids = formats.map(({ id }) => id).join(', ');
    throw new UsageError(
      `--input holds ${ids}, but a source has one format; name the files of one, or leave out --config`,
    );
  }
  return format ? withFormats(loaded, new Map(Object.keys(loaded.sources).map((name) => [name, format]))) : loaded;
}

/** The same config with some of its sources in other formats. */
function withFormats(config: Config, formats: ReadonlyMap<string, Format>): Config {
  const sources = Object.entries(config.sources).map(([name, source]) => {
    const definition = formats.get(name) ?? source.definition;
    const layout = definition === source.definition ? source.layout : DEFAULT_LAYOUTS[definition.kind];
    return [name, { ...source, format: definition.id, definition, layout }];
  });
  return { ...config, sources: Object.fromEntries(sources) };
}

function reportNamed(config: Config, name: string | undefined): Report {
  try {
    return reportOf(config, name);
  } catch (error) {
    throw new UsageError(`--report: ${(error as Error).message}`);
  }
}

function sourceOf(config: Config, name: string): Source {
  const source = Object.hasOwn(config.sources, name) ? config.sources[name] : undefined;
  if (!source) throw new UsageError(`--source ${name}: ${config.path} has ${Object.keys(config.sources).join(', ')}`);
  return source;
}

function folderOf(config: Config, name: string): string[] {
  const folder = sourceOf(config, name).folder;
  if (!folder)
    throw new UsageError(
      `source ${name} has no folder on this machine; add sources.${name}.folder to ${config.path} or give --input PATH`,
    );
  return [folder];
}

/** A lake for just these files, so that logs of different runs never mix. */
function adHocLake(out: string, inputs: ReadonlyMap<string, string[]>, format = ''): string {
  const identity = JSON.stringify([
    format,
    [...inputs].map(([name, paths]) => [name, paths.map((path) => resolve(path)).sort()]),
  ]);
  return join(out, 'lake', createHash('sha256').update(identity).digest('hex').slice(0, 12));
}
