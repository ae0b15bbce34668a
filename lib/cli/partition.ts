import type { Config } from '../config/config.ts';
import { systemClock } from '../run/clock.ts';
import { type Backfilled, backfill, partitionPrefixes } from '../sources/partition.ts';
import type { Source } from '../sources/source.ts';
import { s3Store } from '../store/s3.ts';
import { s3Client } from '../store/s3-client.ts';
import { s3Location } from '../store/s3-location.ts';
import { formatFigure } from '../text/format-value.ts';
import { visibleText } from '../text/visible-text.ts';
import { configFile } from './config-file.ts';
import { dateRangeOption } from './date-range-option.ts';
import { openProgress } from './progress.ts';
import { UsageError } from './usage-error.ts';

/** The options of `logtally partition`, as the command line gives them. */
export interface PartitionOptions {
  config?: string;
  source?: string[];
  dateRange?: string[];
  dryRun?: boolean;
  quiet?: boolean;
}

/** `logtally partition`: copies flat logs that arrived before the stack did so to the folders of their days. */
export async function partition(options: PartitionOptions): Promise<void> {
  const period = dateRangeOption(options.dateRange);
  const sources = flatSources(configFile(options.config), options);
  const dry_run = options.dryRun ?? false;
  const client = s3Client();
  const progress = openProgress(process.stderr, systemClock, { is_silent: options.quiet ?? false });
  try {
    for (const source of sources) {
      const { bucket } = s3Location(source);
      progress.start(`${source.name}: looking for logs`);
      const store = s3Store({ client, bucket, prefix: '' });
      const result = await backfill(store, partitionPrefixes(source), {
        period,
        dry_run,
        onCopy(from_key, to_key, done, total) {
          if (dry_run) {
            progress.clear();
            process.stdout.write(`${visibleText(from_key)} -> ${visibleText(to_key)}\n`);
          } else progress.update(source.name, { at: visibleText(from_key), done, total, unit: 'objects' });
        },
      });
      progress.clear();
      process.stdout.write(`${summary(source, result, dry_run)}\n`);
    }
  } finally {
    progress.clear();
    client.destroy();
  }
}

function flatSources({ path, sources }: Config, { source: names }: PartitionOptions): Source[] {
  const flat = Object.values(sources).filter(({ layout, location }) => layout === 'flat' && location !== undefined);
  const known = flat.map(({ name }) => name).join(', ');
  if (flat.length === 0) {
    throw new UsageError(`no source of ${path} has the layout flat and a location; only those need partitioning`);
  }
  for (const name of names ?? []) {
    if (flat.some((source) => source.name === name)) continue;
    throw new UsageError(`--source ${name}: not a source with the layout flat and a location; ${path} has ${known}`);
  }
  return flat.filter(({ name }) => names?.includes(name) ?? true);
}

function summary({ name }: Source, { objects, copied, up_to_date, bytes }: Backfilled, dry_run: boolean): string {
  if (objects === 0) return `${name}: no logs found; check sources.${name}.location`;
  const size = formatFigure(bytes, 'bytes').text;
  return `${name}: ${objects} logs, ${copied} ${dry_run ? 'to copy' : 'copied'} (${size}), ${up_to_date} up to date`;
}
