import { join, resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import { dateRange, type Period, today } from '../model/period.ts';
import { systemClock } from '../run/clock.ts';
import type { Source } from '../sources/source.ts';
import { type Synced, syncSource } from '../sources/sync/sync.ts';
import { s3Store } from '../store/s3.ts';
import { s3Client } from '../store/s3-client.ts';
import { type S3Location, s3Location } from '../store/s3-location.ts';
import { formatFigure } from '../text/format-value.ts';
import { visibleText } from '../text/visible-text.ts';
import { configFile } from './config-file.ts';
import { dateRangeOption } from './date-range-option.ts';
import { openProgress } from './progress.ts';
import { UsageError } from './usage-error.ts';

/** The options of `logtally sync`, as the command line gives them. */
export interface SyncCommandOptions {
  config?: string;
  source?: string[];
  date?: string;
  dateRange?: string[];
  out?: string;
  json?: boolean;
  quiet?: boolean;
}

interface SyncedSource extends Synced {
  source: string;
  folder: string;
  duration_ms: number;
}

/** `logtally sync`: downloads the logs of some days from S3 to folders on this machine. */
export async function sync(options: SyncCommandOptions): Promise<void> {
  const clock = systemClock;
  const config = configFile(options.config);
  const period = periodOf(options, today(new Date(clock()), config.time_zone));
  const targets = targetsOf(config, options);
  const client = s3Client();
  const is_silent = options.quiet === true || options.json === true;
  const progress = openProgress(process.stderr, clock, { is_silent });
  const done: SyncedSource[] = [];
  try {
    for (const { source, folder, bucket, prefix } of targets) {
      const started = clock();
      progress.start(`${source.name}: looking for logs`);
      const synced = await syncSource(source, period, {
        store: s3Store({ client, bucket, prefix }),
        folder,
        late_days: config.limits.late_days,
        onProgress: (found, bytes) => progress.update(source.name, { ...found, at: visibleText(found.at), bytes }),
      });
      progress.clear();
      done.push({ source: source.name, folder, ...synced, duration_ms: clock() - started });
    }
  } finally {
    progress.clear();
    client.destroy();
  }
  for (const { log_object, reason } of done.flatMap(({ failed }) => failed)) {
    process.stderr.write(`${visibleText(log_object)}: ${visibleText(reason)}\n`);
    process.exitCode = 1;
  }
  const commands = targets.map(({ source, folder }) => reportCommand(config, options, source, folder, period));
  if (options.json) process.stdout.write(`${JSON.stringify({ period, sources: done })}\n`);
  else process.stdout.write([...done.map((one) => summary(one, period)), 'Next:', ...commands, ''].join('\n'));
}

function periodOf({ date, dateRange: days }: SyncCommandOptions, today: string): Period {
  const period = date === undefined ? dateRangeOption(days) : dateRange(date, today);
  if (period === undefined || (date !== undefined && days !== undefined)) {
    throw new UsageError(
      'name the days to download: --date 2026-10-01 (until today), or --date-range 2026-10-01 2026-10-31',
    );
  }
  return period;
}

interface Target extends S3Location {
  source: Source;
  folder: string;
}

function targetsOf(config: Config, { source: names, out }: SyncCommandOptions): Target[] {
  const all = Object.values(config.sources);
  for (const name of names ?? []) {
    if (!Object.hasOwn(config.sources, name))
      throw new UsageError(`--source ${name}: ${config.path} has ${all.map((source) => source.name).join(', ')}`);
  }
  const sources = all.filter(({ name, location }) => names?.includes(name) ?? location !== undefined);
  if (sources.length === 0) {
    throw new UsageError(`no source has a location; add sources.${all[0]?.name}.location to ${config.path}`);
  }
  return sources.map((source) => {
    const { name, folder } = source;
    const target = out === undefined ? folder : resolve(sources.length > 1 ? join(out, name) : out);
    if (target === undefined) {
      throw new UsageError(
        `source ${name} has no folder; give --out FOLDER or add sources.${name}.folder to ${config.path}`,
      );
    }
    return { source, ...locationOf(source), folder: target };
  });
}

function locationOf(source: Source): S3Location {
  try {
    return s3Location(source);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function summary(synced: SyncedSource, { from, to }: Period): string {
  const { source, folder, objects, downloaded, up_to_date, bytes, renamed, failed, duration_ms } = synced;
  const size = (count: number) => formatFigure(Math.round(count), 'bytes').text;
  const rate = duration_ms > 0 ? `, ${size((bytes / duration_ms) * 1000)}/s` : '';
  const parts = [
    objects === 0
      ? 'no objects found; check its location, layout, accounts, regions and buckets'
      : `${objects} objects`,
    ...(downloaded > 0
      ? [`${downloaded} downloaded (${size(bytes)} in ${formatFigure(duration_ms, 'ms').text}${rate})`]
      : []),
    ...(up_to_date > 0 ? [`${up_to_date} up to date`] : []),
    ...(renamed > 0 ? [`${renamed} under another name, because their key cannot be a file name`] : []),
    ...(failed.length > 0 ? [`${failed.length} failed; run the command again`] : []),
  ];
  return `${source}, ${from} to ${to}: ${parts.join(', ')}\n  ${visibleText(folder)}`;
}

/** The command that writes a report from a source's folder. */
function reportCommand(
  config: Config,
  { config: path }: SyncCommandOptions,
  source: Source,
  folder: string,
  period: Period,
) {
  const reports = Object.values(config.reports);
  const report = reports.find(({ sources }) => sources.includes(source.name));
  const words = [
    ...(path === undefined ? [] : ['--config', path]),
    ...(report && reports.length > 1 ? ['--report', report.name] : []),
    ...['--source', source.name],
    ...(folder === source.folder ? [] : ['--input', folder]),
    ...['--date-range', period.from, period.to],
  ];
  return `  npx logtally report ${words.map(quoted).join(' ')}`;
}

/** A word, quoted for a shell if needed. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
