import { existsSync } from 'node:fs';
import type { Config } from '../config/config.ts';
import { dateRange, type Period } from '../model/period.ts';
import { type Backfilled, backfill, filingPlace } from '../sources/partition.ts';
import type { Source } from '../sources/source.ts';
import { s3Store } from '../store/s3.ts';
import { s3Client } from '../store/s3-client.ts';
import { s3Location } from '../store/s3-location.ts';
import { formatFigure } from '../text/format-value.ts';
import { visibleText } from '../text/visible-text.ts';
import { configFile, DEFAULT_CONFIG } from './config-file.ts';
import { openProgress } from './progress.ts';
import { UsageError } from './usage-error.ts';

/** The options of `logtally file-logs`, as the command line gives them. */
export interface FileLogsOptions {
  config?: string;
  source?: string[];
  dateRange?: string[];
  dryRun?: boolean;
}

/** `logtally file-logs`: files what lay in S3 before the stack filed logs on arrival. */
export async function fileLogs(options: FileLogsOptions): Promise<void> {
  const path = options.config ?? DEFAULT_CONFIG;
  if (options.config === undefined && !existsSync(path)) {
    throw new UsageError(`there is no ${DEFAULT_CONFIG} here; name one with --config`);
  }
  const period = periodOf(options);
  const sources = flatSources(configFile(path), options);
  const dry_run = options.dryRun ?? false;
  const client = s3Client();
  const progress = openProgress(process.stderr);
  try {
    for (const source of sources) {
      const { bucket } = s3Location(source);
      const store = s3Store({ client, bucket, prefix: '' });
      const filed = await backfill(store, filingPlace(source), {
        period,
        dry_run,
        onCopy(from_key, to_key, done, total) {
          if (dry_run) process.stdout.write(`${visibleText(from_key)} -> ${visibleText(to_key)}\n`);
          else progress.update(source.name, { at: visibleText(from_key), done, total, unit: 'objects' });
        },
      });
      progress.clear();
      process.stdout.write(`${summary(source, filed, dry_run)}\n`);
    }
  } finally {
    progress.clear();
    client.destroy();
  }
}

function periodOf({ dateRange: days }: FileLogsOptions): Period | undefined {
  if (days === undefined) return undefined;
  const [from, to, ...more] = days;
  if (from === undefined || to === undefined || more.length > 0) {
    throw new UsageError(
      '--date-range takes two dates, the first and the last day: --date-range 2026-10-01 2026-10-31',
    );
  }
  return dateRange(from, to);
}

function flatSources({ path, sources }: Config, { source: names }: FileLogsOptions): Source[] {
  const flat = Object.values(sources).filter(({ layout, location }) => layout === 'flat' && location !== undefined);
  for (const name of names ?? []) {
    if (flat.some((source) => source.name === name)) continue;
    const known = flat.length > 0 ? `has ${flat.map((source) => source.name).join(', ')}` : 'has none';
    throw new UsageError(`--source ${name} is no source of the layout flat with a location; ${path} ${known}`);
  }
  if (flat.length === 0) throw new UsageError(`${path} has no source of the layout flat with a location`);
  return flat.filter(({ name }) => names?.includes(name) ?? true);
}

function summary({ name }: Source, { objects, filed, there, bytes }: Backfilled, dry_run: boolean): string {
  if (objects === 0) return `${name}: no log; see its location`;
  const size = formatFigure(bytes, 'bytes').text;
  return `${name}: ${objects} logs, ${filed} ${dry_run ? 'to copy' : 'copied'} (${size}), ${there} filed already`;
}
