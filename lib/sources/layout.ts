import type { SourceKind } from '../formats/format.ts';
import { addDays, type Day, type Period } from '../model/period.ts';
import { type S3Location, s3Location } from '../store/s3-location.ts';
import type { Source } from './source.ts';

export const LAYOUT_IDS = ['partitioned', 'load-balancer', 'dated', 'hive', 'flat'] as const;

export type LayoutId = (typeof LAYOUT_IDS)[number];

/**
 * The folders of a day's logs in S3. The partition projection of the raw table, the listing of a day and the day of a key
 * are derived from it.
 */
export interface Layout {
  /** Folders below the location: `{day}`, and `{account}`, `{region}` and `{bucket}`, whose values the config lists. */
  folders: string;
  /** How the folders write the day. */
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

/** The layout of a source that does not say another. */
export const DEFAULT_LAYOUTS: Record<SourceKind, LayoutId> = {
  storage: 'partitioned',
  'load-balancer': 'load-balancer',
  cdn: 'flat',
  web: 'flat',
  log: 'flat',
};

/** The lists of the config that give the values of a folder. */
const LISTS = { account: 'accounts', region: 'regions', bucket: 'buckets' } as const;

type Listed = keyof typeof LISTS;

/** The folders of a layout whose values the config lists, in order. */
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

/** The same as a pattern for Java's DateTimeFormatter, which needs quotes around literal letters. */
export function javaDayFormat({ layout }: Pick<Source, 'layout'>): string {
  return LAYOUTS[layout].day.replace(/\{(\w+)\}|([a-z=]+)/g, (_, field, text) => field ?? `'${text}'`);
}

/** A regular expression for the folders of a day in a key below the location; its only group is the day as written. */
export function dayPattern({ layout }: Pick<Source, 'layout'>): string {
  const { folders, day } = LAYOUTS[layout];
  const digits = day.replace('{yyyy}', '[0-9]{4}').replace(/\{(MM|dd)\}/g, '[0-9]{2}');
  return folders.replace(/\{(\w+)\}/g, (_, name) => (name === 'day' ? `(${digits})` : '[^/]+'));
}

/** The folders of a source's day, below the location where its logs are read. */
export function dayFolders(source: Pick<Source, 'layout' | 'accounts' | 'regions' | 'buckets'>, day: Day): string[] {
  let folders = [LAYOUTS[source.layout].folders.replace('{day}', dayName(source, day))];
  for (const { folder, list } of listedFolders(source.layout)) {
    folders = folders.flatMap((one) => source[list].map((value) => one.replace(`{${folder}}`, value)));
  }
  return folders;
}

/**
 * What decides the day of a line: its folder, if S3 puts each event into the folder of its day; else the time of the
 * event.
 */
export type DayRule = 'folder' | 'event_time';

export function dayRule({ layout, partition_date_source }: Pick<Source, 'layout' | 'partition_date_source'>): DayRule {
  return layout === 'partitioned' && partition_date_source === 'event_time' ? 'folder' : 'event_time';
}

/**
 * The days whose folders or files may hold lines of a period. If the time of the event decides, these are also the day
 * before, because a file may have the name of the hour it began in, and the days in which a line may still arrive.
 */
export function daysToRead(rule: DayRule, period: Period, late_days: number): Period {
  if (rule === 'folder') return period;
  return { kind: 'date_range', from: addDays(period.from, -1), to: addDays(period.to, late_days + 1) };
}
