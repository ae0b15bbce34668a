import type { Day } from '../../model/period.ts';
import { fileDay, folderDay } from '../../sources/file-day.ts';
import type { Input } from '../../sources/input.ts';
import { type DayRule, dayRule, daysToRead } from '../../sources/layout.ts';
import { inputOf, type RawFile } from '../../sources/raw-files.ts';
import type { Source } from '../../sources/source.ts';
import type { Store } from '../../store/store.ts';
import { isStale, type Retention, readManifest } from '../manifest.ts';
import type { StagedDay } from './staging.ts';

/** Files to be staged together. */
export interface Batch {
  rule: DayRule;
  files: readonly RawFile[];
  /** True when these are all the files there are. */
  whole: boolean;
  /** Days to write even where no line is found for them. */
  days: readonly Day[];
  /** True when no other file may hold a line of the day. */
  holdsAllOf(day: Day): boolean;
  /** Which of the files count to a day. */
  inputs(staged: StagedDay): readonly RawFile[];
}

/** What a source's lake is to be brought up to date from. */
export interface Sourced {
  store: Store;
  source: string;
  format_sha256: string;
  files: readonly RawFile[];
  days: readonly Day[];
  /** How many days after its event a line may still arrive. */
  late_days: number;
  retention: Retention;
}

/** How many bytes of raw lines are staged at a time. */
const BATCH_BYTES = 512 * 1024 ** 2;
/** About how much longer access logs are unzipped. */
const GZIP_RATIO = 12;

/** True when each file lies in the folder of its day, and holds the events of that day. */
export function isDated(source: Source, files: readonly RawFile[]): boolean {
  return dayRule(source) === 'folder' && files.every((file) => folderDay(file.log_object) !== undefined);
}

/** The files that may hold lines of some days. */
export function filesOfDays(
  source: Source,
  files: readonly RawFile[],
  days: readonly Day[],
  late_days: number,
): readonly RawFile[] {
  if (!isDated(source, files)) return within({ files, days, late_days });
  const wanted = new Set<Day | undefined>(days);
  return files.filter((file) => wanted.has(folderDay(file.log_object)));
}

/** Batches of the days that are missing or whose files changed; each file lies in the folder of its day. */
export async function datedBatches({
  store,
  source,
  format_sha256,
  files,
  days,
  retention,
}: Sourced): Promise<Batch[]> {
  const byDay = Map.groupBy(files, (file) => folderDay(file.log_object));
  const filesOf = (day: Day) => byDay.get(day) ?? [];
  const batches: Day[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const day of days) {
    const manifest = await readManifest(store, source, day);
    if (!isStale(manifest, filesOf(day).map(inputOf), format_sha256, retention)) continue;
    const bytes = rawBytes(filesOf(day));
    if (size + bytes > BATCH_BYTES) {
      batches.push([]);
      size = 0;
    }
    batches.at(-1)?.push(day);
    size += bytes;
  }
  return batches.map((batch) => {
    const inputs = batch.flatMap(filesOf);
    const whole = inputs.length === files.length;
    return {
      rule: 'folder',
      files: inputs,
      whole,
      days: batch,
      holdsAllOf: () => true,
      inputs: ({ day }) => filesOf(day),
    };
  });
}

function rawBytes(files: readonly RawFile[]): number {
  return files.reduce((total, { path, size_bytes }) => total + size_bytes * (path.endsWith('.gz') ? GZIP_RATIO : 1), 0);
}

/** One batch of all files that may hold lines of the days; none when it was done already with just these files. */
export async function mixedBatch(sourced: Sourced): Promise<Batch | undefined> {
  const files = within(sourced);
  const known = await sourced.store.get(indexKey(sourced));
  if (known && new TextDecoder().decode(known) === indexOf(sourced, files)) return undefined;
  return {
    rule: 'event_time',
    files,
    whole: true,
    days: [],
    holdsAllOf: (day) => files.length === sourced.files.length || sourced.days.includes(day),
    inputs: ({ log_objects }) => files.filter((file) => log_objects.has(file.log_object)),
  };
}

/** Remembers the files of a mixed batch that has been written. */
export async function rememberMixed(sourced: Sourced, { files }: Batch): Promise<void> {
  await sourced.store.put(indexKey(sourced), indexOf(sourced, files));
}

function indexKey({ source }: Sourced): string {
  return `manifests/source=${source}/files.json`;
}

function indexOf({ format_sha256 }: Sourced, files: readonly RawFile[]): string {
  const index: { format_sha256: string; files: Input[] } = { format_sha256, files: files.map(inputOf) };
  return JSON.stringify(index);
}

/** Leaves out the files whose names show a date from which no line of these days can be. */
function within({ files, days, late_days }: Pick<Sourced, 'files' | 'days' | 'late_days'>): RawFile[] {
  const asked = { kind: 'date_range', from: days[0] ?? '', to: days.at(-1) ?? '' } as const;
  const { from, to } = daysToRead('event_time', asked, late_days);
  return files.filter((file) => {
    const day = fileDay(file.log_object);
    return day === undefined || (day >= from && day <= to);
  });
}
