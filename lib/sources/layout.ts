import type { SourceKind } from '../formats/format.ts';
import { addDays, type Day, type Period } from '../model/period.ts';
import { type S3Location, s3Location } from '../store/s3-location.ts';
import type { Source } from './source.ts';

export const LAYOUT_IDS = ['partitioned', 'load-balancer', 'dated', 'hive', 'flat'] as const;

export type LayoutId = (typeof LAYOUT_IDS)[number];

/**
 * In which folders a day's logs lie in S3. The projection of the raw table, the listing of a day and the day of a key all
 * follow from it.
 */
export interface Layout {
  /** Folders below the place: `{day}`, and `{account}`, `{region}` or `{bucket}` for each value that the config lists. */
  folders: string;
  /** How the day is written there. */
  day: string;
}

const SLASHED = '{yyyy}/{MM}/{dd}';

export const LAYOUTS: Record<LayoutId, Layout> = {
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html#server-access-logging-overview
  partitioned: { folders: '{account}/{region}/{bucket}/{day}/', day: SLASHED },
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html
  'load-balancer': { folders: 'AWSLogs/{account}/elasticloadbalancing/{region}/{day}/', day: SLASHED },
  dated: { folders: '{day}/', day: SLASHED },
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html, Hive-compatible names
  hive: { folders: '{day}/', day: 'year={yyyy}/month={MM}/day={dd}' },
  // The layout of the copies that the stack makes on arrival.
  flat: { folders: '{day}/', day: SLASHED },
};

/** How each kind of source names its logs when nobody has chosen another way. */
export const USUAL_LAYOUTS: Record<SourceKind, LayoutId> = {
  storage: 'partitioned',
  'load-balancer': 'load-balancer',
  cdn: 'flat',
  web: 'flat',
  log: 'flat',
};

/** The lists of the config that stand in a layout's folders. */
const LISTS = { account: 'accounts', region: 'regions', bucket: 'buckets' } as const;

type Listed = keyof typeof LISTS;

/** Names of the folders whose values the config lists, in order. */
export function listedFolders(layout: LayoutId): { folder: Listed; list: (typeof LISTS)[Listed] }[] {
  const names = [...LAYOUTS[layout].folders.matchAll(/\{(account|region|bucket)\}/g)];
  return names.map(([, name]) => ({ folder: name as Listed, list: LISTS[name as Listed] }));
}

/**
 * Prefix, in the bucket of a flat source, of the copies by day; each source has a folder in it. The name must not change:
 * deployed stacks hold copies there, and days that are not in the lake yet would look empty under another prefix.
 */
export const PARTITIONED_PREFIX = 'logtally-filed/';

/** Where the stack reads a source's logs: its location, or the partitioned copies of a flat source. */
export function readLocation(source: Pick<Source, 'name' | 'location' | 'layout'>): S3Location {
  const location = s3Location(source);
  return source.layout === 'flat' ? { ...location, prefix: `${PARTITIONED_PREFIX}${source.name}/` } : location;
}

/** A day as the layout's folders write it. */
export function dayName({ layout }: Pick<Source, 'layout'>, day: Day): string {
  const [yyyy = '', MM = '', dd = ''] = day.split('-');
  return LAYOUTS[layout].day.replace('{yyyy}', yyyy).replace('{MM}', MM).replace('{dd}', dd);
}

/** The same as Java's DateTimeFormatter is told: letters that stand for themselves are quoted. */
export function javaDayFormat({ layout }: Pick<Source, 'layout'>): string {
  return LAYOUTS[layout].day.replace(/\{(\w+)\}|([a-z=]+)/g, (_, field, text) => field ?? `'${text}'`);
}

/** An expression for the folders of a day in a key below the place; its one group is the day as it is written. */
export function dayPattern({ layout }: Pick<Source, 'layout'>): string {
  const { folders, day } = LAYOUTS[layout];
  const digits = day.replace('{yyyy}', '[0-9]{4}').replace(/\{(MM|dd)\}/g, '[0-9]{2}');
  return folders.replace(/\{(\w+)\}/g, (_, name) => (name === 'day' ? `(${digits})` : '[^/]+'));
}

/** The folders that hold a day of a source, below where its logs are read. */
export function dayFolders(source: Pick<Source, 'layout' | 'accounts' | 'regions' | 'buckets'>, day: Day): string[] {
  let folders = [LAYOUTS[source.layout].folders.replace('{day}', dayName(source, day))];
  for (const { folder, list } of listedFolders(source.layout)) {
    folders = folders.flatMap((one) => source[list].map((value) => one.replace(`{${folder}}`, value)));
  }
  return folders;
}

/**
 * Which day a line counts to: that of its folder, where S3 files each event under its own day; or that of its time,
 * everywhere else.
 */
export type DayRule = 'folder' | 'event_time';

export function dayRule({ layout, partition_date_source }: Pick<Source, 'layout' | 'partition_date_source'>): DayRule {
  return layout === 'partitioned' && partition_date_source === 'event_time' ? 'folder' : 'event_time';
}

/**
 * The days whose folders or files may hold lines of some days. Where a line counts to the day of its time, that is the
 * day before, since a file may be named for the hour it began in, and those in which a line may be delivered.
 */
export function daysToRead(rule: DayRule, period: Period, late_days: number): Period {
  if (rule === 'folder') return period;
  return { kind: 'date_range', from: addDays(period.from, -1), to: addDays(period.to, late_days + 1) };
}
