import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Config, loadConfig, parseConfig, type Report, reportOf, type Source } from '../config.ts';
import type { Format } from '../formats/format.ts';
import { FREQUENCIES, type Frequency, isDay, type Period, periodOfRequest, today } from '../period.ts';
import { loadSections } from '../sections/catalogue.ts';
import { formatNamed } from './format-named.ts';
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

const DEFAULT_CONFIG = 'logtally.yaml';
const OUT = 'logtally-out';
const OUTPUTS = ['text', 'json'] as const;

/** Settles what a run does from its options and the config file. Throws a UsageError, ConfigError or RangeError. */
export function reportSetup(options: ReportOptions, now: Date): ReportSetup {
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
  const config = configOf(options);
  const report = reportNamed(config, options.report);
  const sources = options.source === undefined ? report.sources : [sourceOf(config, options.source).name];
  const out = resolve(options.out ?? config.out);
  const exact = options.input !== undefined;
  const inputs = new Map(sources.map((name) => [name, inputOf(config, name, sources, options.input)]));
  const date_range = options.dateRange as [string, string] | undefined;
  const day = options.today ?? today(now, config.time_zone);
  return {
    config,
    report: { ...report, sources },
    period: periodOfRequest({ frequency: options.frequency as Frequency, date_range }, day, report.frequency),
    out,
    lake_folder: exact && !options.config ? adHocLake(out, inputs, options.format) : config.lake.folder,
    inputs,
    exact,
    output,
  };
}

function configOf({ config, input, format, source, report, out }: ReportOptions): Config {
  const section_ids = loadSections().map(({ id }) => id);
  if (config !== undefined || input === undefined) {
    const path = config ?? DEFAULT_CONFIG;
    if (config === undefined && !existsSync(path)) {
      throw new UsageError(`there is no ${DEFAULT_CONFIG} here; name one with --config, or the logs with --input PATH`);
    }
    const loaded = loadConfig(path, { section_ids });
    return format === undefined ? loaded : withFormat(loaded, formatNamed(format));
  }
  const name = source ?? 'logs';
  const text = JSON.stringify({
    sources: { [name]: { format: formatNamed(format ?? 's3-access').id } },
    reports: { [report ?? 'report']: { sources: [name] } },
    out: resolve(out ?? OUT),
  });
  return parseConfig(text, resolve('the command line'), { section_ids });
}

/** The same config with all its sources in one format. */
function withFormat(config: Config, definition: Format): Config {
  const sources = Object.entries(config.sources).map(([name, source]) => [
    name,
    { ...source, format: definition.id, definition },
  ]);
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

function inputOf(config: Config, name: string, sources: readonly string[], input: string[] | undefined): string[] {
  if (input) {
    if (sources.length > 1)
      throw new UsageError(`--input is for one source; name it with --source ${sources.join(' or --source ')}`);
    return input;
  }
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
